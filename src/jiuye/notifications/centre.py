"""The notification centre's list: messages folded by subject, filtered by group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate
from jiuye.notifications.kinds import Group, group_of, groups, rows_of
from jiuye.notifications.models import Notification
from jiuye.notifications.queries import NotificationView, mine, view_of

MOST_EARLIER = 5
"""Number of older messages shown under the newest one of a thread."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages that lead to the same place: the newest, some earlier ones, and how many there are."""

    newest: NotificationView
    earlier: Sequence[NotificationView]
    count: int
    unread: int
    group: Group
    section: str


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group of the actor's side, with how many messages of it are in their centre."""

    group: Group
    count: int
    unread: int


def inbox(
    actor: Actor, *, group: Group | None = None, unread_only: bool = False, cursor: str = "", size: int = 20
) -> Page[Thread]:
    """Return the actor's messages, folded by subject, newest first. Two queries.

    A message without a link is not folded. With a filter, only matching messages are folded and counted.
    """
    rows = _chosen(actor, group, unread_only)
    newer = rows.filter(link=OuterRef("link")).filter(
        Q(created_at__gt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__gt=OuterRef("pk"))
    )
    heads = rows.filter(Q(link="") | ~Exists(newer))
    page = paginate(heads, ordering=("-created_at", "-id"), cursor=cursor, size=size)
    threads = _threads(rows, [row.link for row in page.items if row.link])
    of_staff, today = actor.organisation_id is not None, clock.today()
    return page.map(
        lambda row: _thread(row, threads.get(row.link, ()), group_of(row.kind, of_staff=of_staff), _section(row, today))
    )


def counts(actor: Actor) -> list[GroupCount]:
    """Return each group of the actor's side, in order, with the number of messages and of unread ones. One query."""
    of_staff = actor.organisation_id is not None
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    unread = Count("id", filter=Q(read_at=None))
    for kind, number, new in mine(actor).values_list("kind").annotate(n=Count("id"), new=unread).order_by("kind"):
        total = totals[group_of(kind, of_staff=of_staff).code]
        total[0] += number
        total[1] += new
    return [GroupCount(group, *totals[group.code]) for group in groups(of_staff=of_staff)]


def group_named(actor: Actor, code: str) -> Group | None:
    """Return the group of the actor's side with this code, or None."""
    return next((one for one in groups(of_staff=actor.organisation_id is not None) if one.code == code), None)


def chosen_rows(actor: Actor, group: Group | None) -> QuerySet[Notification]:
    """Return the actor's messages, of one group or all."""
    return _chosen(actor, group, unread_only=False)


def just_done(actor: Actor, *, at: datetime) -> tuple[int, int]:
    """Return how many messages the actor marked read, and how many they deleted, at this moment. One query."""
    rows = Notification.objects.filter(user_id=actor.person, organisation_id=actor.organisation_id)
    found = rows.aggregate(
        read=Count("id", filter=Q(read_at=at, deleted_at=None)), deleted=Count("id", filter=Q(deleted_at=at))
    )
    return found["read"], found["deleted"]


def _chosen(actor: Actor, group: Group | None, unread_only: bool) -> QuerySet[Notification]:
    rows = mine(actor)
    if group is not None:
        rows = rows.filter(rows_of(group, of_staff=actor.organisation_id is not None))
    return rows.filter(read_at=None) if unread_only else rows


def _threads(rows: QuerySet[Notification], links: Sequence[str]) -> Mapping[str, Sequence[Notification]]:
    """Return the newest few messages of each thread, each with the thread's number of messages and of unread ones."""
    alike = Window(RowNumber(), partition_by=F("link"), order_by=(F("created_at").desc(), F("id").desc()))
    numbered = rows.filter(link__in=links).annotate(
        place=alike,
        together=Window(Count("id"), partition_by=F("link")),
        together_unread=Window(Count("id", filter=Q(read_at=None)), partition_by=F("link")),
    )
    threads: dict[str, list[Notification]] = defaultdict(list)
    for row in numbered.filter(place__lte=MOST_EARLIER + 1).order_by("link", "place"):
        threads[row.link].append(row)
    return threads


def _thread(row: Notification, alike: Sequence[Notification], group: Group, section: str) -> Thread:
    if not alike:
        return Thread(view_of(row), (), 1, 0 if row.read_at else 1, group, section)
    first = alike[0]
    earlier = [view_of(one) for one in alike if one.pk != row.pk][:MOST_EARLIER]
    return Thread(view_of(row), earlier, first.together, first.together_unread, group, section)  # type: ignore[attr-defined]


def _section(row: Notification, today: date) -> str:
    day = clock.local(row.created_at).date()
    if day >= today:
        return "今天"
    return "本周" if day >= today - timedelta(days=today.weekday()) else "更早"
