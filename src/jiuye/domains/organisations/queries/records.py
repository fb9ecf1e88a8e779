"""Employers' records for operators: find them, compare two, read what was merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from jiuye.domains.accounts.duties import require_auditor
from jiuye.domains.organisations.models import Agency, Employer, MergedEmployer
from jiuye.domains.organisations.queries.employers import EmployerFacts, employer_facts
from jiuye.domains.organisations.states import Restriction
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

MOST_ALIKE = 10


@dataclass(frozen=True)
class Merger:
    """A record that was merged into this one."""

    id: UUID
    legal_name: str
    credit_code: str
    reason: str
    merged_at: datetime


@dataclass(frozen=True)
class RegistryRow:
    """An employer's record. `named_by` is the agency that named it, empty for others."""

    facts: EmployerFacts
    named_by: str
    registered_at: datetime | None
    created_at: datetime
    restriction_label: str
    mergers: Sequence[Merger] = ()


def registry(actor: Actor, *, text: str = "", cursor: str = "") -> Page[RegistryRow]:
    """Return employers' records by words of the name or a credit code, former ones included; newest first. One query."""
    require_auditor(actor)
    rows = Employer.objects.select_related("named_by")
    for word in text.split():
        former = MergedEmployer.objects.filter(
            Q(legal_name__icontains=word) | Q(credit_code=word.upper()), survivor_id=OuterRef("pk")
        )
        rows = rows.filter(Q(legal_name__icontains=word) | Q(credit_code=word.upper()) | Exists(former))
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=30).map(_row)


def registry_entry(actor: Actor, employer_id: UUID) -> RegistryRow:
    """Return one record with what was merged into it. Two queries. Raises `NotFound`."""
    require_auditor(actor)
    found = Employer.objects.select_related("named_by").filter(pk=employer_id).first()
    if found is None:
        raise NotFound
    mergers = MergedEmployer.objects.filter(survivor=found).order_by("-merged_at", "-id")
    return _row(
        found,
        [Merger(one.id, one.legal_name, one.credit_code or "", one.reason, one.merged_at) for one in mergers],
    )


def records_alike(actor: Actor, employer_id: UUID) -> list[RegistryRow]:
    """Return other records with the same name, or whose name contains this one or the other way round. Two queries."""
    require_auditor(actor)
    name = Employer.objects.filter(pk=employer_id).values_list("legal_name", flat=True).first()
    if name is None:
        raise NotFound
    core = name.removesuffix("有限公司").removesuffix("有限责任公司").removesuffix("股份")
    rows = Employer.objects.select_related("named_by").filter(legal_name__icontains=core).exclude(pk=employer_id)
    return [_row(row) for row in rows.order_by("legal_name", "id")[:MOST_ALIKE]]


def _row(row: Employer, mergers: Sequence[Merger] = ()) -> RegistryRow:
    agency: Agency | None = row.named_by
    return RegistryRow(
        facts=employer_facts(row),
        named_by=agency.legal_name if agency else "",
        registered_at=row.registered_at,
        created_at=row.created_at,
        restriction_label=Restriction(row.restriction).label if row.restriction else "",
        mergers=mergers,
    )
