"""Merge two records of one employer. One transaction: a failure or a kill leaves both as they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction

from jiuye.alerts import stored
from jiuye.alerts.models import SavedSearch
from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations import queries as organisations_read
from jiuye.domains.organisations.events import EmployersMerged, OrganisationEdited
from jiuye.domains.organisations.models import Employer, MergedEmployer
from jiuye.domains.organisations.states import Restriction
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_lines
from jiuye.merging.rules import MOVED

REASON_LIMIT = 300
_A_TIME = 5000
_FILLED = ("ownership", "size", "industry_id", "region_id", "address", "phone", "introduction")
_SEVERITY = ["", Restriction.LIMITED, Restriction.TAKEN_DOWN, Restriction.SUSPENDED, Restriction.BANNED]


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of one kind that the merged employer had; `joined` of them became one with a row of the survivor."""

    label: str
    rows: int
    joined: int


def preview_merge(actor: Actor, *, survivor_id: UUID, merged_id: UUID) -> list[Moved]:
    """Return what `merge_employers` would move, by doing it and taking it back: both state the same numbers.

    Raises as `merge_employers`.
    """
    require_auditor(actor)
    with transaction.atomic():
        survivor, merged = _lock(survivor_id, merged_id)
        moved = _move(survivor, merged, clock.now())
        transaction.set_rollback(True)
    return moved


@transaction.atomic
def merge_employers(actor: Actor, *, survivor_id: UUID, merged_id: UUID, reason: str) -> list[Moved]:
    """Merge the second employer into the first, by an auditor of the platform, with a reason. Return what was moved.

    Raises `Invalid` (reason), `Refused` (one employer twice, a certified one merged into one that is not, two open cases),
    `Denied`, `NotFound`.
    """
    require_auditor(actor)
    reason = tidy_lines(reason)
    if not reason:
        raise Invalid({"reason": "请写明依据，例如核对了哪份材料。"})
    if len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"最多 {REASON_LIMIT} 个字，现在有 {len(reason)} 个字，请删减一些。"})
    return _merge(actor, survivor_id, merged_id, reason)


@transaction.atomic
def approve_affiliation(actor: Actor, *, affiliation_id: UUID) -> list[Moved]:
    """Approve an employer's request, and merge the records that the agency named as this employer. Return what was moved.

    Raises as `organisations.actions.approve_affiliation`.
    """
    named = organisations_read.named_records(actor, affiliation_id)
    affiliation = organisations.approve_affiliation(actor, affiliation_id=affiliation_id)
    return [
        one
        for record in named
        for one in _merge(actor, affiliation.employer_id, record.id, "职介同意关联，同名登记并入")
    ]


def _merge(actor: Actor, survivor_id: UUID, merged_id: UUID, reason: str) -> list[Moved]:
    survivor, merged = _lock(survivor_id, merged_id)
    moment = clock.now()
    taken = list(JobPosting.objects.filter(employer=merged).order_by("id").values_list("id", flat=True))
    facts = {"legal_name": merged.legal_name, "credit_code": merged.credit_code}
    moved = _move(survivor, merged, moment)
    counts = {one.label: one.rows for one in moved}
    MergedEmployer.objects.create(
        id=merged_id, survivor=survivor, **facts, counts=counts, reason=reason, merged_at=moment
    )
    changed = [PostingsChanged(taken[start : start + _A_TIME], "merge") for start in range(0, len(taken), _A_TIME)]
    edited = OrganisationEdited(survivor_id, "employer")  # with what the merged record had
    events.publish(actor, EmployersMerged(survivor_id, merged_id, merged.legal_name), edited, *changed)
    for subject, other in ((survivor_id, merged_id), (merged_id, survivor_id)):
        audit.record(actor, "employer.merge", subject, survivor=survivor_id, other=other, counts=counts, reason=reason)
    return moved


def _lock(survivor_id: UUID, merged_id: UUID) -> tuple[Employer, Employer]:
    """Return both under row locks, always taken in the same order."""
    if survivor_id == merged_id:
        raise Refused("这是同一条登记，不用合并。请选择两条不同的登记。", code="same")
    rows = Employer.objects.select_for_update().filter(pk__in=[survivor_id, merged_id]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:
        raise NotFound("没有找到这家单位，它可能已经合并。请重新查找。")
    survivor, merged = found[survivor_id], found[merged_id]
    if merged.is_certified and not survivor.is_certified:
        raise Refused("已认证的登记不能并入未认证的登记。请对调两者再合并。", code="keep_the_certified")
    return survivor, merged


def _move(survivor: Employer, merged: Employer, moment: datetime) -> list[Moved]:
    """Apply the rules, then delete the merged record and fill in what the survivor lacks."""
    moved = []
    for name, rule in MOVED.items():
        label, _, column = name.rpartition(".")
        rows = apps.get_model(label)._default_manager.filter(**{column: merged.pk})
        number = rows.count()
        joined = rule.join(survivor.pk, merged.pk, moment) if rule.join and number else 0
        rows.update(**{column: survivor.pk})
        moved.append(Moved(rule.label, number, joined))
    moved.append(Moved("订阅的搜索", _rename_in_searches(survivor.pk, merged.pk), 0))
    code = merged.credit_code
    merged.delete()
    _complete(survivor, merged, code)
    return moved


def _complete(survivor: Employer, merged: Employer, code: str | None) -> None:
    for name in _FILLED:
        if not getattr(survivor, name):
            setattr(survivor, name, getattr(merged, name))
    survivor.credit_code = survivor.credit_code or code
    survivor.restriction = max(survivor.restriction, merged.restriction, key=_SEVERITY.index)
    begun = [at for at in (survivor.registered_at, merged.registered_at) if at]
    survivor.registered_at = min(begun) if begun else None
    survivor.save()


def _rename_in_searches(survivor_id: UUID, merged_id: UUID) -> int:
    """Point saved searches for the merged employer at the survivor."""
    old, new = str(merged_id), str(survivor_id)
    rows: Sequence[Any] = list(SavedSearch.objects.select_for_update().filter(criteria__employer__contains=[old]))
    for row in rows:
        named = {new if one == old else one for one in row.criteria["employer"]}
        row.criteria = {**row.criteria, "employer": sorted(named)}
        row.digest = stored.digest(row.criteria)
        row.save(update_fields=["criteria", "digest"])
    return len(rows)
