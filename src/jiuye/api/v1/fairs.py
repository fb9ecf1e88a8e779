"""Job fairs."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api import links
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed, sparse
from jiuye.domains.fairs import queries
from jiuye.domains.fairs.queries import Booth, FairCard, OpenJob
from jiuye.kernel.access import PUBLIC, access

router = Router(tags=["fairs"])
Phase = Literal["", "upcoming", "ongoing", "ended", "cancelled"]
Mode = Literal["", "onsite", "online"]
_PHASE = Query("", description="阶段；留空为未结束的，包括已取消的。")  # type: ignore[type-arg]
_MODE = Query("", description="形式：onsite 现场，online 线上。")  # type: ignore[type-arg]
_AGENCY = Query(None, description="举办的职介机构 id。")  # type: ignore[type-arg]


class FairItem(Schema):
    """A fair in a list."""

    id: UUID
    url: str = Field(description="招聘会页面。")
    title: str
    phase: str = Field(description="、".join(f"{phase} {label}" for phase, label in queries.PHASES.items()))
    phase_name: str
    mode: str = Field(description="onsite 现场，online 线上。")
    mode_name: str
    region: str = Field(description="GB/T 2260.")
    region_name: str
    place: str
    starts_at: datetime
    ends_at: datetime
    host: str = Field(description="主办单位。")
    agency_id: UUID
    agency_name: str


class FairPage(answers.Listing):
    """A page of fairs."""

    items: list[FairItem]


class FairJob(Schema):
    """A job offered at a fair."""

    id: UUID
    url: str
    title: str
    pay_min: int | None
    pay_max: int | None
    pay_unit: str
    pay_months: int
    pay_negotiable: bool


class FairEmployer(Schema):
    """An employer at a fair, with the jobs for which the organising agency recruits."""

    employer_id: UUID
    name: str
    booth: str
    jobs: list[FairJob]


class Plan(Schema):
    """A plan of the organiser (人力资源市场暂行条例 art. 29)."""

    kind: str
    text: str


class FairRead(FairItem):
    """A fair with its employers."""

    introduction: str
    link: str = Field(description="线上招聘会的地址。")
    cancelled_reason: str
    route: str = Field(description="怎么去。")
    capacity: int | None = Field(description="null 表示不限人数。")
    places_left: int | None
    registration_open: bool
    agency_phone: str
    plans: list[Plan]
    employers: list[FairEmployer]


@router.get(
    "/fairs",
    summary="招聘会列表",
    description="未结束的招聘会，最近开始的在前；phase=ended 列出已结束的，最近的在前。",
    operation_id="listFairs",
    response={200: FairPage, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def list_fairs(
    request: HttpRequest,
    region: str = listed.REGION,
    phase: Phase = _PHASE,
    mode: Mode = _MODE,
    agency: UUID | None = _AGENCY,
    fields: str = sparse.FIELDS,
    size: int = listed.SIZE,
    cursor: str = listed.CURSOR,
) -> HttpResponseBase:
    """Fairs by place and phase. One query."""
    names = sparse.chosen(fields, FairItem)
    page = queries.fairs(
        region=listed.place(region),
        phase=phase,
        mode=mode,
        agency_id=agency,
        cursor=cursor,
        size=size,
    )
    items = [sparse.only(item(request, card), names) for card in page.items]
    return answers.listing(request, items, page.next_cursor)


@router.get(
    "/fairs/{uuid:fair_id}",
    summary="招聘会",
    description="一场招聘会，包括参会单位和职位。",
    operation_id="readFair",
    response={200: FairRead, 404: Problem, 422: Problem, 429: Problem},
)
@access(PUBLIC)
def read_fair(request: HttpRequest, fair_id: UUID, fields: str = sparse.FIELDS) -> HttpResponseBase:
    """A fair with its employers and their jobs. Four queries."""
    names = sparse.chosen(fields, FairRead)
    fair = queries.fair(fair_id)
    same = ("introduction", "link", "cancelled_reason", "route", "capacity", "places_left", "agency_phone")
    content = item(request, fair.card) | {name: getattr(fair, name) for name in same}
    content |= {
        "registration_open": fair.may_register,
        "plans": [{"kind": kind, "text": text} for kind, text in fair.plans],
        "employers": [_employer(request, booth) for booth in fair.booths],
    }
    return answers.one(request, sparse.only(content, names))


def item(request: HttpRequest, card: FairCard) -> dict[str, Any]:
    """Return a fair as `FairItem`."""
    same = (
        "id", "title", "phase", "mode", "region_name", "place", "starts_at", "ends_at", "host", "agency_id", "agency_name",
    )  # fmt: skip
    return {name: getattr(card, name) for name in same} | {
        "url": links.page(request, f"/fairs/{card.id}"),
        "phase_name": card.phase_label,
        "mode_name": card.mode_label,
        "region": card.region_code,
    }


def _employer(request: HttpRequest, booth: Booth) -> dict[str, Any]:
    return {
        "employer_id": booth.employer_id,
        "name": booth.employer,
        "booth": booth.number,
        "jobs": [_job(request, job) for job in booth.jobs],
    }


def _job(request: HttpRequest, job: OpenJob) -> dict[str, Any]:
    same = ("id", "title", "pay_min", "pay_max", "pay_unit", "pay_months", "pay_negotiable")
    return {name: getattr(job, name) for name in same} | {"url": links.page(request, f"/jobs/{job.id}")}
