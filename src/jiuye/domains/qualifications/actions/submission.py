"""Submitting a case and taking it back."""

import hashlib

import orjson
from django.db import transaction

from jiuye.domains.organisations.models import Qualification
from jiuye.domains.organisations.states import QUALIFICATION, QualificationState
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.actions import machine_checks
from jiuye.domains.qualifications.actions.editing import own_open_case
from jiuye.domains.qualifications.events import CaseSubmitted
from jiuye.domains.qualifications.models import Case, Item, Submission
from jiuye.domains.qualifications.queries.own import missing_of
from jiuye.domains.qualifications.states import CASE, CasePurpose, ItemKind, Verdict
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused


@transaction.atomic
def submit(actor: Actor, *, version: int | None = None) -> None:
    """Submit the actor's open case: everything is complete, and what was refused has been changed.

    Raises `Invalid` with a message for each item that lacks something, `Refused` for a check that failed, for another state
    and if `version` is not the case's (code changed_meanwhile); `Denied`, `NotFound`.
    """
    policies.may_apply(actor)
    case = own_open_case(actor)
    step = CASE.find("submit", case.state, "organisation")
    if version is not None and version != case.version:
        raise Refused("同事刚刚改过材料，请看一看再提交。", code="changed_meanwhile")
    items = list(case.items.select_for_update().order_by("kind"))
    _refuse_incomplete(case, items)
    if failed := machine_checks.check_case(case):
        raise Refused("".join(failed), code="check_failed")
    moment = clock.now()
    case.state, case.submitted_at, case.due_at = step.target, moment, policies.due_after(moment)
    case.submissions += 1
    case.version += 1
    case.claimed_by = case.claimed_at = None
    case.save()
    for item in items:
        if item.verdict == Verdict.REFUSED:
            item.verdict = Verdict.PENDING
            item.save(update_fields=["verdict"])
    Submission.objects.create(
        case=case, number=case.submissions, submitted_by_id=actor.person, submitted_at=moment, content=_content(items)
    )
    _set_standing(case, "submit")
    audit.record(actor, "qualification.submit", case.id, number=case.submissions)
    events.publish(actor, CaseSubmitted(case_id=case.id, organisation_id=case.organisation_id))


@transaction.atomic
def withdraw(actor: Actor) -> None:
    """Take a submitted case back to change it. Raises `Refused` once an auditor has passed it on; `Denied`, `NotFound`."""
    policies.may_apply(actor)
    case = own_open_case(actor)
    case.state = CASE.find("withdraw", case.state, "organisation").target
    case.version += 1
    case.claimed_by = case.claimed_at = case.due_at = None
    case.save()
    _set_standing(case, "withdraw")
    audit.record(actor, "qualification.withdraw", case.id)


def _refuse_incomplete(case: Case, items: list[Item]) -> None:
    faults: dict[str, str] = {}
    for item in items:
        label = ItemKind(item.kind).label
        if lacking := missing_of(case, item):
            faults[item.kind] = f"{label}：{next(iter(lacking.values()))}"
        elif item.verdict == Verdict.REFUSED and case.decided_at and item.updated_at <= case.decided_at:
            faults[item.kind] = f"{label}：审核人员退回了这一项，请先按原因修改。"
    if faults:
        raise Invalid(faults, "还有几项没有完成，请看标出的地方。")


def _content(items: list[Item]) -> str:
    """Return what was submitted, as JSON; files by their digests."""
    content = {
        item.kind: {
            "way": item.way,
            "facts": typed.read(item.facts),
            "confirmed": item.confirmed_at is not None,
            "files": [
                {"id": str(one.id), "name": one.name, "digest": hashlib.sha256(one.digest.encode()).hexdigest()[:16]}
                for one in item.materials.order_by("uploaded_at", "id")
            ],
        }
        for item in items
    }
    return orjson.dumps(content).decode()


def _set_standing(case: Case, verb: str) -> None:
    """Move the qualification with its case. An approved one stays approved during a renewal or a change."""
    qualification = Qualification.objects.select_for_update().get(pk=case.qualification_id)
    if qualification.state == QualificationState.APPROVED and case.purpose != CasePurpose.FIRST:
        return
    if qualification.state == QualificationState.SUBMITTED and verb == "submit":
        return
    if verb == "withdraw" and qualification.state != QualificationState.SUBMITTED:
        return
    qualification.state = QUALIFICATION.find(verb, qualification.state, "organisation").target
    if verb == "submit":
        qualification.submitted_at = clock.now()
    qualification.save(update_fields=["state", "submitted_at"])
