"""What the client has used, and done."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.domains.clients import queries as clients
from jiuye.domains.clients.queries import Tally
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import access

router = Router(tags=["agency-usage"])


class Requests(Schema):
    """Numbers of requests."""

    total: int
    done: int = Field(description="成功，状态码低于 400。")
    refused: int = Field(description="被拒绝，状态码 4xx，不含 429。")
    limited: int = Field(description="超过频率限制，状态码 429。")
    failed: int = Field(description="平台出错，状态码 5xx。")


class UsageDay(Requests):
    """A day (Beijing)."""

    day: date


class UsageStatus(Schema):
    """The number of answers with a status code."""

    status: int
    count: int


class UsageOperation(Requests):
    """An operation of the last 30 days."""

    operation_id: str
    statuses: list[UsageStatus] = Field(description="按状态码。")


class UsageAnswer(Schema):
    """The client's requests of the last 30 days."""

    total: Requests
    days: list[UsageDay] = Field(description="30 天，最早的在前，没有请求的日子为 0。")
    operations: list[UsageOperation] = Field(description="请求最多的在前。")


class AuditItem(Schema):
    """An entry of the audit log."""

    id: int
    at: datetime
    action: str = Field(description="做了什么，如 posting.publish、resume.read。")
    subject_id: str = Field(description="对什么做的：职位、投递、简历等的 id，可能为空。")
    on_behalf_of: UUID | None = Field(description="代表哪位成员。")
    ip: str
    detail: dict[str, Any] = Field(description="补充说明，内容随 action 不同，不含个人信息。")


class AuditPage(Schema):
    """A page of the audit log, newest first."""

    items: list[AuditItem]
    next_cursor: str = Field(description="最后一页为空。")


@router.get(
    "/agency/usage",
    summary="本客户端的用量",
    description="最近 30 天的请求，按天和按接口。最近几秒的请求可能还没有算进来；仅供参考，不用来计算限额。",
    operation_id="getUsage",
    response={200: UsageAnswer, **refusals.OF_LISTS},
)
@access(client(Scope.AUDIT_READ))
def get_usage(request: HttpRequest) -> Any:
    """The requests of the calling client."""
    usage = clients.own_usage(actor_of(request))
    return {
        "total": _requests(usage.total),
        "days": [{"day": one.day, **_requests(one.tally)} for one in usage.days],
        "operations": [
            {
                "operation_id": one.operation,
                "statuses": [{"status": status, "count": one.statuses[status]} for status in sorted(one.statuses)],
                **_requests(one.tally),
            }
            for one in usage.operations
        ],
    }


@router.get(
    "/agency/audit",
    summary="本客户端的操作记录",
    description="这个客户端做了什么、看了什么（包括每次查看简历），最近的在前。要读到底，请跟随 next_cursor。",
    operation_id="listAuditEntries",
    response={200: AuditPage, **refusals.OF_LISTS},
)
@access(client(Scope.AUDIT_READ))
def list_audit_entries(
    request: HttpRequest,
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(30, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> Any:
    """What the calling client did and read."""
    page = clients.trail_of(actor_of(request), cursor=cursor, size=size)
    items = [
        {
            "id": one.id,
            "at": one.occurred_at,
            "action": one.action,
            "subject_id": one.subject_id,
            "on_behalf_of": one.person_id,
            "ip": one.ip,
            "detail": one.detail,
        }
        for one in page.items
    ]
    return {"items": items, "next_cursor": page.next_cursor}


def _requests(tally: Tally) -> dict[str, int]:
    return {**asdict(tally), "total": tally.total}
