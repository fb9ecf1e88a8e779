"""Reading the feed: pages from a position, and waiting for the next change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from uuid import UUID

from django.db.models import Q

from jiuye.changes.models import FeedItem, FeedMark, PendingItem
from jiuye.changes.positions import NOW, Position, Reader, parse
from jiuye.changes.states import KINDS, PUBLIC_KINDS
from jiuye.kernel.errors import ProductError

_READ = ("kind", "position", "change", "reason", "merged_into", "body", "occurred_at")


class PositionExpired(ProductError):
    """The tombstones since this position have been deleted: a reader of it would keep what is gone."""

    code = "position_expired"
    status = 410
    link = '</api/v1/snapshots/latest>; rel="alternate"'

    def __init__(self) -> None:
        super().__init__(
            "这个位置太旧了，其后的移除记录已不再保留（保留 30 天）。请取最新快照 GET /api/v1/snapshots/latest，再从其中的 position 读起。"
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One object's last change. `position`: of a reader that has applied everything up to it. `body`: JSON, or empty."""

    object_id: UUID
    kind: str
    position: str
    change: str
    reason: str
    merged_into: UUID | None
    occurred_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Changes in order. `next` is where to continue, also after an empty page; `has_more`: at once. `last`: the last position
    of the whole feed before the page was read.
    """

    items: Sequence[Change]
    next: str
    has_more: bool
    last: int


def last_position() -> int:
    """Return the position of the last change in the whole feed. One query."""
    return _mark()[0]


def oldest_pending() -> datetime | None:
    """Return since when a change has been waiting to be written; None if none is. For /status. One query."""
    waiting = PendingItem.objects.filter(is_repair=False).order_by("requested_at", "object_id")
    return waiting.values_list("requested_at", flat=True).first()


def read(reader: Reader, *, after: str = "", kinds: frozenset[str] = frozenset(KINDS), limit: int = 100) -> FeedPage:
    """Return what has changed after a position: `after` is empty for everything that is in the feed, `now` for nothing yet.

    Each object appears once, at its last change. Two queries, one if nothing has changed. Raises `Invalid` (after) and
    `PositionExpired`.
    """
    kinds = frozenset(kinds if reader.agency_id else kinds & {*PUBLIC_KINDS})
    position = Position() if after in ("", NOW) else parse(after, reader)
    last, swept = _mark()
    if after == NOW:
        return FeedPage((), position.advance(kinds, last).text(reader), has_more=False, last=last)
    if not all(position.is_whole(kind, last=last, swept=swept) for kind in kinds):
        raise PositionExpired
    position = position.begin(kinds, last)
    rows = _rows(reader, position, kinds, last, limit + 1)
    items = [_change(row, position.advance(kinds, row.position).text(reader)) for row in rows[:limit]]
    has_more = len(rows) > limit
    # The last position was read first: what is not on this page is later than it.
    reached = rows[limit - 1].position if has_more else max([last, *(row.position for row in rows)])
    return FeedPage(items, position.advance(kinds, reached).text(reader), has_more, last)


def _mark() -> tuple[int, int]:
    found: tuple[int, int] | None = FeedMark.objects.filter(pk=1).values_list("position", "swept").first()
    return found or (0, 0)


def _rows(reader: Reader, position: Position, kinds: frozenset[str], last: int, most: int) -> list[FeedItem]:
    """Return the next rows: of each kind on its own index, put in order by the database. No query if there are none."""
    parts = []
    for kind in sorted(kinds):
        if position.of(kind) >= last:
            continue
        whose = Q(agency_id=None) if kind in PUBLIC_KINDS else Q(agency_id=reader.agency_id)
        rows = FeedItem.objects.filter(whose, test_client_id=reader.test_client_id, kind=kind)
        parts.append(rows.filter(position__gt=position.of(kind)).only(*_READ).order_by("position")[:most])
    if not parts:
        return []
    if len(parts) == 1:
        return list(parts[0])
    return list(reduce(lambda one, other: one.union(other, all=True), parts).order_by("position")[:most])


def _change(row: FeedItem, position: str) -> Change:
    return Change(row.object_id, row.kind, position, row.change, row.reason, row.merged_into, row.occurred_at, row.body)
