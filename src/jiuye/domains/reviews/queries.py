"""Public reads of reviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.reviews.models import ShopReview
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class ReviewView:
    """A review as everyone reads it; authors are never named, only by family name."""

    id: UUID
    author: str
    stars: int
    text: str
    tags: Sequence[str]
    reply: str
    replied_at: datetime | None
    created_at: datetime


def reviews_of(agency_id: UUID, *, cursor: str = "", size: int = 10) -> Page[ReviewView]:
    """A shop's reviews, the newest first. One query."""
    rows = ShopReview.objects.filter(agency_id=agency_id).select_related("author")
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size).map(
        lambda review: ReviewView(
            id=review.id,
            author=f"{review.author.name[:1] or '求职者'}**",
            stars=review.stars,
            text=review.text,
            tags=tuple(review.tags),
            reply=review.reply,
            replied_at=review.replied_at,
            created_at=review.created_at,
        )
    )
