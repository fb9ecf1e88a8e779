"""A case as an auditor sees it: what was typed, the files, the checks, what changed since, and every decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.accounts.models import Membership, RealName
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.organisations.states import QUALIFICATION_LABELS
from jiuye.domains.qualifications import audit_policies as policies
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications.models import Case, CaseNote, Decision, Item, MachineCheck, Material, Submission
from jiuye.domains.qualifications.queries.case_views import CheckView, MaterialView, check_view, material_view
from jiuye.domains.qualifications.queries.differences import Change, changes_between, shown
from jiuye.domains.qualifications.queries.queue import APPLICANT_LABELS
from jiuye.domains.qualifications.reasons import REASONS, Reason
from jiuye.domains.qualifications.requirements import Requirement, requirements_of
from jiuye.domains.qualifications.states import CASE_LABELS, CasePurpose, DecisionStep, ItemKind, Verdict
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.text.days import until

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of an item; `drawn`: how many of its pages there are as pictures."""

    view: MaterialView
    drawn: int


@dataclass(frozen=True, slots=True)
class ItemFile:
    """One item: `typed` are label and value of its fields; `is_earlier`: its files are those of an earlier case."""

    kind: str
    label: str
    way_label: str
    typed: Sequence[tuple[str, str]] = field(repr=False)
    verdict: str
    verdict_label: str
    reason_code: str
    reason: str
    reasons: Sequence[Reason]
    materials: Sequence[EvidenceFile]
    is_earlier: bool
    checks: Sequence[CheckView]
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision on this or an earlier case of the organisation. `items`: label, verdict, reason."""

    is_this_case: bool
    case_id: UUID
    purpose_label: str
    submission: int
    step: str
    step_label: str
    operator: str
    decided_at: datetime
    reason: str
    items: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Note:
    """A note among operators."""

    operator: str
    written_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case in full. `obstacle`: why the actor may not decide; `holder`: the colleague who holds it."""

    id: UUID
    version: int
    organisation_id: UUID
    organisation_kind: str
    name: str
    credit_code: str
    region: str
    applicant_label: str
    purpose: str
    purpose_label: str
    state: str
    state_label: str
    submissions: int
    submitted_at: datetime
    due_at: datetime | None
    is_waiting: bool
    is_overdue: bool
    is_mine: bool
    holder: str
    obstacle: str
    first_by: str
    first_at: datetime | None
    handler: str
    handler_is_real: bool
    standing_label: str
    standing_until: str
    items: Sequence[ItemFile]
    checks: Sequence[CheckView]
    decisions: Sequence[PastDecision]
    notes: Sequence[Note]
    compared_with: datetime | None

    @property
    def may_decide(self) -> bool:
        """Whether the actor may give a verdict now."""
        return self.is_waiting and not self.obstacle and not self.holder

    @property
    def may_be_reversed(self) -> bool:
        """Whether it is an approval that can be taken back."""
        return self.state == "approved" and self.purpose != CasePurpose.COMPLAINT


def case_file(actor: Actor, case_id: UUID) -> CaseFile:
    """Return a submitted case with everything an auditor decides by. Seven queries. Raises `NotFound`, `Denied`."""
    require_auditor(actor)
    case = _found(actor, case_id)
    found: Any = case  # with annotations
    sent = _compared(case)
    changes = changes_between(sent[1].content, sent[0].content, case.applicant) if sent else {}
    checks = [check_view(row) for row in MachineCheck.objects.filter(case=case).order_by("item", "code")]
    now = clock.now()
    is_waiting = case.state in policies.WAITING
    is_live = is_waiting and policies.has_live_claim(case, now)
    return CaseFile(
        id=case.id,
        version=case.version,
        organisation_id=case.organisation_id,
        organisation_kind=case.qualification.organisation_kind,
        name=found.name or "（已注销的机构）",
        credit_code=found.code or "",
        region=reference.full_name(found.region) if found.region else "",
        applicant_label=APPLICANT_LABELS[case.applicant],
        purpose=case.purpose,
        purpose_label=CasePurpose(case.purpose).label,
        state=case.state,
        state_label=CASE_LABELS[case.state],
        submissions=case.submissions,
        submitted_at=case.submitted_at,  # type: ignore[arg-type]  # only submitted cases are read
        due_at=case.due_at,
        is_waiting=is_waiting,
        is_overdue=is_waiting and bool(case.due_at and case.due_at < now),
        is_mine=is_live and case.claimed_by_id == actor.person_id,
        holder=_name(case.claimed_by) if is_live and case.claimed_by_id != actor.person_id else "",
        obstacle=policies.OBSTACLES.get(_obstacle(actor, case, found), "") if is_waiting else "",
        first_by=_name(case.first_by) if case.first_by_id else "",
        first_at=case.first_at,
        handler=_name(case.opened_by) if case.opened_by_id and case.purpose != CasePurpose.COMPLAINT else "",
        handler_is_real=found.handler_is_real,
        standing_label=QUALIFICATION_LABELS[case.qualification.state],
        standing_until=until(case.qualification.expires_on) if case.qualification.expires_on else "",
        items=_items(case, checks, changes),
        checks=[one for one in checks if not one.item],
        decisions=_decisions(case),
        notes=[] if found.is_own else _notes(case),
        compared_with=sent[1].submitted_at if sent else None,
    )


def _compared(case: Case) -> list[Submission]:
    """Return this case's last submission and the one before it, perhaps of an earlier case; nothing if there are not two."""
    rows = Submission.objects.filter(case__qualification=case.qualification_id, submitted_at__lte=case.submitted_at)
    sent = list(rows.order_by("-submitted_at", "-id")[:2])
    return sent if len(sent) == 2 and sent[0].case_id == case.id else []


def _found(actor: Actor, case_id: UUID) -> Case:
    own = Membership.objects.filter(user_id=actor.person, organisation_id=OuterRef("organisation_id"))
    mine = Submission.objects.filter(case=OuterRef("pk"), submitted_by_id=actor.person)
    agency, employer = (model.objects.filter(pk=OuterRef("organisation_id")) for model in (Agency, Employer))
    rows = Case.objects.select_related("qualification", "claimed_by", "first_by", "opened_by").annotate(
        is_own=Exists(own),
        is_mine=Exists(mine),
        handler_is_real=Exists(RealName.objects.filter(pk=OuterRef("opened_by"))),
        name=Coalesce(Subquery(agency.values("legal_name")), Subquery(employer.values("legal_name"))),
        code=Coalesce(Subquery(agency.values("credit_code")), Subquery(employer.values("credit_code"))),
        region=Coalesce(Subquery(agency.values("region")), Subquery(employer.values("region"))),
    )
    case = rows.filter(pk=case_id).exclude(submitted_at=None).first()
    if case is None:
        raise NotFound
    return case


def _obstacle(actor: Actor, case: Case, found: Any) -> str:
    own = {case.organisation_id} if found.is_own or found.is_mine else set()
    return policies.obstacle_of(case, actor.person, own)


def _items(case: Case, checks: Sequence[CheckView], changes: Mapping[str, Sequence[Change]]) -> list[ItemFile]:
    """Return the items in the form's order. One query, for items and files of all cases of the organisation."""
    items: dict[str, Item] = {}
    files: dict[UUID, dict[str, list[Material]]] = {}
    for row in _rows(case):
        if row.case_id == case.id:
            items[row.kind] = row
        if row.material_id:
            files.setdefault(row.case_id, {}).setdefault(row.kind, []).append(_material(row))
    wanted = requirements_of(case.applicant)  # type: ignore[arg-type]
    found = []
    for one in wanted:
        if item := items.get(one.kind):
            own = files.get(case.id, {}).get(one.kind, [])
            earlier = next((some[one.kind] for key, some in files.items() if key != case.id and one.kind in some), [])
            needs = one.way(item.way).needs_file and not own
            found.append(_item(one, item, own or (earlier if needs else []), checks, changes, is_earlier=needs))
    return found


_MATERIAL = [field.attname for field in Material._meta.concrete_fields if field.attname != "item_id"]


def _rows(case: Case) -> Sequence[Any]:
    """Return each item of the qualification's cases with each of its files (or none), the newest case first."""
    columns = {f"material_{name}": F(f"materials__{name}") for name in _MATERIAL}
    rows = Item.objects.filter(case__qualification=case.qualification_id).annotate(**columns)
    return list(rows.order_by("-case__opened_at", "case_id", "materials__uploaded_at", "materials__id"))


def _material(row: Any) -> Material:
    return Material(item_id=row.pk, **{name: getattr(row, f"material_{name}") for name in _MATERIAL})


def _item(
    wanted: Requirement,
    item: Item,
    files: Sequence[Material],
    checks: Sequence[CheckView],
    changes: Mapping[str, Sequence[Change]],
    *,
    is_earlier: bool,
) -> ItemFile:
    facts = typed.read(item.facts)
    return ItemFile(
        kind=item.kind,
        label=ItemKind(item.kind).label,
        way_label=wanted.way(item.way).label,
        typed=[(one.label, shown(facts.get(one.name, ""))) for one in wanted.fields],
        verdict=item.verdict,
        verdict_label=Verdict(item.verdict).label,
        reason_code=item.reason_code,
        reason=item.reason,
        reasons=REASONS[item.kind],
        materials=[EvidenceFile(material_view(one, wanted), len(one.page_keys)) for one in files],
        is_earlier=is_earlier and bool(files),
        checks=[one for one in checks if one.item == item.kind],
        changes=changes.get(item.kind, ()),
    )


def _decisions(case: Case) -> list[PastDecision]:
    rows = Decision.objects.filter(case__qualification=case.qualification_id).select_related("operator", "case")
    return [
        PastDecision(
            is_this_case=row.case_id == case.id,
            case_id=row.case_id,
            purpose_label=CasePurpose(row.case.purpose).label,
            submission=row.submission,
            step=row.step,
            step_label=DecisionStep(row.step).label,
            operator=_name(row.operator),
            decided_at=row.decided_at,
            reason=row.reason,
            items=[
                (ItemKind(kind).label, Verdict(one["verdict"]).label, one.get("reason", ""))
                for kind, one in row.verdicts.items()
            ],
        )
        for row in rows.order_by("-decided_at", "-id")[:_SHOWN]
    ]


def _notes(case: Case) -> list[Note]:
    rows = CaseNote.objects.filter(case__qualification=case.qualification_id).select_related("operator")
    return [Note(_name(row.operator), row.written_at, row.text) for row in rows.order_by("-written_at", "-id")[:_SHOWN]]


def _name(user: Any) -> str:
    return user.name or "未留姓名"
