"""What somebody with a program sends instead of what our pages offer, and the names that a route reads."""

import base64
from collections.abc import Iterator, Sequence
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
    "%00", "a%00b", "%FF", "%ED%A0%80", "%F4%90%80%80", "%0d%0a%0d%0a", "%1b%07%7f", "%E2%80%AE%EF%BB%BF",
    quote("长" * 1000), "-1", "0", "99999999999999999999", "1e999", "NaN", "-0", "٣", "²",
    "00000000-0000-0000-0000-000000000000", "not-a-uuid", "0000-01-01", "9999-12-31", "10000-01-01",
    "2026-02-30", "0001-01-01T00:00:00%2B14:00", "2026-11", "__proto__", "%7B%7B7*7%7D%7D", "%25s%25n", "'%22%3C",
    "..%2f..%2f", "%5B%5D", "true",
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
    orders: list[tuple[str, list[str]]] = field(default_factory=list)
    """(what cursors are bound to, kinds of the values in them)"""


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
    """A list shows what it is ordered by when it gets a cursor of the right shape."""
    decide, read = paging.are_values_of, paging.decode

    def noting(rows: Any, ordering: Sequence[str], values: Sequence[Any]) -> bool:
        fields = [F(name.lstrip("-")).resolve_expression(rows.query.clone()).output_field for name in ordering]
        reads.orders.append((paging._bound.get(), [one.get_internal_type() for one in fields]))
        return decide(rows, ordering, values)

    def reading(cursor: str) -> tuple[str, list[Any]] | None:
        if paging._bound.get():
            reads.orders.append((paging._bound.get(), []))
        return read(cursor)

    patch.setattr(paging, "are_values_of", noting)
    patch.setattr(paging, "decode", reading)


PLAIN: dict[str, Any] = {
    "DateTimeField": "2026-11-23T00:00:00+00:00",
    "DateField": "2026-11-23",
    "UUIDField": "0190f3a2-7b6e-7c3d-8a1b-000000000001",
    "CharField": "字",
    "TextField": "字",
    "BooleanField": True,
}
"""What the columns that lists are ordered by may hold; numbers otherwise."""


def cursors(orders: Sequence[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield cursors of the right shape, one value of each absurd; and some of other shapes."""
    for to, kinds in orders:
        with paging.bound(to):
            right = [PLAIN.get(kind, 5) for kind in kinds]
            for direction in "np":
                yield paging.encode(right, direction)
                yield paging.encode([*right, 1], direction)
            for place in range(len(right)):
                for value in SCALARS:
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
        for value in SCALARS:
            content = orjson.dumps([*values[:place], value, *values[place + 1 :]])
            yield base64.urlsafe_b64encode(content).decode().rstrip("=")
