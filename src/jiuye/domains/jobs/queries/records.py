"""A seeker's saved and viewed postings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import BrowsingRecord, HistoryPause, JobPosting, SavedJob
from jiuye.domains.jobs.pay import Pay, format_pay
from jiuye.domains.jobs.queries.facts import closing_reason_of, pay_of
from jiuye.domains.jobs.queries.public import NEVER_PUBLIC, PostingCard, card_of_posting
from jiuye.domains.jobs.states import CLOSING_LABELS
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import SignInRequired
from jiuye.kernel.paging import Page, paginate

_PARTIES = ("posting__agency", "posting__employer")


SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a saved posting that its seeker should know, in words."""

    kind: Literal["pay", "soon", "gone"]
    text: str


@dataclass(frozen=True, slots=True)
class KeptPosting:
    """A posting in a seeker's list; `at` is when it was saved or last viewed. Closed ones stay: see `card.is_open`."""

    card: PostingCard
    at: datetime
    changes: Sequence[Change] = ()


@dataclass(frozen=True, slots=True)
class KeptCounts:
    """The number of postings a seeker has saved and viewed."""

    saved: int
    browsed: int


def saved(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[KeptPosting]:
    """Return the actor's saved postings, latest first. One query."""
    rows = SavedJob.objects.filter(user_id=_person(actor)).select_related(*_PARTIES)
    rows = rows.exclude(posting__state__in=NEVER_PUBLIC)
    page = paginate(rows, ordering=("-saved_at", "-id"), cursor=cursor, size=size)
    return page.map(_saved)


def _saved(row: SavedJob) -> KeptPosting:
    card = card_of_posting(row.posting)
    return KeptPosting(card, row.saved_at, tuple(_changes(row.posting, card.is_open, row.seen)))


def pay_seen(posting: JobPosting) -> dict[str, Any]:
    """Return the pay fields stored for a later comparison: the fields of `Pay`."""
    return {
        "minimum": posting.pay_min,
        "maximum": posting.pay_max,
        "unit": posting.pay_unit,
        "months": posting.pay_months,
        "negotiable": posting.pay_negotiable,
        "text": posting.pay_text,
    }


def _changes(posting: JobPosting, is_open: bool, seen: Mapping[str, Any]) -> list[Change]:
    if not is_open:
        reason = closing_reason_of(posting)
        why = CLOSING_LABELS[reason] if reason in ("withdrawn", "filled", "expired") else "已停止招聘"
        when = f"（{_day(posting.closed_at)}）" if posting.closed_at else ""
        return [Change("gone", f"{why}{when}，不能再投递")]
    changes: list[Change] = []
    if seen and seen != pay_seen(posting):
        before, now = format_pay(Pay(**seen)), pay_of(posting)
        changes.append(Change("pay", f"薪资变了：原来 {before}，现在 {now}" if before != now else "薪资的写法有修改"))
    left = (posting.valid_through - clock.today()).days if posting.valid_through else SOON_DAYS + 1
    if left <= SOON_DAYS:
        changes.append(Change("soon", f"还有 {left} 天截止" if left else "今天截止"))
    return changes


def _day(moment: datetime) -> str:
    there = clock.local(moment)
    return f"{there.month}月{there.day}日"


def is_history_paused(actor: Actor) -> bool:
    """Return whether the actor has paused the history. One query."""
    return HistoryPause.objects.filter(user_id=_person(actor)).exists()


def browsed(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[KeptPosting]:
    """Return the actor's viewed postings, latest first. One query."""
    rows = BrowsingRecord.objects.filter(user_id=_person(actor)).select_related(*_PARTIES)
    rows = rows.exclude(posting__state__in=NEVER_PUBLIC)
    page = paginate(rows, ordering=("-viewed_at", "-id"), cursor=cursor, size=size)
    return page.map(lambda row: KeptPosting(card_of_posting(row.posting), row.viewed_at))


def kept_counts(actor: Actor) -> KeptCounts:
    """Return the sizes of both lists. One query."""
    numbers = (
        User.objects.filter(pk=_person(actor))
        .values_list(Coalesce(_number_of(SavedJob), 0), Coalesce(_number_of(BrowsingRecord), 0))
        .first()
    )
    return KeptCounts(*numbers) if numbers else KeptCounts(0, 0)


def _number_of(model: type[SavedJob] | type[BrowsingRecord]) -> Subquery:
    rows = model.objects.filter(user_id=OuterRef("pk")).exclude(posting__state__in=NEVER_PUBLIC)
    return Subquery(rows.order_by().values("user").annotate(number=Count("pk")).values("number"))


def is_saved(actor: Actor, posting_id: UUID) -> bool:
    """Return whether the actor has saved this posting; False for anonymous. One query."""
    if actor.person_id is None:
        return False
    return SavedJob.objects.filter(user_id=actor.person_id, posting_id=posting_id).exists()


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise SignInRequired
    return actor.person_id
