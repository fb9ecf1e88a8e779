"""What a page shows of a case: its items, files and checks. Shared by both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import Case, Item, MachineCheck, Material
from jiuye.domains.qualifications.requirements import Applicant, Requirement, Way
from jiuye.domains.qualifications.states import (
    CheckResult,
    ItemKind,
    MaterialState,
    Section,
    Verdict,
)
from jiuye.domains.verification.queries import ItemState
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound
from jiuye.ports.inspection import SealReport

INSURANCE = "insurance"
"""The way of the employment item that asks the social-insurance records."""


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
    insurance: ItemState | None = None

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
class SubmissionView:
    """A submission; `number` within its case."""

    purpose_label: str
    number: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organisation stands. `missing`: what an approved agency's profile still lacks; `may_renew`: it may have
    itself verified again now.
    """

    is_approved: bool
    is_listed: bool
    until: date | None
    missing: Sequence[str]
    may_renew: bool
    has_expired: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its items in the form's order, and where its organisation stands."""

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
    standing: Standing

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


def item_view(
    case: Case,
    item: Item,
    wanted: Requirement,
    files: Sequence[Material],
    checks: Sequence[CheckView],
    lacking: Mapping[str, str],
) -> ItemView:
    """Return an item with its files and checks. No query."""
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
        handler="",
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
