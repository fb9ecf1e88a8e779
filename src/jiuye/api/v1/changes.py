"""The change feed."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.access import actor_of, anybody_or_client, scopes_of
from jiuye.api.challenges import CredentialRequired, ScopeMissing
from jiuye.api.problems import Problem
from jiuye.api.v1 import answers, listed, schemas
from jiuye.changes import queries, waiting
from jiuye.changes.positions import Reader
from jiuye.changes.queries import Change, FeedPage
from jiuye.changes.states import KINDS, REASONS
from jiuye.domains.clients.states import Scope
from jiuye.kernel import worlds
from jiuye.kernel.access import access

router = Router(tags=["changes"])
MOST = 1000
_KINDS = "、".join(f"{kind} {label}" for kind, label in KINDS.items())
_REASONS = "；".join(f"{reason} {label}" for reason, label in REASONS.items())
_KIND = "|".join(KINDS)
_SEVERAL = f"^(({_KIND})(,({_KIND}))*)?$"
_AFTER = listed.of_format("cursor", "上一次的 next 或快照的 position；now 表示从现在起；没有则从头。")


class ChangedApplication(Schema):
    """An application of the agency: ids and its state. What was sent is read by its own operations."""

    id: UUID
    job_id: UUID
    state: str
    state_name: str
    changed_at: datetime


class FeedChange(Schema):
    """The last change of one object."""

    position: str = Field(description="处理完这一条时的位置，可以代替 next 保存。")
    kind: str = Field(description=_KINDS)
    id: UUID
    change: Literal["upsert", "tombstone"] = Field(description="upsert 新增或更新，tombstone 移除。")
    reason: str = Field(description=f"为什么移除：{_REASONS}；以后可能增加。upsert 时为空。")
    reason_name: str
    merged_into: UUID | None = Field(description="并入了哪一条（reason 为 merged）。")
    occurred_at: datetime
    job: schemas.Job | None = Field(description="职位现在的内容，与 GET /jobs/{id} 相同；不是职位或已移除的为 null。")
    application: ChangedApplication | None = Field(description="投递现在的状态；不是投递或已移除的为 null。")


class Changes(Schema):
    """A page of changes."""

    items: list[FeedChange]
    next: str = Field(description="下一次的 after；没有新变化也会前移，请总是保存最新的。")
    has_more: bool = Field(description="true：马上再读一页。")


@router.get(
    "/changes",
    summary="读取变更",
    description="某个位置之后有变化的对象，按发生的先后；每个对象只出现一次，是它最后一次变化，附现在的内容。"
    "按顺序处理到 has_more 为 false，您的副本就与平台一致。没有 after 时从头给出全部在招职位。"
    "带机构密钥时另有本机构的投递（需要 applications:read）；测试密钥只读到自己的测试数据。移除记录保留 30 天，更早的位置回答 410。",
    operation_id="readChanges",
    response={200: Changes, 401: Problem, 403: Problem, 410: Problem, 422: Problem, 429: Problem},
)
@access(anybody_or_client(Scope.CHANGES_READ))
def read_changes(
    request: HttpRequest,
    after: str = _AFTER,
    kinds: str = Query("", pattern=_SEVERAL, description=f"只要这些，用逗号连接：{_KINDS}。没有则全部。"),  # type: ignore[type-arg]
    limit: int = Query(100, ge=1, le=MOST, description="每页条数。"),  # type: ignore[type-arg]
    wait: int = Query(  # type: ignore[type-arg]
        0, ge=0, le=waiting.LONGEST, description="没有变化时最多等多少秒；已有别人在等时会立即回答，请隔一秒再读。"
    ),
) -> HttpResponse:
    """What has changed after a position, in order. 410 if the position is older than the tombstones that are kept."""
    actor = actor_of(request)
    wanted = _kinds(request, kinds)
    reader = Reader(actor.organisation_id, worlds.current_client())

    def read() -> FeedPage:
        return queries.read(reader, after=after, kinds=wanted, limit=limit)

    page = waiting.wait_for(read, seconds=wait)
    body = {"items": [_item(one) for one in page.items], "next": page.next, "has_more": page.has_more}
    return HttpResponse(answers.encode(body), content_type=answers.JSON, headers={"Cache-Control": "no-store"})


def _kinds(request: HttpRequest, named: str) -> frozenset[str]:
    """Return the kinds that the caller wants. Raises `CredentialRequired` and `ScopeMissing` for applications."""
    may_read_applications = Scope.APPLICATIONS_READ in scopes_of(request)
    wanted = frozenset(named.split(",")) if named else frozenset(KINDS)
    if named and "application" in wanted and not may_read_applications:
        raise ScopeMissing(Scope.APPLICATIONS_READ) if actor_of(request).client_id else CredentialRequired
    return wanted if may_read_applications else wanted - {"application"}


def _item(one: Change) -> dict[str, Any]:
    body = orjson.Fragment(one.body) if one.body else None
    return {
        "position": one.position,
        "kind": one.kind,
        "id": one.object_id,
        "change": one.change,
        "reason": one.reason,
        "reason_name": REASONS.get(one.reason, ""),
        "merged_into": one.merged_into,
        "occurred_at": one.occurred_at,
        "job": body if one.kind == "job" else None,
        "application": body if one.kind == "application" else None,
    }
