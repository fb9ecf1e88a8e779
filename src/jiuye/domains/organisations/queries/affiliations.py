"""Affiliations as each side reads them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from jiuye.domains.organisations.models import Affiliation, Employer, Shop
from jiuye.domains.organisations.queries.employers import EmployerFacts, employer_facts
from jiuye.domains.organisations.queries.shops import AgencyCard, card_of
from jiuye.domains.organisations.states import AFFILIATION, AFFILIATION_LABELS
from jiuye.domains.organisations.visibility import SHUT_OUT, Sight, may_see, states_in_which
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

AFFILIATION_GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "open": ("合作中", frozenset({"approved"})),
    "asked": ("待确认", frozenset({"requested"})),
    "past": ("历史", frozenset({"refused", "withdrawn", "ended"})),
}


@dataclass(frozen=True)
class AffiliationView:
    """An affiliation for one of its sides. `employer` is None where `visibility` withholds its details; `may` are verbs."""

    id: UUID
    agency_id: UUID
    agency_name: str
    employer_id: UUID
    employer_name: str
    employer: EmployerFacts | None
    state: str
    state_label: str
    note: str
    jobs_meant: str
    reason: str
    ended_by: str
    requested_at: datetime
    decided_at: datetime | None
    ended_at: datetime | None
    may: frozenset[str]


@dataclass(frozen=True)
class AffiliationBrief:
    """The facts that a notification needs."""

    employer_name: str
    agency_name: str
    reason: str


@dataclass(frozen=True)
class NamedRecord:
    """A record without a credit code that the agency named as this employer, with the number of its postings."""

    id: UUID
    legal_name: str


def _own(actor: Actor) -> tuple[str, QuerySet[Affiliation]]:
    party = "agency" if actor.acts_for("agency") else "employer" if actor.acts_for("employer") else ""
    if not party or actor.organisation_id is None:
        raise NotFound
    rows = Affiliation.objects.filter(**{f"{party}_id": actor.organisation_id})
    return party, rows.select_related("agency", "employer")


def affiliations(actor: Actor, *, group: str = "", cursor: str = "", size: int = 30) -> Page[AffiliationView]:
    """Return the affiliations of the actor's own agency or employer, latest first. One query. Raises `NotFound`."""
    party, rows = _own(actor)
    if group in AFFILIATION_GROUPS:
        rows = rows.filter(state__in=AFFILIATION_GROUPS[group][1])
    page = paginate(rows, ordering=("-requested_at", "-id"), cursor=cursor, size=size)
    return page.map(lambda row: _view(row, party, actor))


def affiliation_counts(actor: Actor) -> dict[str, int]:
    """Return the number of the actor's own affiliations in each group. One query."""
    _, rows = _own(actor)
    by_state = dict(rows.order_by().values_list("state").annotate(number=Count("id")))
    return {key: sum(by_state.get(one, 0) for one in states) for key, (_, states) in AFFILIATION_GROUPS.items()}


def affiliation(actor: Actor, affiliation_id: UUID) -> AffiliationView:
    """Return one of the actor's own affiliations. One query. Raises `NotFound`."""
    party, rows = _own(actor)
    found = rows.filter(pk=affiliation_id).first()
    if found is None:
        raise NotFound
    return _view(found, party, actor)


def affiliation_brief(affiliation_id: UUID) -> AffiliationBrief:
    """Return a short summary for handlers. One query. Raises `NotFound`."""
    found = Affiliation.objects.select_related("agency", "employer").filter(pk=affiliation_id).first()
    if found is None:
        raise NotFound
    return AffiliationBrief(found.employer.legal_name, found.agency.short_name, found.reason)


def latest_affiliations(actor: Actor, agency_ids: Collection[UUID]) -> dict[UUID, AffiliationView]:
    """Return the latest affiliation of the actor's employer with each of these agencies. One query."""
    party, rows = _own(actor)
    found = rows.filter(agency_id__in=agency_ids).order_by("requested_at", "id")
    return {row.agency_id: _view(row, party, actor) for row in found}


def named_records(actor: Actor, affiliation_id: UUID) -> list[NamedRecord]:
    """Return the records that the actor's agency named without a credit code under the name of the affiliation's employer.

    Approval merges them into the employer. Two queries. Raises `NotFound`.
    """
    one = affiliation(actor, affiliation_id)
    rows = Employer.objects.filter(named_by_id=one.agency_id, credit_code=None, legal_name=one.employer_name)
    return [NamedRecord(row.id, row.legal_name) for row in rows.exclude(pk=one.employer_id).order_by("id")]


def seen_by_employer(sight: Sight) -> Exists:
    """Return the condition, for rows with `employer_id` and `agency_id`, that the employer sees `sight` of them."""
    rows = Affiliation.objects.filter(
        employer_id=OuterRef("employer_id"),
        agency_id=OuterRef("agency_id"),
        state__in=states_in_which("employer", sight),
    )
    if not may_see("employer", "approved", sight, is_certified=False):
        rows = rows.filter(employer__is_certified=True).exclude(employer__restriction__in=SHUT_OUT)
    return Exists(rows)


@dataclass(frozen=True, slots=True)
class EmployerSight:
    """Since when an employer sees something of an agency, or what keeps it from seeing it: `not_affiliated`,
    `affiliation_requested`, `affiliation_ended`, `not_certified`, `restricted`.
    """

    since: datetime | None
    obstacle: str


def latest_affiliation() -> Subquery:
    """Return the annotation, for rows with `employer_id` and `agency_id`, that `employer_sight` reads; null without one."""
    rows = Affiliation.objects.filter(employer_id=OuterRef("employer_id"), agency_id=OuterRef("agency_id"))
    stored = rows.order_by("-requested_at", "-id").values(one=JSONObject(state="state", decided_at="decided_at"))
    return Subquery(stored[:1])


def employer_sight(stored: Mapping[str, str] | None, employer: Employer, sight: Sight) -> EmployerSight:
    """Return whether the employer sees `sight` of the agency, by the same table as `seen_by_employer`. `stored`: the
    annotation `latest_affiliation`.
    """
    if stored is None:
        return EmployerSight(None, "not_affiliated")
    state = stored["state"]
    if not may_see("employer", state, sight):
        why = {"requested": "affiliation_requested", "ended": "affiliation_ended"}
        return EmployerSight(None, why.get(state, "not_affiliated"))
    for is_certified, obstacle in (
        (employer.is_certified, "not_certified"),
        (employer.restriction not in SHUT_OUT, "restricted"),
    ):
        if not may_see("employer", state, sight, is_certified=is_certified):
            return EmployerSight(None, obstacle)
    return EmployerSight(datetime.fromisoformat(stored["decided_at"]) if stored["decided_at"] else None, "")


def agencies_of(actor: Actor) -> list[AgencyCard]:
    """Return the agencies with an approved affiliation to the actor's own employer. One query."""
    if actor.organisation_id is None or not actor.acts_for("employer"):
        return []
    return agencies_working_for(actor.organisation_id)


def agencies_working_for(employer_id: UUID) -> list[AgencyCard]:
    """Return the listed agencies that recruit for an employer, for its public page. One query."""
    approved = Affiliation.objects.filter(employer_id=employer_id, state="approved").values("agency_id")
    rows = Shop.objects.select_related("agency").filter(Q(agency__is_listed=True), pk__in=approved)
    return [card_of(row) for row in rows.order_by("agency__legal_name", "agency_id")]


def is_certified(actor: Actor) -> bool:
    """Return whether the actor's own employer has its three certifications. One query."""
    if actor.organisation_id is None:
        return False
    return Employer.objects.filter(pk=actor.organisation_id, is_certified=True).exists()


def _view(row: Affiliation, party: str, actor: Actor) -> AffiliationView:
    may = AFFILIATION.possible(row.state, party) if actor.role in ("owner", "recruiter") else frozenset()
    shows_facts = party == "employer" or may_see(party, row.state, Sight.FACTS)
    return AffiliationView(
        id=row.id,
        agency_id=row.agency_id,
        agency_name=row.agency.legal_name,
        employer_id=row.employer_id,
        employer_name=row.employer.legal_name,
        employer=employer_facts(row.employer) if shows_facts else None,
        state=row.state,
        state_label=AFFILIATION_LABELS[row.state],
        note=row.note,
        jobs_meant=row.jobs_meant,
        reason=row.reason,
        ended_by=row.ended_by,
        requested_at=row.requested_at,
        decided_at=row.decided_at,
        ended_at=row.ended_at,
        may=may,
    )
