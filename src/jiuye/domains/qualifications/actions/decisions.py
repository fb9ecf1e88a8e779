"""Decisions on cases: pass, return, reverse; and complaints, which open a case of their own."""

from collections.abc import Mapping
from uuid import UUID

import orjson

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations import queries as organisation_queries
from jiuye.domains.qualifications import audit_policies as policies
from jiuye.domains.qualifications import verdicts
from jiuye.domains.qualifications.actions.attempts import logged
from jiuye.domains.qualifications.actions.claims import check_claim, locked
from jiuye.domains.qualifications.events import CaseDecided
from jiuye.domains.qualifications.models import Case, Decision, Item
from jiuye.domains.qualifications.states import CASE, CasePurpose, CheckResult, DecisionStep, ItemKind
from jiuye.domains.qualifications.verdicts import ItemVerdict
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.text.tidying import tidy_lines

REASON_LIMIT = 500
_UNSETTLED = {
    CheckResult.WAITING: "机器核对还没有完成，请稍后再通过。",
    CheckResult.AWAY: "登记系统暂时不通，没有核对之前不能通过；材料不会丢，恢复后会自动核对。",
    CheckResult.FAILED: "有机器核对不符合的项目，不能通过，请退回补正。",
}


def pass_case(actor: Actor, *, case_id: UUID, version: int, stated: Mapping[str, ItemVerdict]) -> DecisionStep:
    """Accept all items of a waiting case: the first look of two, the second, or the only one. Return which it was.

    `version`: the case's, as on the page that the auditor decided on. Raises `Invalid` (by kind of item), and `Refused`
    (codes second_person, own_organisation, changed_meanwhile, claimed, unsettled, expired, state_not_allowed, and those of
    `organisations.actions.approve_qualification`). Nothing changes then.
    """
    require_auditor(actor)
    with logged(actor, case_id, "pass"):
        case, items = _to_decide(actor, case_id, version)
        verdicts.apply(items, stated, passes=True)
        _check_settled(case)
        step = _step_of(case, items)
        case.state = CASE.find("pass_first" if step == DecisionStep.FIRST else "approve", case.state, "operator").target
        if step == DecisionStep.FIRST:
            case.first_by_id, case.first_at = actor.person, clock.now()
        elif case.purpose != CasePurpose.COMPLAINT:
            _certify(actor, case, items)
        _decide(actor, case, items, step, "")
    return step


def return_case(
    actor: Actor, *, case_id: UUID, version: int, stated: Mapping[str, ItemVerdict], reason: str = ""
) -> None:
    """Return a waiting case for correction of its refused items. `reason`: said above them. Raises as `pass_case`."""
    require_auditor(actor)
    reason = _checked(reason, is_required=False)
    with logged(actor, case_id, "return"):
        case, items = _to_decide(actor, case_id, version)
        if case.purpose == CasePurpose.COMPLAINT:
            raise Refused(
                "投诉核查没有退回：不属实的，逐项通过后结案；属实的，到原来的审核里撤销通过，或作出处置。",
                code="complaint",
            )
        verdicts.apply(items, stated, passes=False)
        case.state = CASE.find("return", case.state, "operator").target
        case.first_by_id, case.first_at = None, None
        organisations.reject_qualification(
            actor, organisation_id=case.organisation_id, reason=reason or _all_reasons(items)
        )
        _decide(actor, case, items, DecisionStep.RETURN, reason)


def reverse_case(actor: Actor, *, case_id: UUID, version: int, reason: str) -> None:
    """Take an approval back, also one's own; open complaints about it end with it. The next approval takes two people.

    One person decides: a fraud must be stopped at once, and the organisation can submit again and appeal. Callers require
    a recent re-authentication. Raises `Invalid` (reason), `Refused` (codes own_organisation, changed_meanwhile, …).
    """
    require_auditor(actor)
    reason = _checked(reason)
    with logged(actor, case_id, "reverse"):
        case = locked(case_id)
        policies.check_decider(case, actor.person)
        _check_version(case, version)
        case.state = CASE.find("reverse", case.state, "operator").target
        _check_latest(case)
        organisations.revoke_qualification(actor, organisation_id=case.organisation_id, reason=reason)
        _decide(actor, case, [], DecisionStep.REVERSE, reason)
        complaints = Case.objects.select_for_update().filter(
            qualification=case.qualification_id, purpose=CasePurpose.COMPLAINT, state__in=CASE.rows["uphold"].sources
        )
        for complaint in complaints.order_by("id"):
            complaint.state = CASE.find("uphold", complaint.state, "operator").target
            _decide(actor, complaint, [], DecisionStep.REVERSE, reason, tells=False)


def _to_decide(actor: Actor, case_id: UUID, version: int) -> tuple[Case, list[Item]]:
    """Return the case under its lock, after every check of who decides, and on what."""
    case = locked(case_id)
    policies.check_decider(case, actor.person)
    _check_version(case, version)
    check_claim(actor, case)
    return case, list(Item.objects.filter(case=case).order_by("id"))


def _check_version(case: Case, version: int) -> None:
    if case.version == version:
        return
    last = Decision.objects.filter(case=case).select_related("operator").order_by("-decided_at", "-id").first()
    if last is None or (case.submitted_at and case.submitted_at > last.decided_at):
        raise Refused(
            "机构刚刚撤回或重新提交了材料，您的决定没有保存。请按现在的内容重新审核。", code="changed_meanwhile"
        )
    when = clock.local(last.decided_at)
    words = "".join(f"“{ItemKind(kind).label}”{one['reason']}" for kind, one in last.verdicts.items() if one["reason"])
    raise Refused(
        f"{last.operator.name or '同事'}已于 {when.month}月{when.day}日 {when:%H:%M} 作出决定：{DecisionStep(last.step).label}"
        f"{'，' + (last.reason or words) if last.reason or words else '。'}您的决定没有保存。",
        code="changed_meanwhile",
    )


def _check_settled(case: Case) -> None:
    results = set(case.checks.values_list("result", flat=True))
    for result, message in _UNSETTLED.items():
        if result in results:
            raise Refused(message, code="unsettled")


def _check_latest(case: Case) -> None:
    if case.purpose == CasePurpose.COMPLAINT or _last_decided(case) != case:
        raise Refused("这不是现在有效的那次审核，请打开最近一次通过的审核再撤销。", code="not_latest")


def _last_decided(case: Case) -> Case | None:
    decided = Case.objects.filter(qualification=case.qualification_id, state__in=["approved", "reversed"])
    return decided.exclude(purpose=CasePurpose.COMPLAINT).order_by("-decided_at", "-id").first()


def _step_of(case: Case, items: list[Item]) -> DecisionStep:
    if case.first_by_id:
        return DecisionStep.SECOND
    last = _last_decided(case)
    recorded = organisation_queries.identity_of(case.organisation_id)
    stated = verdicts.identity_of(_facts_of(items))
    changes = any(new and new != old for new, old in zip(stated, recorded, strict=True))
    takes_two = policies.takes_two(case, last.state if last else "", identity_changes=changes)
    return DecisionStep.FIRST if takes_two else DecisionStep.SINGLE


def _certify(actor: Actor, case: Case, items: list[Item]) -> None:
    facts = _facts_of(items)
    until = verdicts.valid_until(facts, clock.today())
    if until < clock.today():
        raise Refused(f"有材料已于 {until:%Y-%m-%d} 到期，不能通过，请退回补正。", code="expired")
    name, code = verdicts.identity_of(facts)
    licence = facts.get(ItemKind.HR_LICENCE, {})
    organisations.approve_qualification(
        actor,
        organisation_id=case.organisation_id,
        facts=organisations.CertifiedFacts(
            legal_name=name,
            credit_code=code,
            licence_number=licence.get("licence_number", ""),
            licence_expires_on=verdicts.end_of(licence),
        ),
        expires_on=until,
    )


def _facts_of(items: list[Item]) -> dict[str, dict[str, str]]:
    return {item.kind: orjson.loads(item.facts or "{}") for item in items}


def _decide(
    actor: Actor, case: Case, items: list[Item], step: DecisionStep, reason: str, *, tells: bool = True
) -> None:
    """Write a decision: items, case, history, audit entry, and the event that tells the organisation."""
    moment = clock.now()
    for item in items:
        item.updated_at = moment
    Item.objects.bulk_update(items, ["verdict", "reason_code", "reason", "updated_at"])
    if step != DecisionStep.FIRST:
        case.decided_by_id, case.decided_at = actor.person, moment
    case.reason, case.version = reason, case.version + 1
    case.claimed_by_id, case.claimed_at = None, None
    case.save()
    Decision.objects.create(
        case=case,
        submission=case.submissions,
        step=step,
        operator_id=actor.person,
        decided_at=moment,
        verdicts=verdicts.recorded(items),
        reason=reason,
    )
    audit.record(actor, f"case.{step}", case.id, organisation=case.organisation_id, submission=case.submissions)
    if tells:
        events.publish(actor, CaseDecided(case_id=case.id, organisation_id=case.organisation_id, step=step))


def _all_reasons(items: list[Item]) -> str:
    return "\n".join(f"{ItemKind(item.kind).label}：{item.reason}" for item in items if item.reason)


def _checked(reason: str, *, is_required: bool = True) -> str:
    reason = tidy_lines(reason)
    if (is_required and not reason) or len(reason) > REASON_LIMIT:
        raise Invalid({"reason": f"请写明原因，机构会看到；最多 {REASON_LIMIT} 字。"})
    return reason
