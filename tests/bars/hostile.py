"""What somebody with a program sends instead of what our pages offer, and the names that a route reads."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import orjson
import pytest
from django.db.models import F
from django.http import QueryDict

from jiuye.kernel import paging

TEXTS = (
    "a%00b", "%FF%ED%A0%80", "%0d%0a%1b%7f", quote("长" * 1000), "-1", "99999999999999999999", "NaN", "²",
    "ffffffff-ffff-ffff-ffff-ffffffffffff", "0001-01-01T00:00:00%2B14:00", "9999-12-31", "2026-02-30", "%25s%7B0%7D'%22%3C",
    "%2F%2Fexample.org", "%2F%5Cexample.org",
)  # fmt: skip
"""Values of a parameter, as they stand in a URL."""
_DATES = (
    "0000-01-01", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59.999999-14:00",
    "10000-01-01T00:00:00+00:00", "-4714-01-01", "294277-01-01", "infinity", "-infinity", "now", "epoch", "2026-02-30",
    "2026-11-23T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2026-11-23T00:00:00+99:99", "0001-01-01", "9999-12-31",
)  # fmt: skip
_NUMBERS = (-1, 2**31, 2**63, -(2**63), 2**64 - 1, 1e300, -0.0, True, None)
_OTHERS: tuple[Any, ...] = (
    "",
    "\x00",
    "x" * 2000,
    "0" * 32,
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
    [],
    [[[]]],
    {},
    {"a": 1},
    "١",
    1.5,
)
SCALARS: tuple[Any, ...] = (*_DATES, *_NUMBERS, *_OTHERS)
"""Values in a cursor of the right shape."""
BROKEN = (
    "x",
    "====",
    "%00",
    "bnVsbA",
    "W10",
    "WyJuIl0",
    "_-_-",
    quote("长"),
    "e30",
    "TmFO",
    "WyJuIixOYU5d",
    "A" * 4000,
)
"""What is no cursor."""
PATHS = ("%00", "%FF", "%ED%A0%80", "a%0d%0ab", "x" * 3000, "..%2f..%2fetc", quote("长" * 300), "%2500", "-", "%20")
"""Values of a text in a path."""


@dataclass
class Reads:
    """What a route read: names of parameters, and what its lists are ordered by."""

    names: set[str] = field(default_factory=set)
    orders: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    """(what cursors are bound to, kinds of the columns)"""


@contextmanager
def noted() -> Iterator[Reads]:
    """Note what is read within the block."""
    reads = Reads()
    with pytest.MonkeyPatch.context() as patch:
        _note_names(patch, reads)
        _note_orders(patch, reads)
        yield reads


def _note_names(patch: pytest.MonkeyPatch, reads: Reads) -> None:
    for method in ("__getitem__", "getlist", "__contains__"):
        before: Any = getattr(QueryDict, method)

        def noting(self: QueryDict, key: Any, *args: Any, before: Any = before, **given: Any) -> Any:
            if isinstance(key, str):
                reads.names.add(key)
            return before(self, key, *args, **given)

        patch.setattr(QueryDict, method, noting)


def _note_orders(patch: pytest.MonkeyPatch, reads: Reads) -> None:
    """A list shows what it is ordered by when it gets a cursor of the right shape, which no program need sign here."""
    decide = paging.are_values_of

    def noting(rows: Any, ordering: Sequence[str], values: Sequence[Any]) -> bool:
        fields = [F(name.lstrip("-")).resolve_expression(rows.query.clone()).output_field for name in ordering]
        reads.orders.add((paging._bound.get(), tuple(one.get_internal_type() for one in fields)))
        return decide(rows, ordering, values)

    patch.setattr(paging, "are_values_of", noting)
    patch.setattr(paging, "_check_of", lambda content: b"")
    patch.setattr(paging, "_CHECK", 0)


_PLAIN: dict[str, Any] = {
    "DateTimeField": "2026-11-23T00:00:00+00:00",
    "DateField": "2026-11-23",
    "UUIDField": "0190f3a2-7b6e-7c3d-8a1b-000000000001",
    "CharField": "字",
    "TextField": "字",
    "BooleanField": True,
}
"""What the columns that lists are ordered by may hold; 5 otherwise."""


def _absurd(kind: str) -> tuple[Any, ...]:
    """Values that the kind of column can't hold, and some that its neighbours can."""
    own = _DATES[:10:2] if kind.startswith("Date") else _NUMBERS[1:5] if "Integer" in kind else _OTHERS[:4]
    return (*own, None, True, 1.5, {"a": 1}, "\x00")


def cursors(orders: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Yield cursors of the right shape, one value of each absurd; and some of other shapes."""
    for to, kinds in orders:
        with paging.bound(to):
            right = [_PLAIN.get(kind, 5) for kind in kinds]
            yield from (paging.encode(right), paging.encode(right, "p"), paging.encode([*right, 1]))
            for place, kind in enumerate(kinds):
                for value in _absurd(kind):
                    yield paging.encode([*right[:place], value, *right[place + 1 :]])
    yield from BROKEN


def altered(cursor: str) -> Iterator[str]:
    """Yield what one of our own cursors becomes when a program writes in it."""
    yield from (cursor[:-1], cursor[:-2], cursor[1:], cursor + "A", cursor.swapcase(), cursor * 2)
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return
    for place in range(len(values) if isinstance(values, list) else 0):
        for value in SCALARS[::4]:
            content = orjson.dumps([*values[:place], value, *values[place + 1 :]])
            yield base64.urlsafe_b64encode(content).decode().rstrip("=")
