"""Postings as the employer for which an agency recruits reads them: figures, and wishes for changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from jiuye.domains.jobs.models import BrowsingRecord, JobPosting, PostingWish
from jiuye.domains.jobs.queries.agency import ListRow, row_of
from jiuye.domains.jobs.states import WISH_LABELS
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.visibility import Sight
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class EmployerPosting:
    """One of the employer's postings, and the agency that carries it."""

    row: ListRow
    agency_id: UUID
    agency_name: str
    agency_phone: str


@dataclass(frozen=True)
class WishView:
    """A wish for a change with its answer."""

    id: UUID
    text: str
    state: str
    state_label: str
    answer: str
    created_at: datetime
    answered_at: datetime | None


def of_employer(employer_id: UUID) -> QuerySet[JobPosting]:
    """Return the postings of an employer that were public, by agencies that work with it; for this domain."""
    return JobPosting.objects.filter(
        organisations.seen_by_employer(Sight.POSTINGS),
        employer_id=employer_id,
        state__in=["published", "withdrawn", "expired"],
        published_at__isnull=False,
    )


def employer_postings(actor: Actor, *, state: str = "", cursor: str = "", size: int = 30) -> Page[EmployerPosting]:
    """Return the postings of the actor's own employer, newest first. `state`: open or closed. One query. Raises `NotFound`."""
    if actor.organisation_id is None or not actor.acts_for("employer"):
        raise NotFound
    rows = of_employer(actor.organisation_id).select_related("employer", "agency")
    if state in ("open", "closed"):
        rows = rows.filter(state="published") if state == "open" else rows.exclude(state="published")
    return paginate(rows, ordering=("-published_at", "-id"), cursor=cursor, size=size).map(_posting)


def employer_posting(actor: Actor, posting_id: UUID) -> EmployerPosting:
    """Return one of these postings. One query. Raises `NotFound`."""
    if actor.organisation_id is None or not actor.acts_for("employer"):
        raise NotFound
    rows = of_employer(actor.organisation_id).select_related("employer", "agency")
    found = rows.filter(pk=posting_id).first()
    if found is None:
        raise NotFound
    return _posting(found)


def employer_titles(actor: Actor, *, limit: int = 200) -> list[tuple[UUID, str]]:
    """Return id and title of the same postings, newest first, for a choice. One query."""
    if actor.organisation_id is None or not actor.acts_for("employer"):
        return []
    rows = of_employer(actor.organisation_id).order_by("-published_at", "-id")
    return list(rows.values_list("id", "title")[:limit])


def viewers(posting_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many signed-in people have looked at each posting, as far as their history is kept. One query."""
    rows = BrowsingRecord.objects.filter(posting_id__in=posting_ids).order_by().values_list("posting_id")
    return dict(rows.annotate(number=Count("pk")))


def wishes_for(posting_id: UUID) -> list[WishView]:
    """Return the wishes for a posting, latest first; the caller has checked that its actor sees the posting. One query."""
    rows = PostingWish.objects.filter(posting_id=posting_id).order_by("-created_at", "-id")[:50]
    return [
        WishView(row.id, row.text, row.state, WISH_LABELS[row.state], row.answer, row.created_at, row.answered_at)
        for row in rows
    ]


def posting_of_wish(actor: Actor, wish_id: UUID) -> UUID:
    """Return the id of the posting of the actor's agency that a wish is about. One query. Raises `NotFound`."""
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    rows = PostingWish.objects.filter(pk=wish_id, posting__agency_id=actor.organisation_id)
    found = rows.values_list("posting_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def _posting(posting: JobPosting) -> EmployerPosting:
    agency = posting.agency
    return EmployerPosting(row_of(posting), agency.id, agency.legal_name, agency.phone)
