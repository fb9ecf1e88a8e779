"""Reviews of the agency's shop, and its replies."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.clients.states import Scope
from jiuye.domains.reviews import actions, queries
from jiuye.kernel.access import access

router = Router(tags=["agency-reviews"])


class Review(Schema):
    """A review. Its author is never named."""

    id: UUID
    author: str
    stars: int = Field(description="1 到 5。")
    text: str
    tags: list[str]
    created_at: datetime
    edited_at: datetime | None
    reply: str = Field(description="没有回复时为空。")
    replied_at: datetime | None
    reply_edited_at: datetime | None


class ReviewPage(Schema):
    """A page of reviews, newest first."""

    items: list[Review]
    counts: dict[str, int] = Field(description="各视图的数量：all、unanswered、low、answered。")
    next_cursor: str = Field(description="最后一页为空。")


class Reply(StrictBody):
    """The agency's one reply."""

    text: str = Field(description="最多 500 字，公开显示。", examples=["谢谢您的评价，我们会改进回复的速度。"])


@router.get(
    "/agency/reviews",
    summary="本机构收到的评价",
    description="新的在前，不含平台隐藏的。",
    operation_id="listAgencyReviews",
    response={200: ReviewPage, **refusals.OF_LISTS},
)
@access(client(Scope.REVIEWS_READ))
def list_agency_reviews(
    request: HttpRequest,
    view: Literal["all", "unanswered", "low", "answered"] = Query(  # type: ignore[type-arg]
        "all", description="all 全部，unanswered 待回复，low 三星及以下，answered 已回复。"
    ),
    cursor: str = Query("", description="上一页的 next_cursor。"),  # type: ignore[type-arg]
    size: int = Query(20, ge=1, le=100, description="每页条数。"),  # type: ignore[type-arg]
) -> Any:
    """The reviews of the agency's shop."""
    actor = actor_of(request)
    page = queries.for_agency(actor, view=view, cursor=cursor, size=size)
    return {"items": page.items, "counts": queries.counts_for(actor), "next_cursor": page.next_cursor}


@router.get(
    "/agency/reviews/{uuid:review_id}",
    summary="读取一条评价",
    description="本机构收到的一条评价。",
    operation_id="readAgencyReview",
    response={200: Review, **refusals.OF_READS},
)
@access(client(Scope.REVIEWS_READ))
def read_agency_review(request: HttpRequest, review_id: UUID) -> Any:
    """One review of the agency's shop."""
    return queries.of_own_agency(actor_of(request), review_id)


@router.put(
    "/agency/reviews/{uuid:review_id}/reply",
    summary="回复评价",
    description="写下或修改本机构的回复；每条评价只有一条回复，公开显示。再次发送相同的内容不会改变什么。",
    operation_id="replyToReview",
    response={200: Review, **refusals.OF_WRITES},
)
@access(client(Scope.REVIEWS_WRITE))
def reply_to_agency_review(request: HttpRequest, review_id: UUID, reply: Reply) -> Any:
    """Write or change the reply."""
    actor = actor_of(request)
    actions.reply_to_review(actor, review_id=review_id, text=reply.text)
    return queries.of_own_agency(actor, review_id)
