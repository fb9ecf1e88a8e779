"""The source of the search index, and browsing without it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.paging import Page, paginate

_UNREAD = (
    *("content_hash", "external_code", "import_batch_id", "created_at", "updated_at", "version"),
    *("closed_at", "closing_reason", "hired_here", "hired_elsewhere"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Browse:
    """Filters of open postings. Codes are those of postings (already with all their parts); pay is in yuan a month and
    matches
    overlapping ranges; `words` must all be in the title.
    """

    words: Sequence[str] = ()
    regions: Collection[str] = ()
    occupations: Collection[str] = ()
    industries: Collection[str] = ()
    pay_min: int | None = None
    pay_max: int | None = None
    educations: Collection[str] | None = None
    """Required levels at most, including the empty one (不限); None: any."""
    experience: int | None = None
    employment_types: Collection[str] = ()
    agencies: Collection[str] = ()
    employers: Collection[str] = ()
    since: datetime | None = None
    without_agency: bool = False
    without_types: Collection[str] = ()
    without_agencies: Collection[str] = ()
    without_employers: Collection[str] = ()
    without_words: Sequence[str] = ()
    """In the title or in the employer's name."""
    confirmed_since: datetime | None = None
    by_pay: bool = False


def _indexable() -> QuerySet[JobPosting]:
    return JobPosting.objects.filter(policies.of_shown_parties(), state="published")


def indexable(posting_ids: Collection[UUID]) -> list[JobPosting]:
    """Return those of the postings that belong in the index, with agency and employer loaded. Three queries."""
    return list(_loaded().filter(pk__in=posting_ids))


def all_indexable(chunk: int = 2000) -> Iterator[JobPosting]:
    """Yield every posting that belongs in the index, by id, with agency and employer loaded.

    Reads in chunks, three queries each, without holding a transaction open between them.
    """
    last: UUID | None = None
    while True:
        rows = _loaded().order_by("pk")
        found = list(rows.filter(pk__gt=last)[:chunk] if last else rows[:chunk])
        yield from found
        if len(found) < chunk:
            return
        last = found[-1].pk


def published_between(after: tuple[datetime, UUID], until: datetime, *, limit: int) -> list[JobPosting]:
    """Return indexable postings published after the given moment and id, up to `until`, oldest first, agency and
    employer loaded.

    Many share one moment (a batch does), so the last one's moment and id say where to continue. Three queries.
    """
    moment, posting_id = after
    later = Q(published_at__gt=moment) | Q(published_at=moment, pk__gt=posting_id)
    return list(_loaded().filter(later, published_at__lte=until).order_by("published_at", "pk")[:limit])


def published_by(agency_id: UUID) -> list[UUID]:
    """Return the ids of an agency's published postings, whether its shop is public or not. One query."""
    return list(JobPosting.objects.filter(state="published", agency_id=agency_id).values_list("pk", flat=True))


def published_for(employer_id: UUID) -> list[UUID]:
    """Return the ids of the published postings for an employer by all agencies, hidden or not. One query."""
    return list(JobPosting.objects.filter(state="published", employer_id=employer_id).values_list("pk", flat=True))


def indexable_count() -> int:
    """Return the number of postings that belong in the index. One query."""
    return _indexable().count()


def browse(wanted: Browse, *, cursor: str = "", size: int = 20) -> Page[JobPosting]:
    """Return open postings from the database, newest first or by pay, when the search index is unavailable.

    Three queries; agency and employer are loaded.
    """
    rows = _loaded().filter(valid_through__gte=clock.today())
    for word in wanted.words:
        rows = rows.filter(title__icontains=word)
    rows = rows.filter(_listed_in(wanted)).filter(_bounds(wanted)).filter(_kept(wanted))
    if wanted.by_pay:
        rows = rows.filter(pay_min__isnull=False)
        return paginate(rows, ordering=("-pay_min", "-id"), cursor=cursor, size=size)
    return paginate(rows, ordering=("-published_at", "-id"), cursor=cursor, size=size)


def _loaded() -> QuerySet[JobPosting]:
    # Few agencies and employers have many postings each: reading them once per chunk costs a third of a join.
    return _indexable().prefetch_related("agency", "employer").defer(*_UNREAD)


def _listed_in(wanted: Browse) -> Q:
    lists: dict[str, Collection[str]] = {
        "region_id__in": wanted.regions,
        "occupation_id__in": wanted.occupations,
        "industry_id__in": wanted.industries,
        "employment_type__in": wanted.employment_types,
        "agency_id__in": wanted.agencies,
        "employer_id__in": wanted.employers,
    }
    condition = Q()
    for name, values in lists.items():
        if values:
            condition &= Q(**{name: values})
    if wanted.educations is not None:
        condition &= Q(education__in=wanted.educations)
    return condition


def _kept(wanted: Browse) -> Q:
    """The condition that a posting is not to be left out."""
    condition = Q()
    if wanted.without_agency:
        condition &= Q(employer__credit_code=F("agency__credit_code"))
    if wanted.without_types:
        condition &= ~Q(employment_type__in=wanted.without_types)
    if wanted.without_agencies:
        condition &= ~Q(agency_id__in=wanted.without_agencies)
    if wanted.without_employers:
        condition &= ~Q(employer_id__in=wanted.without_employers)
    for word in wanted.without_words:
        condition &= ~Q(title__icontains=word) & ~Q(employer__legal_name__icontains=word)
    if wanted.confirmed_since is not None:
        unconfirmed = Q(confirmed_at=None, published_at__gte=wanted.confirmed_since)
        condition &= Q(confirmed_at__gte=wanted.confirmed_since) | unconfirmed
    return condition


def _bounds(wanted: Browse) -> Q:
    condition = Q()
    if wanted.pay_min is not None or wanted.pay_max is not None:
        condition &= Q(pay_min__isnull=False) | Q(pay_max__isnull=False)
    if wanted.pay_min is not None:
        condition &= Q(pay_max__gte=wanted.pay_min) | Q(pay_max=None, pay_min__gte=wanted.pay_min)
    if wanted.pay_max is not None:
        condition &= Q(pay_min__lte=wanted.pay_max) | Q(pay_min=None)
    if wanted.experience is not None:
        condition &= Q(experience_min=None) | Q(experience_min__lte=wanted.experience)
    if wanted.since is not None:
        condition &= Q(published_at__gte=wanted.since)
    return condition
