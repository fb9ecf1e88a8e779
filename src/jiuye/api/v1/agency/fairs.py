"""The agency's own fairs: content, publication, employers and check-in."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency.fair_schemas import (
    AddedEmployer,
    Arrival,
    Cancellation,
    FairChange,
    FairInput,
    OwnFair,
    OwnFairPage,
    PlaceChange,
    Version,
    VisitorCode,
)
from jiuye.domains.clients.states import Scope
from jiuye.domains.fairs import actions, queries
from jiuye.domains.fairs.actions import FairContent
from jiuye.domains.fairs.queries import FairDesk
from jiuye.kernel.access import access

router = Router(tags=["agency-fairs"])


@router.get(
    "/agency/fairs",
    summary="本机构的招聘会",
    description="举办时间晚的在前。",
    operation_id="listAgencyFairs",
    response={200: OwnFairPage, **refusals.OF_LISTS},
)
@access(client(Scope.FAIRS_READ))
def list_agency_fairs(
    request: HttpRequest,
    view: Literal["", "draft", "coming", "past", "cancelled"] = Query("", description="留空为全部。"),  # type: ignore[type-arg]
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
) -> Any:
    """The agency's fairs."""
    page = queries.doors(actor_of(request), which=view, cursor=cursor)
    items = [
        {
            **{name: getattr(one.card, name) for name in ("id", "title", "phase", "starts_at", "ends_at")},
            **{name: getattr(one, name) for name in ("state", "registered", "arrived")},
        }
        for one in page.items
    ]
    return {"items": items, "next_cursor": page.next_cursor}


@router.post(
    "/agency/fairs",
    summary="新建招聘会",
    description="存为草稿；添加参会单位后再发布。",
    operation_id="createFair",
    response={201: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def create_agency_fair(request: HttpRequest, fair: FairInput) -> Any:
    """Create a draft."""
    made = actions.create_fair(actor_of(request), content=_content(fair))
    return Status(201, _fair(queries.desk(actor_of(request), made)))


@router.get(
    "/agency/fairs/{uuid:fair_id}",
    summary="读取一场招聘会",
    description="内容、参会单位、登记人数和还缺什么。",
    operation_id="readAgencyFair",
    response={200: OwnFair, **refusals.OF_READS},
)
@access(client(Scope.FAIRS_READ))
def read_agency_fair(request: HttpRequest, fair_id: UUID) -> Any:
    """One of the agency's fairs."""
    return _fair(queries.desk(actor_of(request), fair_id))


@router.put(
    "/agency/fairs/{uuid:fair_id}",
    summary="修改招聘会",
    description="用新的内容替换；已发布的改了时间或地点，会告知已登记的人。version 不是最新的，回答 409。",
    operation_id="replaceFair",
    response={200: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def replace_agency_fair(request: HttpRequest, fair_id: UUID, fair: FairChange) -> Any:
    """Replace the content."""
    actor = actor_of(request)
    actions.edit_fair(actor, fair_id=fair_id, content=_content(fair), version=fair.version)
    return _fair(queries.desk(actor, fair_id))


@router.post(
    "/agency/fairs/{uuid:fair_id}/publish",
    summary="发布招聘会",
    description="发布后求职者可以看到并登记。",
    operation_id="publishFair",
    response={200: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def publish_agency_fair(request: HttpRequest, fair_id: UUID, seen: Version) -> Any:
    """Publish it as it was read."""
    actor = actor_of(request)
    actions.publish_fair(actor, fair_id=fair_id, version=seen.version)
    return _fair(queries.desk(actor, fair_id))


@router.post(
    "/agency/fairs/{uuid:fair_id}/cancel",
    summary="取消招聘会",
    description="取消并把原因告知已登记的人和参会单位。",
    operation_id="cancelFair",
    response={200: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def cancel_agency_fair(request: HttpRequest, fair_id: UUID, why: Cancellation) -> Any:
    """Cancel it."""
    actor = actor_of(request)
    actions.cancel_fair(actor, fair_id=fair_id, reason=why.reason)
    return _fair(queries.desk(actor, fair_id))


@router.post(
    "/agency/fairs/{uuid:fair_id}/copy",
    summary="复制招聘会",
    description="复制为新的草稿，时间顺延到之后的同一个星期几，参会单位一并复制。",
    operation_id="copyFair",
    response={201: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def copy_agency_fair(request: HttpRequest, fair_id: UUID) -> Any:
    """Create a draft like it."""
    actor = actor_of(request)
    made = actions.copy_fair(actor, fair_id=fair_id)
    return Status(201, _fair(queries.desk(actor, made)))


@router.delete(
    "/agency/fairs/{uuid:fair_id}",
    summary="删除草稿",
    description="只能删除草稿；已发布的请取消。",
    operation_id="deleteFair",
    response={204: None, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def delete_agency_fair(request: HttpRequest, fair_id: UUID) -> Any:
    """Delete a draft."""
    actions.delete_draft(actor_of(request), fair_id=fair_id)
    return Status(204, None)


@router.post(
    "/agency/fairs/{uuid:fair_id}/employers",
    summary="添加参会单位",
    description="按全称找到关联或登记过的单位，没有的登记一家。",
    operation_id="addFairEmployer",
    response={201: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def add_fair_employer(request: HttpRequest, fair_id: UUID, employer: AddedEmployer) -> Any:
    """Add an employer."""
    actor = actor_of(request)
    actions.add_employer(actor, fair_id=fair_id, name=employer.name, booth=employer.booth)
    return Status(201, _fair(queries.desk(actor, fair_id)))


@router.put(
    "/agency/fairs/{uuid:fair_id}/employers/{uuid:employer_id}",
    summary="修改展位和职位",
    description="展位号，以及展示哪些职位。",
    operation_id="changeFairPlace",
    response={200: OwnFair, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def change_fair_place(request: HttpRequest, fair_id: UUID, employer_id: UUID, place: PlaceChange) -> Any:
    """Set an employer's booth and jobs."""
    actor = actor_of(request)
    actions.change_place(actor, fair_id=fair_id, employer_id=employer_id, booth=place.booth, posting_ids=place.job_ids)
    return _fair(queries.desk(actor, fair_id))


@router.delete(
    "/agency/fairs/{uuid:fair_id}/employers/{uuid:employer_id}",
    summary="移出参会单位",
    description="已经不在的单位不算错误。",
    operation_id="removeFairEmployer",
    response={204: None, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def remove_fair_employer(request: HttpRequest, fair_id: UUID, employer_id: UUID) -> Any:
    """Remove an employer."""
    actions.remove_employer(actor_of(request), fair_id=fair_id, employer_id=employer_id)
    return Status(204, None)


@router.post(
    "/agency/fairs/{uuid:fair_id}/check-in",
    summary="签到",
    description="核销一位求职者的签到码，每个码一次，只在招聘会开放的时间。",
    operation_id="checkInAtFair",
    response={200: Arrival, **refusals.OF_WRITES},
)
@access(client(Scope.FAIRS_WRITE))
def check_in_at_fair(request: HttpRequest, fair_id: UUID, shown: VisitorCode) -> Any:
    """Check a person in."""
    return actions.check_in(actor_of(request), fair_id=fair_id, code=shown.code)


def _content(given: FairInput) -> FairContent:
    values = given.model_dump(exclude={"version", "plans"})
    return FairContent(**values, plans=given.plans.model_dump())


def _fair(desk: FairDesk) -> dict[str, Any]:
    same = (
        "state", "mode", "region", "link", "host", "route", "capacity", "introduction", "cancelled_reason", "registered",
        "missing", "obstacle", "version",
    )  # fmt: skip
    of_card = ("id", "title", "phase", "place", "starts_at", "ends_at")
    return {
        **{name: getattr(desk, name) for name in same},
        **{name: getattr(desk.card, name) for name in of_card},
        "plans": {key: desk.plans.get(label, "") for key, label in queries.PLANS.items()},
        "employers": desk.places,
        "may": sorted(desk.can),
    }
