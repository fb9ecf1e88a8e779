"""An agency's own fairs: the list, the editor, check-in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from jiuye.domains.fairs import policies
from jiuye.domains.fairs.models import FairInterest, FairParticipation, JobFair
from jiuye.domains.fairs.queries.public import FairCard, FairView, card, plans_of, view
from jiuye.domains.fairs.states import FAIR, FAIR_LABELS
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

VIEWS = {"": "全部", "draft": "草稿", "coming": "即将和正在举办", "past": "已结束", "cancelled": "已取消"}
_MOST_JOBS = 200


@dataclass(frozen=True)
class Door:
    """A fair at check-in: how many registered, how many came, and whether check-in is open now (else why not)."""

    card: FairCard
    state: str
    registered: int
    arrived: int
    closed_because: str


@dataclass(frozen=True)
class CheckedIn:
    """A person was checked in: their masked name, and their `number` in order."""

    name: str
    number: int


@dataclass(frozen=True)
class Place:
    """An employer at a fair. `posting_ids` None: all its open jobs; `shown`: how many of them are open now."""

    employer_id: UUID
    employer: str
    booth: str
    posting_ids: Sequence[UUID] | None
    shown: int


@dataclass(frozen=True)
class Offer:
    """An open job that the agency has for an employer, and whether it is shown at the fair."""

    posting_id: UUID
    title: str
    is_shown: bool


@dataclass(frozen=True)
class FairDesk:
    """A fair in the editor. `plans` by kind; `missing`: what publication still requires; `can`: verbs of its state.

    `obstacle`: why the agency may not publish now, in words; empty if it may.
    """

    card: FairCard
    state: str
    state_label: str
    region: str
    mode: str
    link: str
    host: str
    route: str
    capacity: int | None
    introduction: str
    plans: Mapping[str, str]
    cancelled_reason: str
    version: int
    registered: int
    places: Sequence[Place]
    missing: Sequence[str]
    can: frozenset[str]
    is_over: bool
    obstacle: str


def doors(actor: Actor, *, which: str = "", cursor: str = "") -> Page[Door]:
    """Return the fairs of the actor's agency, latest first, with registrations and check-ins. Two queries. `which`: of `VIEWS`."""
    if not actor.acts_for("agency"):
        raise NotFound
    moment = clock.now()
    rows = JobFair.objects.filter(_view(which, moment), agency=actor.organisation_id).select_related("agency")
    page = paginate(rows, ordering=("-starts_at", "-id"), cursor=cursor)
    counted = _counted([fair.id for fair in page.items])
    return page.map(lambda fair: Door(card(fair, moment), fair.state, *counted.get(fair.id, (0, 0)), ""))


def _view(which: str, moment: datetime) -> Q:
    return {
        "draft": Q(state="draft"),
        "coming": Q(state="published", ends_at__gt=moment),
        "past": Q(state="published", ends_at__lte=moment),
        "cancelled": Q(state="cancelled"),
    }.get(which, Q())


def door(actor: Actor, fair_id: UUID) -> Door:
    """Return one fair for check-in. Two queries. Raises `NotFound` and `Denied`."""
    fair = JobFair.objects.filter(pk=fair_id).exclude(state="draft").select_related("agency").first()
    found = policies.may_work_at(actor, fair)
    registered, arrived = _counted([found.id]).get(found.id, (0, 0))
    moment = clock.now()
    return Door(card(found, moment), found.state, registered, arrived, policies.why_closed(found, moment))


def _counted(fair_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    rows = FairInterest.objects.filter(fair_id__in=fair_ids).values("fair_id")
    rows = rows.annotate(registered=Count("id"), arrived=Count("checked_in_at"))
    return {row["fair_id"]: (row["registered"], row["arrived"]) for row in rows.order_by("fair_id")}


def _own(actor: Actor, fair_id: UUID) -> JobFair:
    return policies.may_organise(actor, JobFair.objects.filter(pk=fair_id).select_related("agency").first())


def desk(actor: Actor, fair_id: UUID) -> FairDesk:
    """Return one of the agency's fairs for its editor. Five queries. Raises `NotFound` and `Denied`."""
    fair = _own(actor, fair_id)
    moment = clock.now()
    places = _places(fair)
    return FairDesk(
        card=card(fair, moment),
        state=fair.state,
        state_label=FAIR_LABELS[fair.state],
        region=fair.region_id,
        mode=fair.mode,
        link=fair.link,
        host=fair.host,
        route=fair.route,
        capacity=fair.capacity,
        introduction=fair.introduction,
        plans=dict(plans_of(fair.plans)),
        cancelled_reason=fair.cancelled_reason,
        version=fair.version,
        registered=FairInterest.objects.filter(fair=fair).count(),
        places=places,
        missing=policies.missing(fair, moment),
        can=FAIR.possible(fair.state, "agency"),
        is_over=fair.ends_at <= moment,
        obstacle=organisations.standing(fair.agency_id).reason,
    )


def _open_jobs(fair: JobFair, employer_ids: Sequence[UUID]) -> list[JobPosting]:
    rows = JobPosting.objects.filter(
        Q(valid_through=None) | Q(valid_through__gte=clock.today()),
        agency_id=fair.agency_id,
        state="published",
        employer_id__in=employer_ids,
    )
    return list(rows.order_by("-published_at", "-id").only("id", "title", "employer_id"))


def _places(fair: JobFair) -> list[Place]:
    rows = list(FairParticipation.objects.filter(fair=fair).select_related("employer").order_by("booth", "id"))
    jobs: dict[UUID, list[UUID]] = {}
    for job in _open_jobs(fair, [row.employer_id for row in rows]) if rows else []:
        if job.employer_id:
            jobs.setdefault(job.employer_id, []).append(job.id)
    return [_place(row, jobs.get(row.employer_id, [])) for row in rows]


def _place(row: FairParticipation, open_ids: Sequence[UUID]) -> Place:
    shown = open_ids if row.posting_ids is None else [one for one in open_ids if one in row.posting_ids]
    return Place(row.employer_id, row.employer.legal_name, row.booth, row.posting_ids, len(shown))


def place(actor: Actor, fair_id: UUID, employer_id: UUID) -> tuple[FairCard, Place, list[Offer]]:
    """Return the agency's fair, an employer at it, and its jobs. Three queries. Raises `NotFound` and `Denied`."""
    fair = _own(actor, fair_id)
    row = FairParticipation.objects.filter(fair=fair, employer_id=employer_id).select_related("employer").first()
    if row is None:
        raise NotFound
    jobs = _open_jobs(fair, [employer_id])[:_MOST_JOBS]
    chosen = row.posting_ids
    offers = [Offer(job.id, job.title, chosen is None or job.id in chosen) for job in jobs]
    return card(fair, clock.now()), _place(row, [job.id for job in jobs]), offers


def preview(actor: Actor, fair_id: UUID) -> tuple[FairView, str]:
    """Return the public page, and its state. Four queries. Raises `NotFound` and `Denied`."""
    fair = _own(actor, fair_id)
    return view(fair), fair.state
