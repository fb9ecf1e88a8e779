"""Public reads of job fairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from jiuye.domains.fairs.models import FairParticipation, JobFair
from jiuye.domains.fairs.states import FairMode
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

PHASES = {"upcoming": "即将举办", "ongoing": "正在举办", "ended": "已结束", "cancelled": "已取消"}


@dataclass(frozen=True)
class FairCard:
    """A fair in a list. `phase` follows from its times: upcoming, ongoing, ended; or cancelled."""

    id: UUID
    title: str
    phase: str
    phase_label: str
    mode_label: str
    region_name: str
    place: str
    starts_at: datetime
    ends_at: datetime
    agency_id: UUID
    agency_name: str


@dataclass(frozen=True)
class FairView:
    """A fair's own page."""

    card: FairCard
    introduction: str
    link: str
    cancelled_reason: str
    employers: Sequence[tuple[str, str]]
    """Names of the participating employers and their booths."""


def _card(fair: JobFair, moment: datetime) -> FairCard:
    phase = "cancelled" if fair.state == "cancelled" else "upcoming"
    if phase != "cancelled" and fair.starts_at <= moment:
        phase = "ongoing" if moment < fair.ends_at else "ended"
    return FairCard(
        id=fair.id,
        title=fair.title,
        phase=phase,
        phase_label=PHASES[phase],
        mode_label=FairMode(fair.mode).label,
        region_name=reference.display_name(fair.region_id),
        place=fair.place,
        starts_at=fair.starts_at,
        ends_at=fair.ends_at,
        agency_id=fair.agency_id,
        agency_name=fair.agency.short_name,
    )


def _public() -> QuerySet[JobFair]:
    return JobFair.objects.filter(state__in=["published", "cancelled"], agency__is_listed=True).select_related("agency")


def fairs(
    *, region: str = "", past: bool = False, agency_id: UUID | None = None, cursor: str = "", size: int = 20
) -> Page[FairCard]:
    """Fairs still to come or going on, the soonest first; `past`: those that ended, the latest first. One query."""
    moment = clock.now()
    rows = _public().filter(ends_at__lte=moment) if past else _public().filter(ends_at__gt=moment)
    if agency_id:
        rows = rows.filter(agency_id=agency_id)
    if region and reference.has_region(region):
        rows = rows.filter(region_id__in=reference.descendants(region))
    ordering = ("-starts_at", "-id") if past else ("starts_at", "id")
    return paginate(rows, ordering=ordering, cursor=cursor, size=size).map(lambda fair: _card(fair, moment))


def on_the_map(most: int) -> list[tuple[UUID, date]]:
    """For the site map: the newest public ones, each with the day from which it is. One query."""
    return [
        (pk, moment.date())
        for pk, moment in _public().order_by("-starts_at", "-pk").values_list("pk", "created_at")[:most]
    ]


def fair(fair_id: UUID) -> FairView:
    """One fair. Two queries; raises `NotFound` for one that is not public."""
    found = _public().filter(pk=fair_id).first()
    if found is None:
        raise NotFound("没有找到这场招聘会，它可能尚未发布。")
    taking_part = FairParticipation.objects.filter(fair=found).select_related("employer").order_by("booth", "id")
    return FairView(
        card=_card(found, clock.now()),
        introduction=found.introduction,
        link=found.link,
        cancelled_reason=found.cancelled_reason,
        employers=[(one.employer.legal_name, one.booth) for one in taking_part],
    )
