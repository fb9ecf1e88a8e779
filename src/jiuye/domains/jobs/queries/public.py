"""Public reads of postings: the detail page, cards, and what applying needs."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries.facts import closing_reason_of, education_of, experience_of, pay_of, place_of
from jiuye.domains.jobs.states import POSTING_LABELS, ClosingReason, PostingState
from jiuye.domains.organisations.models import Shop
from jiuye.domains.organisations.queries import AgencyCard, EmployerFacts, card_of, employer_facts, with_last_day
from jiuye.domains.organisations.states import HIDING
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.terms import EmployerSize, EmploymentType
from jiuye.kernel import clock, database, worlds
from jiuye.kernel.errors import NotFound, Refused

NEVER_PUBLIC = frozenset({PostingState.DRAFT, PostingState.UNDER_REVIEW, PostingState.REJECTED, PostingState.BANNED})


class Gone(NotFound):
    """The posting was public and is no longer open (RFC 9110 §15.5.11).

    `title`, `ended_on` and `reason` may be shown; `reason` is a `ClosingReason`, blank if its publisher is not shown.
    """

    code = "gone"
    status = 410

    def __init__(self, title: str, ended_on: date | None, reason: str) -> None:
        super().__init__(f"“{title}”已停止招聘，可以看看其他相近的职位。")
        self.title = title
        self.ended_on = ended_on
        self.reason = reason


@dataclass(frozen=True)
class PostingDetail:
    """Everything on the public page of a posting. Pay bounds are whole yuan a month; `pay` is the text for the screen."""

    id: UUID
    title: str
    state: str
    state_label: str
    is_open: bool
    pay: str
    pay_min: int | None
    pay_max: int | None
    pay_unit: str
    pay_months: int
    pay_negotiable: bool
    region_code: str
    region_name: str
    place: str
    address: str
    longitude: float | None
    latitude: float | None
    occupation_code: str
    occupation_name: str
    industry_code: str
    industry_name: str
    headcount: int | None
    employment_type: str
    employment_type_label: str
    education: str
    education_label: str
    experience: str
    experience_min: int | None
    experience_max: int | None
    duties: str
    requirements: str
    working_conditions: str
    tags: Sequence[str]
    benefits: Sequence[str]
    skills: Sequence[str]
    valid_through: date | None
    published_at: datetime | None
    confirmed_at: datetime | None
    employer: EmployerFacts | None
    agency: AgencyCard
    is_for_employer: bool
    """True: the agency recruits for another employer (机构代招); the page always says who publishes."""


@dataclass(frozen=True)
class PostingCard:
    """A posting in a list; the names are those of the job card. `agency` is empty for an agency's own jobs."""

    id: UUID
    url: str
    title: str
    pay: str
    place: str
    experience: str
    education: str
    employer: str
    size: str
    agency: str
    tags: Sequence[str]
    verified: bool
    date: datetime | None
    state: str
    is_open: bool
    sources: int = 1
    """The number of agencies with the same open job, if it was queried."""
    distance: int | None = None
    """Kilometres from the place of the search, rounded for display; None without a place."""
    at_city_centre: bool = False
    """Whether the place of work is only known as the centre of its city."""


@dataclass(frozen=True)
class PostingForApplication:
    """What applying needs of an open posting."""

    id: UUID
    title: str
    agency_id: UUID
    agency_name: str
    agency_phone: str
    employer_id: UUID
    employer_name: str
    state: str
    valid_through: date

    @property
    def parties(self) -> dict[UUID, str]:
        """Agency and employer by id, with their names."""
        return {self.agency_id: self.agency_name, self.employer_id: self.employer_name}


def _with_parties() -> QuerySet[JobPosting]:
    return JobPosting.objects.select_related("agency", "employer")


def open_postings() -> QuerySet[JobPosting]:
    """Return the postings that seekers may see and apply to."""
    return JobPosting.objects.filter(policies.of_shown_parties(), state="published", valid_through__gte=clock.today())


def is_for_employer(posting: JobPosting) -> bool:
    """Return whether the agency recruits for another: the employer's credit code differs from the agency's."""
    return posting.employer is not None and posting.employer.credit_code != posting.agency.credit_code


def detail(posting_id: UUID) -> PostingDetail:
    """Return an open posting. Two queries.

    Raises `NotFound` if it was never public (or is banned), and its subclass `Gone` if it is no longer open.
    """
    posting = _with_parties().filter(pk=posting_id).first()
    if posting is None or posting.state in NEVER_PUBLIC:
        raise NotFound("没有找到这个职位，它可能已被删除。")
    if not (
        policies.is_open(posting.state, posting.valid_through, clock.today()) and policies.has_shown_parties(posting)
    ):
        ended = posting.closed_at.astimezone(clock.SHANGHAI).date() if posting.closed_at else posting.valid_through
        is_over = bool(posting.valid_through and posting.valid_through < clock.today())
        raise Gone(posting.title, ended, closing_reason_of(posting) or (ClosingReason.EXPIRED if is_over else ""))
    return detail_of(posting)


def detail_of(posting: JobPosting) -> PostingDetail:
    """Return the detail of a loaded posting in any state, as for the agency's preview. One query."""
    return details_of([posting])[0]


def details_of(postings: Sequence[JobPosting]) -> list[PostingDetail]:
    """Return the details of loaded postings in any state, in their order. One query."""
    shops = with_last_day(Shop.objects.all()).in_bulk({posting.agency_id for posting in postings})
    return [_detail(posting, shops[posting.agency_id]) for posting in postings]


def _detail(posting: JobPosting, shop: Shop) -> PostingDetail:
    shop.agency = posting.agency
    return PostingDetail(
        id=posting.id,
        title=posting.title,
        state=posting.state,
        state_label=POSTING_LABELS[posting.state],
        is_open=policies.is_open(posting.state, posting.valid_through, clock.today()),
        pay=pay_of(posting),
        pay_min=posting.pay_min,
        pay_max=posting.pay_max,
        pay_unit=posting.pay_unit,
        pay_months=posting.pay_months,
        pay_negotiable=posting.pay_negotiable,
        region_code=posting.region_id or "",
        region_name=reference.full_name(posting.region_id) if posting.region_id else "",
        place=place_of(posting),
        address=posting.address,
        longitude=posting.longitude,
        latitude=posting.latitude,
        occupation_code=posting.occupation_id or "",
        occupation_name=reference.occupation(posting.occupation_id).name if posting.occupation_id else "",
        industry_code=posting.industry_id or "",
        industry_name=reference.industry(posting.industry_id).name if posting.industry_id else "",
        headcount=posting.headcount,
        employment_type=posting.employment_type,
        employment_type_label=EmploymentType(posting.employment_type).label if posting.employment_type else "",
        education=posting.education,
        education_label=education_of(posting),
        experience=experience_of(posting),
        experience_min=posting.experience_min,
        experience_max=posting.experience_max,
        duties=posting.duties,
        requirements=posting.requirements,
        working_conditions=posting.working_conditions,
        tags=tuple(posting.tags),
        benefits=tuple(posting.benefits),
        skills=tuple(posting.skills),
        valid_through=posting.valid_through,
        published_at=posting.published_at,
        confirmed_at=posting.confirmed_at,
        employer=employer_facts(posting.employer) if posting.employer else None,
        agency=card_of(shop),
        is_for_employer=is_for_employer(posting),
    )


def card_of_posting(posting: JobPosting) -> PostingCard:
    """Return the card of a posting with agency and employer loaded; no query."""
    employer = posting.employer
    size = EmployerSize(employer.size).label if employer and employer.size else ""
    return PostingCard(
        id=posting.id,
        url=f"/jobs/{posting.id}",
        title=posting.title,
        pay=pay_of(posting),
        place=place_of(posting),
        experience=experience_of(posting),
        education=education_of(posting),
        employer=employer.legal_name if employer else "",
        size=size,
        agency=posting.agency.short_name if is_for_employer(posting) else "",
        tags=tuple(posting.tags[:3]),
        verified=bool(employer and employer.is_certified),
        date=posting.published_at,
        state=posting.state,
        is_open=policies.is_open(posting.state, posting.valid_through, clock.today())
        and policies.has_shown_parties(posting),
    )


def cards(posting_ids: Collection[UUID]) -> list[PostingCard]:
    """Return cards in the order of the ids, including closed postings (`is_open`), without never-public ones. One query."""
    found = {row.id: row for row in _with_parties().filter(pk__in=posting_ids).exclude(state__in=NEVER_PUBLIC)}
    return [card_of_posting(found[posting_id]) for posting_id in posting_ids if posting_id in found]


def newest(
    *, agency_id: UUID | None = None, employer_id: UUID | None = None, region: str = "", limit: int = 10
) -> list[PostingCard]:
    """Return the newest open postings, optionally of one agency, employer or region. One query."""
    rows = open_postings().select_related("agency", "employer")
    if employer_id:
        rows = rows.filter(employer_id=employer_id)
    if agency_id:
        rows = rows.filter(agency_id=agency_id)
    if region and reference.has_region(region):
        rows = rows.filter(region_id__in=reference.descendants(region))
    return [card_of_posting(row) for row in rows.order_by("-published_at", "-id")[:limit]]


def open_count(*, employer_id: UUID | None = None) -> int:
    """Return the number of open postings in the whole country, optionally of one employer. One query."""
    rows = open_postings()
    return rows.filter(employer_id=employer_id).count() if employer_id else rows.count()


_TO_APPLY = """
SELECT p.id, p.title, p.agency_id, a.legal_name, a.phone, p.employer_id, e.legal_name, p.state, p.valid_through,
       a.is_listed, e.restriction
FROM jobs_jobposting p
JOIN organisations_agency a ON a.id = p.agency_id
LEFT JOIN organisations_employer e ON e.id = p.employer_id
WHERE p.id = %s AND p.test_client_id IS NOT DISTINCT FROM %s
"""


def to_apply(posting_id: UUID) -> PostingForApplication:
    """Return an open posting for applying. One prepared query, because every application needs it.

    Raises `NotFound` if it was never public, `Refused` (code posting_closed) if it is no longer open.
    """
    with database.prepared() as cursor:
        cursor.execute(_TO_APPLY, [posting_id, worlds.current_client()])
        row = cursor.fetchone()
    posting = PostingForApplication(*row[:9]) if row else None
    if posting is None or posting.state in NEVER_PUBLIC:
        raise NotFound("没有找到这个职位，它可能已被删除。")
    is_shown = row[9] and row[10] not in HIDING
    if not (policies.is_open(posting.state, posting.valid_through, clock.today()) and is_shown and posting.employer_id):
        raise Refused("这个职位已停止招聘，不能再投递。可以看看其他相近的职位。", code="posting_closed")
    return posting


def map_starts(part: int) -> list[UUID]:
    """For the site map: return the first id of each part of `part` open postings, by id. One query on the index of open ones."""
    rows = JobPosting.objects.filter(policies.of_shown_parties(), state="published")
    numbered = rows.annotate(number=Window(RowNumber(), order_by="pk")).annotate(place=F("number") % part)
    return list(numbered.filter(place=1).order_by("pk").values_list("pk", flat=True))


def map_part(start: UUID, part: int) -> Iterator[tuple[UUID, datetime]]:
    """Yield the open postings of one part with their last change. One query, read in chunks."""
    rows = open_postings().filter(pk__gte=start).order_by("pk")
    yield from rows.values_list("pk", "updated_at")[:part].iterator(chunk_size=2000)


@dataclass(frozen=True, slots=True)
class PostingParty:
    """A posting's title and agency."""

    title: str
    agency_id: UUID


def party_of(posting_id: UUID) -> PostingParty:
    """Return title and agency of a posting in any state, for the platform's messages. One query. Raises `NotFound`."""
    found = JobPosting.objects.filter(pk=posting_id).values_list("title", "agency_id").first()
    if found is None:
        raise NotFound
    return PostingParty(*found)


def title_of(posting_id: UUID) -> str:
    """Return the title of a posting that is or was public. One query. Raises `NotFound`."""
    title = JobPosting.objects.filter(~Q(state__in=NEVER_PUBLIC), pk=posting_id).values_list("title", flat=True).first()
    if title is None:
        raise NotFound
    return title
