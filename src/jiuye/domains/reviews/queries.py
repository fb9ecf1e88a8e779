"""Reads of reviews: public ones, one's own, the agency's and the operators' queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from jiuye.domains.accounts.duties import require_report_decider
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.queries import AgencyCard
from jiuye.domains.reviews import policies
from jiuye.domains.reviews.models import ReviewReport, ShopReview
from jiuye.domains.reviews.policies import ANSWER_LIMIT, MOST_TAGS, TEXT_LIMIT
from jiuye.domains.reviews.states import ReviewReason, labels_of
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

__all__ = [
    "ANSWER_LIMIT",
    "LOW",
    "MOST_TAGS",
    "SHOWN",
    "TEXT_LIMIT",
    "Dossier",
    "MyReview",
    "ReportedReview",
    "ReviewView",
    "Statement",
    "counts_for",
    "dossier",
    "for_agency",
    "mine",
    "my_review",
    "obstacle",
    "of_own_agency",
    "public",
    "reported_count",
    "reviews_of",
    "spread_of",
    "to_review",
    "waiting",
]

LOW = 3
SHOWN = {"all": "全部", "unanswered": "待回复", "low": f"{LOW} 星及以下", "answered": "已回复"}
MOST_TO_REVIEW = 20
MOST_STATEMENTS = 100


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A public review; authors are never named, only by family name."""

    id: UUID
    author: str
    stars: int
    text: str
    tags: Sequence[str]
    edited_at: datetime | None
    reply: str
    replied_at: datetime | None
    reply_edited_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MyReview:
    """A person's own review, hidden or not. `tag_codes` as `states.Tag`."""

    review: ReviewView
    tag_codes: Sequence[str]
    agency_id: UUID
    agency_name: str
    hidden_because: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One report of a review for operators; the reporter is not named. `state`: open, upheld, dismissed."""

    id: UUID
    reason_label: str
    text: str
    state: str
    state_label: str
    created_at: datetime
    contact: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class ReportedReview:
    """A review in the queue with its open reports."""

    review_id: UUID
    text: str
    agency: str
    reasons: Sequence[str]
    number: int
    waiting_since: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """A reported review with its reports, latest first."""

    review: ReviewView
    agency_id: UUID
    agency_name: str
    is_hidden: bool
    hidden_because: str
    statements: Sequence[Statement]

    @property
    def open(self) -> Sequence[Statement]:
        """Return the open reports."""
        return [one for one in self.statements if one.state == "open"]

    @property
    def decided(self) -> Sequence[Statement]:
        """Return the decided reports."""
        return [one for one in self.statements if one.state != "open"]


def _view(review: ShopReview) -> ReviewView:
    name = review.author.name[:1]
    return ReviewView(
        id=review.id,
        author=f"求职者 {name}*" if name else "求职者",
        stars=review.stars,
        text=review.text,
        tags=labels_of(review.tags),
        edited_at=review.edited_at,
        reply=review.reply,
        replied_at=review.replied_at,
        reply_edited_at=review.reply_edited_at,
        created_at=review.created_at,
    )


def _mine(review: ShopReview) -> MyReview:
    name = review.agency.legal_name
    is_hidden = review.hidden_at is not None
    return MyReview(_view(review), tuple(review.tags), review.agency_id, name, review.hidden_because, is_hidden)


def reviews_of(agency_id: UUID, *, cursor: str = "", size: int = 10) -> Page[ReviewView]:
    """Return a shop's reviews, newest first. One query."""
    rows = ShopReview.objects.filter(agency_id=agency_id, hidden_at=None).select_related("author")
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size).map(_view)


def spread_of(agency_id: UUID) -> dict[int, int]:
    """Return how many reviews gave each number of stars, five first. One query."""
    shown = ShopReview.objects.filter(agency_id=agency_id, hidden_at=None)
    found = dict(shown.order_by().values_list("stars").annotate(Count("id")))
    return {stars: found.get(stars, 0) for stars in range(5, 0, -1)}


def public(review_id: UUID) -> MyReview:
    """Return one visible review, with its agency's name. One query. Raises `NotFound`."""
    rows = ShopReview.objects.select_related("author", "agency")
    row = rows.filter(pk=review_id, hidden_at=None, agency__is_listed=True).first()
    if row is None:
        raise NotFound
    return _mine(row)


def my_review(actor: Actor, agency_id: UUID) -> MyReview | None:
    """Return the actor's own review of an agency. One query."""
    rows = ShopReview.objects.select_related("author", "agency")
    row = rows.filter(agency_id=agency_id, author_id=actor.person).first()
    return _mine(row) if row else None


def mine(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[MyReview]:
    """Return the actor's reviews, newest first. One query."""
    rows = ShopReview.objects.filter(author_id=actor.person).select_related("author", "agency")
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor, size=size).map(_mine)


def to_review(actor: Actor) -> Sequence[AgencyCard]:
    """Return agencies that the actor may review and has not, most recent contact first. Two queries."""
    written = ShopReview.objects.filter(author_id=actor.person, agency_id=OuterRef("agency_id"))
    met = policies.dealt_with(actor.person).filter(~Exists(written)).order_by().values("agency_id")
    ids = met.annotate(latest=Max("submitted_at")).order_by("-latest", "agency_id").values_list("agency_id", flat=True)
    cards = organisations.agency_cards(found := list(ids[:MOST_TO_REVIEW]))
    return [cards[one] for one in found if one in cards and cards[one].is_listed]


def obstacle(actor: Actor, agency_id: UUID) -> str:
    """Return why the actor may not review this agency; "" if they may. At most two queries."""
    return policies.obstacle(actor, agency_id)


def _chosen(view: str) -> Q:
    return {"unanswered": Q(reply=""), "low": Q(stars__lte=LOW), "answered": ~Q(reply="")}.get(view, Q())


def for_agency(actor: Actor, *, view: str = "all", cursor: str = "", size: int = 20) -> Page[ReviewView]:
    """Return the reviews of the actor's agency, newest first; `view` as in `SHOWN`. One query. Raises `NotFound`."""
    rows = ShopReview.objects.filter(_chosen(view), agency_id=policies.own_agency(actor), hidden_at=None)
    return paginate(rows.select_related("author"), ordering=("-created_at", "-id"), cursor=cursor, size=size).map(_view)


def counts_for(actor: Actor) -> dict[str, int]:
    """Return the number of reviews of the actor's agency in each view of `SHOWN`. One query."""
    rows = ShopReview.objects.filter(agency_id=policies.own_agency(actor), hidden_at=None)
    return rows.aggregate(
        **{view: Count("id", filter=_chosen(view)) for view in SHOWN if view != "all"}, all=Count("id")
    )


def of_own_agency(actor: Actor, review_id: UUID) -> ReviewView:
    """Return one review of the actor's agency. One query. Raises `NotFound`."""
    rows = ShopReview.objects.filter(pk=review_id, agency_id=policies.own_agency(actor), hidden_at=None)
    row = rows.select_related("author").first()
    if row is None:
        raise NotFound
    return _view(row)


def reported_count() -> int:
    """Return the number of reviews with open reports. One query."""
    return ReviewReport.objects.filter(is_upheld=None).values("review_id").order_by().distinct().count()


def waiting(actor: Actor, *, cursor: str = "", size: int = 30) -> Page[ReportedReview]:
    """Return the reviews with open reports, longest waiting first. Two queries."""
    require_report_decider(actor)
    opened = ReviewReport.objects.filter(is_upheld=None)
    earlier = opened.filter(review_id=OuterRef("review_id"), id__lt=OuterRef("id"))
    firsts = opened.filter(~Exists(earlier)).select_related("review__agency")
    page = paginate(firsts, ordering=("created_at", "id"), cursor=cursor, size=size)
    reasons: dict[UUID, list[str]] = {}
    of_page = opened.filter(review_id__in=[row.review_id for row in page.items])
    for review_id, reason in of_page.order_by("id").values_list("review_id", "reason"):
        reasons.setdefault(review_id, []).append(ReviewReason(reason).label)
    return page.map(
        lambda row: ReportedReview(
            review_id=row.review_id,
            text=row.review.text,
            agency=row.review.agency.legal_name,
            reasons=list(dict.fromkeys(reasons[row.review_id])),
            number=len(reasons[row.review_id]),
            waiting_since=row.created_at,
        )
    )


def dossier(actor: Actor, review_id: UUID) -> Dossier:
    """Return a review with its reports, at most the latest hundred. Two queries. Raises `NotFound` without reports."""
    require_report_decider(actor)
    review = ShopReview.objects.select_related("author", "agency").filter(pk=review_id).first()
    rows = ReviewReport.objects.filter(review_id=review_id).order_by("-created_at", "-id")[:MOST_STATEMENTS]
    statements = [_statement(row) for row in rows]
    if review is None or not statements:
        raise NotFound("这条评价没有举报。")
    return Dossier(
        review=_view(review),
        agency_id=review.agency_id,
        agency_name=review.agency.legal_name,
        is_hidden=review.hidden_at is not None,
        hidden_because=review.hidden_because,
        statements=statements,
    )


def _statement(row: ReviewReport) -> Statement:
    state = {None: "open", True: "upheld", False: "dismissed"}[row.is_upheld]
    label = {"open": "待核查", "upheld": "举报属实，已隐藏", "dismissed": "举报不属实"}[state]
    return Statement(row.id, ReviewReason(row.reason).label, row.text, state, label, row.created_at)
