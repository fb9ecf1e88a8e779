"""Public reads of job fairs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from jiuye.domains.fairs.models import FairInterest, FairParticipation, JobFair
from jiuye.domains.fairs.states import FairMode
from jiuye.domains.jobs.queries import open_postings
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

PHASES = {"upcoming": "即将举办", "ongoing": "正在举办", "ended": "已结束", "cancelled": "已取消"}
WHEN = {"": "即将举办", "week": "本周", "month": "本月", "past": "已结束"}
MOST_ENTRIES = 200
_MOST_JOBS = 300


@dataclass(frozen=True)
class FairCard:
    """A fair in a list. `phase` follows from its times: upcoming, ongoing, ended; or cancelled. `version` counts changes."""

    id: UUID
    title: str
    phase: str
    phase_label: str
    mode: str
    mode_label: str
    region_code: str
    region_name: str
    place: str
    starts_at: datetime
    ends_at: datetime
    agency_id: UUID
    agency_name: str
    host: str
    version: int


@dataclass(frozen=True)
class OpenJob:
    """A job offered by an employer at a fair."""

    id: UUID
    title: str
    pay_min: int | None
    pay_max: int | None
    pay_unit: str
    pay_months: int
    pay_negotiable: bool


@dataclass(frozen=True)
class Booth:
    """An employer at a fair, with the jobs for which the organising agency recruits."""

    employer_id: UUID
    employer: str
    number: str
    jobs: Sequence[OpenJob]


@dataclass(frozen=True)
class FairView:
    """A fair's own page. `plans`: kind and text of each plan (暂行条例 art. 29); `registered`: number of registrations."""

    card: FairCard
    introduction: str
    link: str
    cancelled_reason: str
    booths: Sequence[Booth]
    plans: Sequence[tuple[str, str]]
    registered: int
    agency_phone: str
    route: str
    capacity: int | None
    is_open: bool

    @property
    def is_full(self) -> bool:
        """Return whether all places are taken, though it takes place."""
        return self.is_open and self.places_left == 0

    @property
    def may_register(self) -> bool:
        """Return whether registration is open."""
        return self.is_open and not self.is_full

    @property
    def places_left(self) -> int | None:
        """Return the number of free places; None: no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.registered)

    @property
    def job_count(self) -> int:
        """Return the number of jobs offered at it."""
        return sum(len(booth.jobs) for booth in self.booths)


def card(fair: JobFair, moment: datetime) -> FairCard:
    """Return the card of a fair loaded with its agency; no query."""
    phase = "cancelled" if fair.state == "cancelled" else "upcoming"
    if phase != "cancelled" and fair.starts_at <= moment:
        phase = "ongoing" if moment < fair.ends_at else "ended"
    return FairCard(
        id=fair.id,
        title=fair.title,
        phase=phase,
        phase_label=PHASES[phase],
        mode=fair.mode,
        mode_label=FairMode(fair.mode).label,
        region_code=fair.region_id,
        region_name=reference.display_name(fair.region_id),
        place=fair.place,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        agency_id=fair.agency_id,
        agency_name=fair.agency.short_name,
        host=fair.host or fair.agency.short_name,
        version=fair.version,
    )


def public_fairs() -> QuerySet[JobFair]:
    """Return the public rows, each with its agency; for this domain."""
    return JobFair.objects.filter(state__in=["published", "cancelled"], agency__is_listed=True).select_related("agency")


def fairs(
    *,
    region: str = "",
    when: str = "",
    mode: str = "",
    phase: str = "",
    past: bool = False,
    agency_id: UUID | None = None,
    cursor: str = "",
    size: int = 20,
) -> Page[FairCard]:
    """Return upcoming and ongoing fairs, soonest first. One query.

    `when`: a key of `WHEN`; `week` and `month` are calendar weeks and months in China; `past`: ended ones, latest
    first. `phase`: only upcoming, ongoing, ended or cancelled ones.
    """
    moment = clock.now()
    past = past or when == "past" or phase == "ended"
    rows = public_fairs().filter(ends_at__lte=moment) if past else public_fairs().filter(ends_at__gt=moment)
    if when in ("week", "month"):
        rows = rows.filter(starts_at__lt=_end_of(when, clock.local(moment)))
    if phase:
        rows = rows.filter(_in_phase(phase, moment))
    rows = _matching(rows, region, mode, agency_id)
    ordering = ("-starts_at", "-id") if past else ("starts_at", "id")
    return paginate(rows, ordering=ordering, cursor=cursor, size=size).map(lambda fair: card(fair, moment))


def _matching(rows: QuerySet[JobFair], region: str, mode: str, agency_id: UUID | None) -> QuerySet[JobFair]:
    if mode in FairMode.values:
        rows = rows.filter(mode=mode)
    if agency_id:
        rows = rows.filter(agency_id=agency_id)
    if region and reference.has_region(region):
        rows = rows.filter(region_id__in=reference.descendants(region))
    return rows


def _in_phase(phase: str, moment: datetime) -> Q:
    if phase == "cancelled":
        return Q(state="cancelled")
    times = {"upcoming": Q(starts_at__gt=moment), "ongoing": Q(starts_at__lte=moment)}
    return times.get(phase, Q()) & Q(state="published")


def fairs_with(actor: Actor, *, past: bool = False, cursor: str = "", size: int = 20) -> Page[tuple[FairCard, str]]:
    """Return the fairs at which the actor's employer has a place, with its booth: coming ones soonest first, or past ones. One query."""
    moment = clock.now()
    if actor.organisation_id is None or not actor.acts_for("employer"):
        raise NotFound
    place = FairParticipation.objects.filter(fair=OuterRef("pk"), employer_id=actor.organisation_id)
    rows = public_fairs().filter(Exists(place)).annotate(booth=Subquery(place.values("booth")[:1]))
    rows = rows.filter(ends_at__lte=moment) if past else rows.filter(ends_at__gt=moment)
    ordering = ("-starts_at", "-id") if past else ("starts_at", "id")
    page: Page[Any] = paginate(rows, ordering=ordering, cursor=cursor, size=size)
    return page.map(lambda fair: (card(fair, moment), fair.booth))


def coming_of(agency_ids: Collection[UUID], *, each: int = 3) -> dict[UUID, list[FairCard]]:
    """Return the upcoming fairs of several agencies, soonest first, at most `each` of one. One query."""
    moment = clock.now()
    found: dict[UUID, list[FairCard]] = {}
    rows = public_fairs().filter(state="published", ends_at__gt=moment, agency_id__in=agency_ids)
    for row in rows.order_by("starts_at", "id")[: 50 * max(1, len(agency_ids))]:
        if len(found.setdefault(row.agency_id, [])) < each:
            found[row.agency_id].append(card(row, moment))
    return found


def _end_of(when: str, here: datetime) -> datetime:
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if when == "week":
        return midnight + timedelta(days=7 - here.weekday())
    return (midnight.replace(day=1) + timedelta(days=32)).replace(day=1)


def on_the_map(most: int) -> list[tuple[UUID, date]]:
    """For the site map: return the newest public ones, each with the day it was created. One query."""
    return [
        (pk, moment.date())
        for pk, moment in public_fairs().order_by("-starts_at", "-pk").values_list("pk", "created_at")[:most]
    ]


def fair(fair_id: UUID) -> FairView:
    """Return one fair. Four queries. Raises `NotFound` for one that is not public."""
    found = public_fairs().filter(pk=fair_id).first()
    if found is None:
        raise NotFound("没有找到这场招聘会，它可能尚未发布。")
    return view(found)


def view(found: JobFair) -> FairView:
    """Return the page of a fair loaded with its agency, public or not; for this domain. Three queries."""
    moment = clock.now()
    return FairView(
        card=card(found, moment),
        introduction=found.introduction,
        link=found.link,
        cancelled_reason=found.cancelled_reason,
        booths=_booths(found),
        plans=plans_of(found.plans),
        registered=FairInterest.objects.filter(fair=found).count(),
        agency_phone=found.agency.phone,
        route=found.route,
        capacity=found.capacity,
        is_open=found.state == "published" and moment < found.ends_at,
    )


def calendar_entries(*, region: str = "", mode: str = "", agency_id: UUID | None = None) -> list[tuple[FairCard, str]]:
    """Return what a calendar needs of the fairs that have not ended, soonest first, at most `MOST_ENTRIES`. One query."""
    moment = clock.now()
    rows = _matching(public_fairs().filter(ends_at__gt=moment), region, mode, agency_id)
    return [(card(row, moment), row.link) for row in rows.order_by("starts_at", "id")[:MOST_ENTRIES]]


def calendar_entry(fair_id: UUID) -> tuple[FairCard, str]:
    """Return what a calendar needs of a fair, and the link of an online one. One query. Raises `NotFound`."""
    found = public_fairs().filter(pk=fair_id).first()
    if found is None:
        raise NotFound("没有找到这场招聘会，它可能尚未发布。")
    return card(found, clock.now()), found.link


def _booths(fair: JobFair) -> list[Booth]:
    taking_part = list(FairParticipation.objects.filter(fair=fair).select_related("employer").order_by("booth", "id"))
    jobs: dict[UUID | None, list[OpenJob]] = {}
    if taking_part:
        employers = [one.employer_id for one in taking_part]
        offered = open_postings().filter(agency_id=fair.agency_id, employer_id__in=employers)
        chosen = {one.employer_id: one.posting_ids for one in taking_part}
        for job in offered.order_by("-published_at", "-id").only(
            "id", "employer_id", "title", "pay_min", "pay_max", "pay_unit", "pay_months", "pay_negotiable"
        )[:_MOST_JOBS]:
            ids = chosen[job.employer_id] if job.employer_id else None
            if ids is not None and job.id not in ids:
                continue
            pay = (job.pay_min, job.pay_max, job.pay_unit, job.pay_months, job.pay_negotiable)
            jobs.setdefault(job.employer_id, []).append(OpenJob(job.id, job.title, *pay))
    return [
        Booth(one.employer_id, one.employer.legal_name, one.booth, jobs.get(one.employer_id, [])) for one in taking_part
    ]


def plans_of(text: str) -> list[tuple[str, str]]:
    """Split 组织方案：…, one per line (older ones separated by ；), into pairs; text without a kind belongs to the plans as a whole."""
    parts = text.split("\n") if "\n" in text else text.split("；")
    pairs = [part.partition("：") for part in (part.strip(" 。") for part in parts) if part]
    return [(kind, said) if said else ("方案", kind) for kind, _, said in pairs]
