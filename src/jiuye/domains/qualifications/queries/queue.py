"""The operators' queue of cases, longest waiting first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiuye.domains.accounts.duties import AUDIT_ROLES, require_auditor
from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.qualifications import audit_policies as policies
from jiuye.domains.qualifications.models import Case, MachineCheck
from jiuye.domains.qualifications.states import CASE_LABELS, CasePurpose, CheckResult
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate

APPLICANT_LABELS: Mapping[str, str] = {"market": "市场化职介", "public": "公共职介", "employer": "招聘企业"}
WHOSE_LABELS: Mapping[str, str] = {"mine": "我领取的", "unclaimed": "没有人领取", "overdue": "已超过目标时间"}
STATE_LABELS: Mapping[str, str] = {
    state: CASE_LABELS[state] for state in (*policies.WAITING, "returned", "approved", "reversed")
}
TO_ASSIGN = 200
"""So many auditors at most can be chosen from."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue is narrowed to; empty: everything that waits. `words`: part of a name, or a credit code's beginning.
    `region` at any level includes its parts. `whose` as in `WHOSE_LABELS`.
    """

    applicant: str = ""
    state: str = ""
    region: str = ""
    purpose: str = ""
    whose: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A case in the queue. `obstacle`: why the actor cannot decide on it; `findings`: what the machine checks found."""

    id: UUID
    name: str
    credit_code: str
    region: str
    applicant_label: str
    purpose_label: str
    state: str
    state_label: str
    submissions: int
    submitted_at: datetime
    due_at: datetime | None
    is_waiting: bool
    is_overdue: bool
    claimed_by: str
    is_mine: bool
    obstacle: str
    findings: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many cases wait: all, for a second look, past their target time, claimed by the actor, claimed by nobody."""

    waiting: int
    second_look: int
    overdue: int
    mine: int
    unclaimed: int


def queue(actor: Actor, chosen: QueueFilter, *, cursor: str = "", size: int = 30) -> Page[QueueRow]:
    """Return waiting cases, longest waiting first; or those in a chosen state, decided ones latest first. Five queries."""
    require_auditor(actor)
    rows = _narrowed(Case.objects.exclude(submitted_at=None), actor, chosen).select_related("claimed_by")
    decided = chosen.state in STATE_LABELS and chosen.state not in policies.WAITING
    ordering = ("-submitted_at", "-id") if decided else ("submitted_at", "id")
    page = paginate(rows, ordering=ordering, cursor=cursor, size=size)
    organisations = _organisations(page.items)
    findings = _findings([case.id for case in page.items])
    own = policies.own_organisations(actor.person)
    now = clock.now()
    return page.map(lambda case: _row(actor, case, organisations, findings, own, now))


def queue_counts(actor: Actor) -> QueueCounts:
    """Return the numbers of waiting cases. One query."""
    now = clock.now()
    live = Q(claimed_at__gt=now - policies.CLAIM_LASTS)
    found = Case.objects.filter(state__in=policies.WAITING).aggregate(
        waiting=Count("id"),
        second_look=Count("id", filter=Q(state="second_look")),
        overdue=Count("id", filter=Q(due_at__lt=now)),
        mine=Count("id", filter=live & Q(claimed_by_id=actor.person_id)),
        claimed=Count("id", filter=live & Q(claimed_by__isnull=False)),
    )
    unclaimed = found["waiting"] - found.pop("claimed")
    return QueueCounts(**found, unclaimed=unclaimed)


def auditors(actor: Actor) -> list[tuple[UUID, str]]:
    """Return those to whom a case can be assigned: id and name. One query."""
    require_auditor(actor)
    rows = Membership.objects.filter(
        organisation_kind=OrganisationKind.PLATFORM, role__in=AUDIT_ROLES, ended_at=None, user__erased_at=None
    )
    rows = rows.select_related("user").order_by("created_at", "id")[:TO_ASSIGN]
    return list({row.user_id: (row.user_id, row.user.name or "未留姓名") for row in rows}.values())


def _narrowed(rows: "QuerySet[Case]", actor: Actor, chosen: QueueFilter) -> "QuerySet[Case]":
    rows = rows.filter(state__in=[chosen.state] if chosen.state in STATE_LABELS else policies.WAITING)
    if chosen.applicant in APPLICANT_LABELS:
        rows = rows.filter(applicant=chosen.applicant)
    if chosen.purpose in CasePurpose.values:
        rows = rows.filter(purpose=chosen.purpose)
    if chosen.region and reference.has_region(chosen.region):
        rows = rows.filter(_of_organisation(Q(region__in=reference.descendants(chosen.region))))
    if words := chosen.words.strip():
        rows = rows.filter(_of_organisation(Q(legal_name__icontains=words) | Q(credit_code__startswith=words.upper())))
    now = clock.now()
    live = Q(claimed_by__isnull=False, claimed_at__gt=now - policies.CLAIM_LASTS)
    if chosen.whose == "mine":
        return rows.filter(live, claimed_by_id=actor.person_id)
    if chosen.whose == "unclaimed":
        return rows.exclude(live)
    return rows.filter(due_at__lt=now) if chosen.whose == "overdue" else rows


def _of_organisation(condition: Q) -> Q:
    """Return the condition on cases for one on the columns that agencies and employers share."""
    found = Q()
    for model in (Agency, Employer):
        found |= Q(organisation_id__in=model.objects.filter(condition).values("id"))
    return found


def _organisations(cases: Sequence[Case]) -> dict[UUID, tuple[str, str, str | None]]:
    """Return name, credit code and region of the cases' organisations. At most two queries."""
    found: dict[UUID, tuple[str, str, str | None]] = {}
    for model, is_employer in ((Agency, False), (Employer, True)):
        ids = {case.organisation_id for case in cases if (case.applicant == "employer") is is_employer}
        if ids:
            rows = model.objects.filter(pk__in=ids).values_list("id", "legal_name", "credit_code", "region_id")
            found.update({row[0]: (row[1], row[2] or "", row[3]) for row in rows})
    return found


def _findings(case_ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return for each case what its checks found besides agreement: (result, words). One query."""
    rows = MachineCheck.objects.filter(case_id__in=case_ids).exclude(result__in=["passed", "not_checked"])
    counted = rows.values("case_id", "result").annotate(number=Count("id")).order_by("case_id", "result")
    found: dict[UUID, list[tuple[str, str]]] = {}
    for row in counted:
        label = _FINDINGS[row["result"]]
        found.setdefault(row["case_id"], []).append((row["result"], f"{row['number']} 项{label}"))
    return found


_FINDINGS: Mapping[str, str] = {
    CheckResult.DIFFERS: "有差异",
    CheckResult.NO_RECORD: "查无记录",
    CheckResult.FAILED: "不符合",
    CheckResult.WAITING: "正在核对",
    CheckResult.AWAY: "等登记系统恢复",
}


def _row(
    actor: Actor,
    case: Case,
    organisations: Mapping[UUID, tuple[str, str, str | None]],
    findings: Mapping[UUID, list[tuple[str, str]]],
    own: set[UUID],
    now: datetime,
) -> QueueRow:
    name, code, region = organisations.get(case.organisation_id, ("（已注销的机构）", "", None))
    is_waiting = case.state in policies.WAITING
    is_live = is_waiting and policies.has_live_claim(case, now)
    obstacle = policies.obstacle_of(case, actor.person, own) if is_waiting else ""
    return QueueRow(
        id=case.id,
        name=name,
        credit_code=code,
        region=reference.full_name(region) if region else "",
        applicant_label=APPLICANT_LABELS[case.applicant],
        purpose_label=CasePurpose(case.purpose).label,
        state=case.state,
        state_label=CASE_LABELS[case.state],
        submissions=case.submissions,
        submitted_at=case.submitted_at,  # type: ignore[arg-type]  # only submitted cases are read
        due_at=case.due_at,
        is_waiting=is_waiting,
        is_overdue=is_waiting and bool(case.due_at and case.due_at < now),
        claimed_by=(case.claimed_by.name or "同事") if is_live and case.claimed_by else "",
        is_mine=is_live and case.claimed_by_id == actor.person_id,
        obstacle=policies.SHORT_OBSTACLES[obstacle] if obstacle else "",
        findings=findings.get(case.id, []),
    )
