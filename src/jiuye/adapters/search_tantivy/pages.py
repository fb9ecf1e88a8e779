"""Pages of a result in a total order, without gaps or repetitions.

The engine orders by one key (score or sort field) and leaves equal keys in an order that changes when it merges segments.
So a page is taken from a window that extends a little on both sides and is ordered by (key, tie). A group of equal keys is
used only if the window contains all of it; otherwise the window is extended.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
import tantivy

Key = float | int
# (offset, limit) → hits in descending order of the key
Fetch = Callable[[int, int], Sequence[tuple[Key, tantivy.DocAddress]]]
Ties = Callable[[list[tantivy.DocAddress]], Sequence[int]]

_SLACK = 8
_WIDER = 4


@dataclass(frozen=True)
class Position:
    """The last item of a page: its key, tie and rank (from 1), and values from the first page.

    `query` is the digest of its query, `asked_at` the time from which `posted_within` counts days (seconds since 1970),
    `ring` the rounded distance of the item in a result ordered by distance.
    """

    key: Key
    tie: int
    rank: int
    total: int
    asked_at: int
    query: str
    ring: int = 0

    def encode(self) -> str:
        """Return an opaque, URL-safe string."""
        values = [self.key, self.tie, self.rank, self.total, self.asked_at, self.query, self.ring]
        return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def decode(cursor: str, query: str) -> Position | None:
    """Return the position in a cursor; None for an invalid cursor or one of another query (start at the first page)."""
    try:
        values: list[Any] = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        key, tie, rank, total, asked_at, owner, ring = values
    except (ValueError, TypeError):
        return None
    if owner != query or not isinstance(key, int | float) or not 0 <= key < 1 << 64:
        return None
    if not all(isinstance(number, int) and 0 <= number < 1 << 63 for number in (tie, rank, total, asked_at, ring)):
        return None
    return Position(key, tie, rank, total, asked_at, query, ring)


class Entry(NamedTuple):
    """A hit. Ordering entries by (down, down_tie) gives the total order of the result."""

    down: Key
    down_tie: int
    address: tantivy.DocAddress

    @property
    def key(self) -> Key:
        return -self.down

    @property
    def tie(self) -> int:
        return -self.down_tie


def read(fetch: Fetch, ties: Ties, *, rank: int, size: int, after: Position | None) -> tuple[list[Entry], int, bool]:
    """Return the `size` entries from `rank` (from 0), or directly after `after`, which was near that rank.

    Also return the rank of the next entry and whether there is one.
    """
    left = right = _SLACK
    while True:
        low = max(0, rank - left)
        limit = rank - low + size + 1 + right
        window = fetch(low, limit)
        complete = len(window) < limit
        found = ties([address for _, address in window])
        entries = [Entry(-key, -tie, address) for (key, address), tie in zip(window, found, strict=True)]
        entries.sort(key=itemgetter(0, 1))
        start = min(_start(entries, after) if after else rank - low, len(entries))
        if low > 0 and entries and entries[max(start - 1, 0)].down == entries[0].down:
            left *= _WIDER
            continue
        page = entries[start : start + size + 1]
        if not complete and (len(page) <= size or page[-1].down == entries[-1].down):
            right *= _WIDER
            continue
        return page[:size], low + start + len(page[:size]), len(page) > size


def _start(entries: Sequence[Entry], after: Position) -> int:
    """The index of the first entry after the position. The item itself is looked for first, because its score may change
    slightly when the engine merges segments."""
    for index, entry in enumerate(entries):
        if entry.down_tie == -after.tie:
            return index + 1
    order = (-after.key, -after.tie)
    return next((index for index, entry in enumerate(entries) if entry[:2] > order), len(entries))
