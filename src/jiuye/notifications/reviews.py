"""Notifications about reviews: to the agency of a new one, to its author of the reply, to both of an operator's decision."""

from jiuye.domains.reviews.events import ReviewAnswered, ReviewReportsDecided, ShopReviewed
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side, notify
from jiuye.notifications.recipients import staff_of


def tell_of_shop_review(event: ShopReviewed, delivered: Delivered) -> None:
    """Notify members who may reply. A changed review is reported, too: the reply may no longer fit."""
    notify(
        Actor.system(),
        user_ids=list(staff_of(event.agency_id).answerable),
        kind="review.edited" if event.is_edited else "review.written",
        title=f"求职者修改了评价，现为 {event.stars} 星" if event.is_edited else f"收到一条 {event.stars} 星评价",
        body="请看看回复是否还合适。" if event.is_edited else "及时回复能让其他求职者看到贵机构的态度。",
        link="/agency/reviews",
        dedupe_key=f"{delivered.id}:review",
        side=Side("agency", event.agency_id),
        at=delivered.occurred_at,
        # By its author: who deletes it and writes it again changes it, too.
        about=f"review|{event.agency_id}|{delivered.actor.person_id or event.review_id}",
    )


def tell_of_review_answer(event: ReviewAnswered, delivered: Delivered) -> None:
    """Notify the author that the agency replied."""
    notify(
        Actor.system(),
        user_ids=[event.author_id],
        kind="review.answered",
        title=f"{event.agency_name}回复了您的评价",
        body="您可以看看回复，也可以修改自己的评价。",
        link="/me/reviews",
        dedupe_key=f"{delivered.id}:review",
        at=delivered.occurred_at,
        about=f"review-answer|{event.agency_id}|{event.author_id}",
    )


def tell_of_review_decision(event: ReviewReportsDecided, delivered: Delivered) -> None:
    """Notify the person who reported it of the decision; and the author if the review is hidden, without naming the reporter."""
    found = event.answer.rstrip("。")
    notify(
        Actor.system(),
        user_ids=event.reporter_ids,
        kind="review.report_decided",
        title="您举报的评价已隐藏" if event.is_hidden else "您举报的评价继续显示",
        body=f"对{event.agency_name}的评价，核查结果：{found}。",
        link=f"/agencies/{event.agency_id}?view=reviews",
        dedupe_key=f"{delivered.id}:reporter",
        at=delivered.occurred_at,
    )
    if event.is_hidden:
        notify(
            Actor.system(),
            user_ids=[event.author_id],
            kind="review.hidden",
            title=f"您对{event.agency_name}的评价已被隐藏",
            body=f"核查结果：{found}。",
            link="/me/reviews",
            dedupe_key=f"{delivered.id}:author",
            at=delivered.occurred_at,
        )
