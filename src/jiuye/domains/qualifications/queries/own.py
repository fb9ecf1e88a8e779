"""The organisation's own qualification: the open case with everything its form shows, and its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.accounts.queries import legal_person
from jiuye.domains.organisations.models import Agency, Employer, Qualification
from jiuye.domains.organisations.states import QUALIFICATION_LABELS
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import OPEN_STATES, Case, Decision, Item, MachineCheck, Material
from jiuye.domains.qualifications.queries.insurance import insurance_state
from jiuye.domains.qualifications.requirements import Applicant, Requirement, Way, requirement, requirements_of
from jiuye.domains.qualifications.states import (
    CASE_LABELS,
    CasePurpose,
    CheckResult,
    DecisionStep,
    ItemKind,
    MaterialState,
    Section,
    Verdict,
)
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.identifiers import mask_name
from jiuye.ports.inspection import SealReport


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A value read from a document: for the field `name`. `source`: text or picture."""

    name: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class MaterialView:
    """A file of an item. `size` in bytes; `is_there`: not erased yet."""

    id: UUID
    name: str
    state: str
    state_label: str
    problem: str
    format: str
    size: int
    uploaded_at: datetime
    is_there: bool
    page_count: int
    undrawn: str
    suggestions: Sequence[SuggestionView] = field(repr=False)
    seals: Sequence[SealReport] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckView:
    """The result of a machine check, the same for both sides. `differences`: label, stated, recorded."""

    code: str
    item: str
    result: str
    label: str
    text: str
    checked_at: datetime
    differences: Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with what was typed, its files, its verdict, and what it still lacks by field."""

    kind: str
    label: str
    section: str
    requirement: Requirement
    way: Way
    facts: Mapping[str, str] = field(repr=False)
    verdict: str
    verdict_label: str
    reason: str
    materials: Sequence[MaterialView]
    checks: Sequence[CheckView]
    lacking: Mapping[str, str]
    handler: str
    is_open: bool
    is_confirmed: bool
    has_expired: bool

    @property
    def is_complete(self) -> bool:
        """Whether it could be submitted."""
        return not self.lacking

    @property
    def is_checking(self) -> bool:
        """Whether a file is being opened."""
        return any(one.state == MaterialState.CHECKING for one in self.materials)

    @property
    def suggestions(self) -> Mapping[str, SuggestionView]:
        """What the files suggest, by field; the newest file first, only values that are not typed yet."""
        found: dict[str, SuggestionView] = {}
        for material in reversed(self.materials):
            for one in material.suggestions:
                if one.name not in found and self.facts.get(one.name) != one.value:
                    found[one.name] = one
        return found


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as the organisation sees it: no names of operators."""

    step_label: str
    decided_at: datetime
    reason: str
    items: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its items in the form's order. `standing_until`: the last day of the present qualification."""

    id: UUID
    applicant: Applicant
    purpose: str
    purpose_label: str
    state: str
    state_label: str
    version: int
    submissions: int
    submitted_at: datetime | None
    due_at: datetime | None
    reason: str
    organisation_name: str
    credit_code: str
    items: Sequence[ItemView]
    checks: Sequence[CheckView]
    standing: str
    standing_label: str
    standing_until: date | None

    @property
    def done(self) -> int:
        """How many items are complete."""
        return sum(one.is_complete for one in self.items)

    @property
    def is_open(self) -> bool:
        """Whether the organisation may change something."""
        return self.state in policies.EDITABLE

    @property
    def next_item(self) -> ItemView | None:
        """The first item that lacks something."""
        return next((one for one in self.items if not one.is_complete or _is_refused(one)), None)

    def item(self, kind: str) -> ItemView:
        """Return one item. Raises `NotFound`."""
        found = next((one for one in self.items if one.kind == kind), None)
        if found is None:
            raise NotFound
        return found


def _is_refused(item: ItemView) -> bool:
    return item.is_open and item.verdict == Verdict.REFUSED


def own_case(actor: Actor) -> CaseView:
    """Return the newest case of the actor's own organisation: an open one first. At most eight queries. Raises `NotFound`."""
    cases = Case.objects.filter(organisation_id=policies.may_see(actor)).exclude(purpose=CasePurpose.COMPLAINT)
    case = (
        cases.filter(state__in=OPEN_STATES).select_related("qualification").order_by("-opened_at", "id").first()
        or cases.select_related("qualification").order_by("-opened_at", "id").first()
    )
    if case is None:
        raise NotFound("本机构还没有资质审核记录。")
    return _case_view(case)


def has_case(actor: Actor) -> bool:
    """Return whether the actor's organisation has any case. One query."""
    return Case.objects.filter(organisation_id=policies.may_see(actor)).exists()


def decisions_of(case_id: UUID) -> list[DecisionView]:
    """Return the decisions on a case, newest first, for its organisation. One query."""
    rows = Decision.objects.filter(case_id=case_id).order_by("-decided_at", "id")
    return [
        DecisionView(DecisionStep(row.step).label, row.decided_at, row.reason, _verdicts(row.verdicts))
        for row in rows
        if row.step != DecisionStep.FIRST
    ]


def _verdicts(verdicts: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    return [
        (ItemKind(kind).label, Verdict(one["verdict"]).label, one.get("reason", "")) for kind, one in verdicts.items()
    ]


def credit_code_of(case: Case) -> str:
    """Return the organisation's registered credit code. One query."""
    return _organisation(case)[1]


def missing_of(case: Case, item: Item) -> dict[str, str]:
    """Return what an item lacks, by field (see `policies.missing`). At most four queries."""
    wanted = requirement(case.applicant, item.kind)  # type: ignore[arg-type]
    if wanted is None:
        raise NotFound
    person = typed.read(item.facts).get(typed.PERSON)
    named = legal_person(UUID(person)) if person else None
    return policies.missing(
        wanted,
        item,
        item.materials.order_by("uploaded_at", "id"),
        credit_code=credit_code_of(case),
        named={UUID(person): named.name} if person and named else {},
        insured=insurance_state(case) if item.way == "insurance" else "",
    )


def _organisation(case: Case) -> tuple[str, str]:
    """Return name and credit code."""
    rows = Employer.objects if case.applicant == "employer" else Agency.objects
    found = rows.filter(pk=case.organisation_id).values_list("legal_name", "credit_code").first()
    if found is None:
        raise NotFound
    return found[0], found[1] or ""


def _case_view(case: Case) -> CaseView:
    name, credit_code = _organisation(case)
    items = {row.kind: row for row in case.items.all()}
    materials: dict[UUID, list[Material]] = {}
    for material in Material.objects.filter(item__case=case).order_by("uploaded_at", "id"):
        materials.setdefault(material.item_id, []).append(material)
    checks = [check_view(row) for row in MachineCheck.objects.filter(case=case).order_by("checked_at", "id")]
    person = typed.read(items[ItemKind.HANDLER_IDENTITY].facts).get(typed.PERSON)
    legal = legal_person(UUID(person)) if person else None
    named = {UUID(person): legal.name} if person and legal else {}
    insured = insurance_state(case) if any(one.way == "insurance" for one in items.values()) else ""
    views = []
    for wanted in requirements_of(case.applicant):  # type: ignore[arg-type]
        item = items[wanted.kind]
        files = materials.get(item.id, [])
        lacking = policies.missing(wanted, item, files, credit_code=credit_code, named=named, insured=insured)
        handler = mask_name(legal.name) if legal and wanted.kind == ItemKind.HANDLER_IDENTITY else ""
        views.append(
            _item_view(case, item, wanted, files, [one for one in checks if one.item == item.kind], lacking, handler)
        )
    qualification: Qualification = case.qualification
    return CaseView(
        id=case.id,
        applicant=case.applicant,  # type: ignore[arg-type]
        purpose=case.purpose,
        purpose_label=CasePurpose(case.purpose).label,
        state=case.state,
        state_label=CASE_LABELS[case.state],
        version=case.version,
        submissions=case.submissions,
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        reason=case.reason,
        organisation_name=name,
        credit_code=credit_code,
        items=views,
        checks=[one for one in checks if not one.item],
        standing=qualification.state,
        standing_label=QUALIFICATION_LABELS[qualification.state],
        standing_until=qualification.expires_on,
    )


def _item_view(
    case: Case,
    item: Item,
    wanted: Requirement,
    files: Sequence[Material],
    checks: Sequence[CheckView],
    lacking: Mapping[str, str],
    handler: str,
) -> ItemView:
    facts = typed.read(item.facts)
    return ItemView(
        kind=item.kind,
        label=ItemKind(item.kind).label,
        section=Section(wanted.section).label,
        requirement=wanted,
        way=wanted.way(item.way),
        facts=facts,
        verdict=item.verdict,
        verdict_label=Verdict(item.verdict).label,
        reason=item.reason,
        materials=[material_view(one, wanted) for one in files],
        checks=checks,
        lacking=lacking,
        handler=handler,
        is_open=policies.is_open_to_change(case, item),
        is_confirmed=item.confirmed_at is not None,
        has_expired=typed.has_expired(facts, clock.today()),
    )


def material_view(material: Material, wanted: Requirement) -> MaterialView:
    """Return a file as both sides see it; suggestions under the names of the item's fields. No query."""
    findings: dict[str, Any] = orjson.loads(material.findings) if material.findings else {}
    fields = {one.suggested_by: one.name for one in wanted.fields if one.suggested_by}
    return MaterialView(
        id=material.id,
        name=material.name,
        state=material.state,
        state_label=MaterialState(material.state).label,
        problem=material.problem,
        format=material.format,
        size=material.size,
        uploaded_at=material.uploaded_at,
        is_there=bool(material.key),
        page_count=findings.get("page_count", 0),
        undrawn=findings.get("undrawn", ""),
        suggestions=[
            SuggestionView(fields[one["name"]], one["value"], one["source"])
            for one in findings.get("suggestions", [])
            if one["name"] in fields
        ],
        seals=[SealReport(**one) for one in findings.get("seals", [])],
    )


def check_view(row: MachineCheck) -> CheckView:
    """Return a machine check as both sides see it. No query."""
    return CheckView(
        code=row.code,
        item=row.item,
        result=row.result,
        label=CheckResult(row.result).label,
        text=row.text,
        checked_at=row.checked_at,
        differences=orjson.loads(row.detail) if row.detail else [],
    )
