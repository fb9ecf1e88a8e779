"""An agency's own postings: the list with its counts, and one posting to work on."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.content import PostingContent, content_of
from jiuye.domains.jobs.models import FoundAgain, JobPosting
from jiuye.domains.jobs.policies import Element
from jiuye.domains.jobs.queries.facts import closing_reason_of, pay_of, place_of
from jiuye.domains.jobs.queries.public import PostingDetail, detail_of
from jiuye.domains.jobs.screening import Finding, screen_posting
from jiuye.domains.jobs.states import POSTING, POSTING_LABELS, ClosingReason, PostingState
from jiuye.domains.organisations.queries import EmployerFacts, employer_facts
from jiuye.domains.organisations.states import HIDING
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

SOON_DAYS = 7
LONGEST_VALIDITY_DAYS = policies.LONGEST_VALIDITY_DAYS
USUAL_VALIDITY_DAYS = policies.USUAL_VALIDITY_DAYS
UNCONFIRMED_DAYS = 30


@dataclass(frozen=True)
class ListFilter:
    """The list's filters: a state, words (title, employer, own code), a region with its parts, open postings that end
    soon or have not been confirmed for long (`due`: soon, unconfirmed), the rows of one import, an employer, the agency's
    own number, changed at or after a time.
    """

    state: str = ""
    text: str = ""
    region: str = ""
    due: str = ""
    batch: UUID | None = None
    employer: UUID | None = None
    external_code: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class ListRow:
    """One row of the list. `may` are the verbs of `states.POSTING` that the agency may use now. `is_hidden`: a sanction on the
    employer hides it.
    """

    id: UUID
    title: str
    employer: str
    place: str
    pay: str
    headcount: int | None
    state: str
    state_label: str
    valid_through: date | None
    days_left: int | None
    confirmed_at: datetime | None
    updated_at: datetime
    lacks: tuple[str, ...]
    may: frozenset[str]
    is_hidden: bool
    external_code: str
    employer_id: UUID | None
    region_code: str
    version: int
    closing_reason: str


@dataclass(frozen=True)
class Overview:
    """Open work among the agency's postings, for the dashboard."""

    total: int
    published: int
    drafts: int
    under_review: int
    rejected: int
    ending_soon: int
    unconfirmed: int


@dataclass(frozen=True)
class PortalPosting:
    """One of the agency's postings with what its editor needs; `detail` is what a seeker would see. `is_hidden`: see `ListRow`."""

    id: UUID
    version: int
    title: str
    state: str
    state_label: str
    content: PostingContent
    employer: EmployerFacts | None
    detail: PostingDetail
    missing: list[Element]
    findings: tuple[Finding, ...]
    may: frozenset[str]
    can_edit: bool
    review_note: str
    is_hidden: bool
    published_at: datetime | None
    confirmed_at: datetime | None
    closed_at: datetime | None
    closing_reason: str
    hired_here: int | None
    hired_elsewhere: int | None
    created_at: datetime = field(repr=False)
    updated_at: datetime = field(repr=False)

    @property
    def filled(self) -> bool:
        """Whether it closed because its openings are filled."""
        return self.closing_reason == ClosingReason.FILLED


def _shown_state(posting: JobPosting, today: date) -> str:
    """Return expired for a published posting past its last day, even before the task has run."""
    past = posting.state == PostingState.PUBLISHED and not policies.is_open(posting.state, posting.valid_through, today)
    return str(PostingState.EXPIRED) if past else posting.state


def _filtered(actor: Actor, chosen: ListFilter) -> QuerySet[JobPosting]:
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    rows = JobPosting.objects.filter(agency_id=actor.organisation_id)
    for word in chosen.text.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(employer__legal_name__icontains=word) | Q(external_code__iexact=word)
        )
    if chosen.region and reference.has_region(chosen.region):
        rows = rows.filter(region_id__in=reference.descendants(chosen.region))
    if chosen.batch:
        again = FoundAgain.objects.filter(batch_id=chosen.batch).values("posting_id")
        rows = rows.filter(Q(import_batch_id=chosen.batch) | Q(pk__in=again))
    if chosen.employer:
        rows = rows.filter(employer_id=chosen.employer)
    if chosen.external_code:
        rows = rows.filter(external_code=chosen.external_code)
    if chosen.since:
        rows = rows.filter(updated_at__gte=chosen.since)
    if chosen.due == "soon":
        rows = rows.filter(_ending_soon(clock.today()))
    elif chosen.due == "unconfirmed":
        rows = rows.filter(_unconfirmed(clock.now()))
    return rows


def _ending_soon(today: date) -> Q:
    return Q(state="published", valid_through__gte=today, valid_through__lte=today + timedelta(days=SOON_DAYS))


def _unconfirmed(moment: datetime) -> Q:
    return Q(state="published", confirmed_at__lt=moment - timedelta(days=UNCONFIRMED_DAYS))


def listing(actor: Actor, *, chosen: ListFilter, cursor: str = "", size: int = 30) -> Page[ListRow]:
    """Return the agency's postings, last changed first. One query."""
    rows = _filtered(actor, chosen)
    if chosen.state in POSTING_LABELS:
        rows = rows.filter(state=chosen.state)
    page = paginate(rows.select_related("employer"), ordering=("-updated_at", "-id"), cursor=cursor, size=size)
    return page.map(row_of)


def counts(actor: Actor, chosen: ListFilter) -> dict[str, int]:
    """Return the number of postings per state within the other filters, and `all`. One query."""
    by_state = dict(_filtered(actor, chosen).order_by().values_list("state").annotate(number=Count("id")))
    return {"all": sum(by_state.values()), **{state: by_state.get(state, 0) for state in POSTING_LABELS}}


def row_of(posting: JobPosting) -> ListRow:
    today = clock.today()
    state = _shown_state(posting, today)
    return ListRow(
        id=posting.id,
        title=posting.title,
        employer=posting.employer.legal_name if posting.employer else "",
        place=place_of(posting),
        pay=pay_of(posting) if posting.pay_min or posting.pay_max or posting.pay_negotiable else "",
        headcount=posting.headcount,
        state=state,
        state_label=POSTING_LABELS[state],
        valid_through=posting.valid_through,
        days_left=(posting.valid_through - today).days if posting.valid_through and state == "published" else None,
        confirmed_at=posting.confirmed_at,
        updated_at=posting.updated_at,
        lacks=tuple(element.label for element in policies.missing_elements(posting)),
        may=POSTING.possible(posting.state, "agency"),
        is_hidden=posting.employer is not None and posting.employer.restriction in HIDING,
        external_code=posting.external_code,
        employer_id=posting.employer_id,
        region_code=posting.region_id or "",
        version=posting.version,
        closing_reason=closing_reason_of(posting),
    )


def overview(actor: Actor) -> Overview:
    """Return the figures of the dashboard. One query."""
    of = {
        "total": Q(),
        "published": Q(state="published", valid_through__gte=clock.today()),
        "drafts": Q(state="draft"),
        "under_review": Q(state="under_review"),
        "rejected": Q(state="rejected"),
        "ending_soon": _ending_soon(clock.today()),
        "unconfirmed": _unconfirmed(clock.now()),
    }
    figures = _filtered(actor, ListFilter()).aggregate(
        **{name: Count("id", filter=condition) for name, condition in of.items()}
    )
    return Overview(**figures)


def get_for(actor: Actor, posting_id: UUID) -> PortalPosting:
    """Return one posting of the actor's agency. Two queries. Raises `NotFound`, also for other agencies' postings."""
    posting = _filtered(actor, ListFilter()).select_related("agency", "employer").filter(pk=posting_id).first()
    if posting is None:
        raise NotFound("没有找到这个职位，它可能已被删除，或属于其他机构。")
    state = _shown_state(posting, clock.today())
    return PortalPosting(
        id=posting.id,
        version=posting.version,
        title=posting.title,
        state=state,
        state_label=POSTING_LABELS[state],
        content=content_of(posting),
        employer=employer_facts(posting.employer) if posting.employer else None,
        detail=detail_of(posting),
        missing=policies.missing_elements(posting),
        findings=screen_posting(posting).findings,
        may=POSTING.possible(posting.state, "agency"),
        review_note=posting.review_note,
        can_edit=posting.state in policies.EDITABLE,
        is_hidden=posting.employer is not None and posting.employer.restriction in HIDING,
        published_at=posting.published_at,
        confirmed_at=posting.confirmed_at,
        closed_at=posting.closed_at,
        closing_reason=closing_reason_of(posting),
        hired_here=posting.hired_here,
        hired_elsewhere=posting.hired_elsewhere,
        created_at=posting.created_at,
        updated_at=posting.updated_at,
    )


def with_number(actor: Actor, external_code: str) -> UUID:
    """Return the id of the actor's agency's posting with this number. One query. Raises `NotFound`."""
    rows = _filtered(actor, ListFilter(external_code=external_code)).values_list("pk", flat=True)
    found = rows.first() if external_code else None
    if found is None:
        raise NotFound("本机构没有这个编号的职位。")
    return found


def carried_for(actor: Actor, employer_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the number of the actor's agency's postings for each of these employers, 0 left out. One query."""
    if actor.organisation_id is None or not actor.acts_for("agency"):
        raise NotFound
    rows = JobPosting.objects.filter(agency_id=actor.organisation_id, employer_id__in=employer_ids)
    return dict(rows.order_by().values_list("employer_id").annotate(number=Count("id")))
