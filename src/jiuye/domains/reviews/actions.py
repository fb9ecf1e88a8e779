"""Write, change and delete reviews, reply to them, report them and decide on reports."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Avg, Count

from jiuye.domains.accounts.duties import require_report_decider
from jiuye.domains.organisations.models import Shop
from jiuye.domains.reviews import policies
from jiuye.domains.reviews.events import ReviewAnswered, ReviewReportsDecided, ShopReviewed
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from jiuye.domains.reviews.states import ReviewReason, Tag
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

REPORTS = Limit(
    "review-reports", "举报评价", "每个人", 10, 86_400, "今天举报的评价太多了，请 {wait}后再举报。急事请拨打 12333。"
)


def review_shop(actor: Actor, *, agency_id: UUID, stars: int, text: str = "", tags: Sequence[str] = ()) -> UUID:
    """Write or change the person's one review of an agency. Return its id. Idempotent.

    Raises `NotFound` for a shop that is not listed, `Refused` for people who may not review it (code not_entitled) or
    whose review was hidden (code hidden), `Invalid` (stars, text, tags).
    """
    person_id = actor.person
    text = tidy_lines(text)
    tags = [one for one in Tag.values if one in tags]
    _check(stars, text, tags)
    with transaction.atomic():
        _lock_shop(agency_id, listed=True)
        policies.may_review(actor, agency_id)
        moment = clock.now()
        mine = ShopReview.objects.filter(agency_id=agency_id, author_id=person_id).first()
        if mine and mine.hidden_at:
            raise Refused("您的评价已被平台隐藏，不能再修改。", code="hidden")
        if mine and (mine.stars, mine.text, mine.tags) == (stars, text, tags):
            return mine.id
        review = mine or ShopReview(agency_id=agency_id, author_id=person_id, created_at=moment)
        review.stars, review.text, review.tags, review.updated_at = stars, text, tags, moment
        review.edited_at = moment if mine else None
        review.save()
        recount(agency_id)
        audit.record(actor, "review.edit" if mine else "review.write", review.id, agency=agency_id, stars=stars)
        events.publish(actor, ShopReviewed(review.id, agency_id, stars, is_edited=mine is not None))
    return review.id


def delete_review(actor: Actor, *, agency_id: UUID) -> None:
    """Delete the actor's own review. Idempotent, also for an agency that does not exist. A hidden one loses its text; its row
    stays so that no new one can follow.
    """
    own = ShopReview.objects.filter(agency_id=agency_id, author_id=actor.person)
    if not own.exists():
        return
    with transaction.atomic():
        _lock_shop(agency_id)
        review = own.first()
        if review is None:
            return
        if review.hidden_at:
            ShopReview.objects.filter(pk=review.pk).update(text="", tags=[], reply="", updated_at=clock.now())
        else:
            review.delete()
            recount(agency_id)
        audit.record(actor, "review.delete", review.pk, agency=agency_id)


def reply_to_review(actor: Actor, *, review_id: UUID, text: str) -> None:
    """Write or change the agency's one reply. Raises `NotFound` for another agency's, `Denied`, `Invalid` (text), `Refused`."""
    agency_id = policies.may_reply(actor)
    text = tidy_lines(text)
    fault = policies.fault_in(text) if text else "请写下回复的内容。"
    if fault:
        raise Invalid({"text": fault})
    with transaction.atomic():
        rows = ShopReview.objects.select_for_update(of=("self",)).select_related("agency")
        review = rows.filter(pk=review_id, agency_id=agency_id).first()
        if review is None:
            raise NotFound
        if review.hidden_at:
            raise Refused("这条评价已被平台隐藏，不需要回复。", code="hidden")
        if review.reply == text:
            return
        moment, is_first = clock.now(), review.replied_at is None
        review.reply = text
        review.replied_at = review.replied_at or moment
        review.reply_edited_at = None if is_first else moment
        review.save(update_fields=["reply", "replied_at", "reply_edited_at"])
        audit.record(actor, "review.reply", review.id, is_first=is_first)
        if is_first:
            name = review.agency.short_name
            events.publish(actor, ReviewAnswered(review.id, review.agency_id, review.author_id, name))


def report_review(actor: Actor, *, review_id: UUID, reason: str, text: str = "") -> None:
    """Report a review to the platform. Raises `NotFound`, `Invalid`, `Refused` (already_reported), `RateLimited`."""
    person_id = actor.person
    text = tidy_lines(text)
    faults = {}
    if reason not in ReviewReason.values:
        faults["reason"] = "请选择举报原因。"
    if reason == ReviewReason.OTHER and not text:
        faults["text"] = "选择“其他”时，请写明具体情况。"
    if len(text) > policies.TEXT_LIMIT:
        faults["text"] = f"最多 {policies.TEXT_LIMIT} 字，现在是 {len(text)} 字。"
    if faults:
        raise Invalid(faults)
    if not ShopReview.objects.filter(pk=review_id, hidden_at=None).exists():
        raise NotFound
    REPORTS.hit(person_id)
    try:
        with transaction.atomic():
            ReviewReport.objects.create(
                review_id=review_id, reporter_id=person_id, reason=reason, text=text, created_at=clock.now()
            )
            audit.record(actor, "review.report", review_id, reason=reason)
    except IntegrityError as error:
        raise Refused("您已举报过这条评价，正在处理，结果会通知您。", code="already_reported") from error


def decide_on_review(actor: Actor, *, review_id: UUID, through: UUID, hide: bool, answer: str) -> int:
    """Decide on a review's open reports up to the one named `through`: hide the review or keep it.

    `answer` is sent to all who reported, and to the author if it is hidden. Returns the number of reports decided.
    Raises `Invalid` without an answer, `Refused` (code decided_meanwhile) if a colleague was faster.
    """
    require_report_decider(actor)
    answer = tidy_line(answer)
    if not answer or len(answer) > policies.ANSWER_LIMIT:
        raise Invalid({"answer": f"请写明核查结果，举报人和作者会看到；最多 {policies.ANSWER_LIMIT} 字。"})
    found = ShopReview.objects.select_related("agency").filter(pk=review_id).first()
    if found is None:
        raise NotFound
    moment = clock.now()
    with transaction.atomic():
        _lock_shop(found.agency_id)
        waiting = ReviewReport.objects.select_for_update(of=("self",)).filter(review_id=review_id, is_upheld=None)
        reports = list(waiting.filter(id__lte=through).order_by("id"))
        if not reports:
            raise Refused("这些举报已由同事处理。", code="decided_meanwhile")
        ReviewReport.objects.filter(pk__in=[one.pk for one in reports]).update(is_upheld=hide, decided_at=moment)
        if hide:
            ShopReview.objects.filter(pk=review_id, hidden_at=None).update(hidden_at=moment, hidden_because=answer)
            recount(found.agency_id)
        audit.record(actor, "review.hide" if hide else "review.keep", review_id, reports=len(reports), answer=answer)
        told = [one.reporter_id for one in reports]
        about = (review_id, found.agency_id, found.author_id, found.agency.short_name)
        events.publish(actor, ReviewReportsDecided(*about, reporter_ids=told, is_hidden=hide, answer=answer))
    return len(reports)


def _check(stars: int, text: str, tags: Sequence[str]) -> None:
    faults = {}
    if stars not in range(1, 6):
        faults["stars"] = "请选择 1 到 5 星。"
    if len(tags) > policies.MOST_TAGS:
        faults["tags"] = f"最多选 {policies.MOST_TAGS} 个标签。"
    if fault := policies.fault_in(text):
        faults["text"] = fault
    if faults:
        raise Invalid(faults)


def _lock_shop(agency_id: UUID, *, listed: bool = False) -> None:
    """Serialise changes of a shop's reviews: the average always matches the rows."""
    rows = Shop.objects.select_for_update(of=("self",)).filter(pk=agency_id)
    if (rows.filter(agency__is_listed=True) if listed else rows).first() is None:
        raise NotFound


def recount(agency_id: UUID) -> None:
    """Set the number and the average of a shop's reviews from the visible rows. Idempotent."""
    shown = ShopReview.objects.filter(agency_id=agency_id, hidden_at=None)
    figures = shown.aggregate(number=Count("id"), average=Avg("stars"))
    Shop.objects.filter(pk=agency_id).update(review_count=figures["number"], review_average=figures["average"])
