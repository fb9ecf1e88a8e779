"""Keyset pagination: no offset; no row is repeated or lost while others are added."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page: its items and the opaque cursors of its neighbours (empty if there is none)."""

    items: Sequence[Item]
    next_cursor: str = ""
    previous_cursor: str = ""

    def map(self, convert: Callable[[Item], Any]) -> "Page[Any]":
        """Return the page with every item converted."""
        return Page([convert(item) for item in self.items], self.next_cursor, self.previous_cursor)


def encode(values: Sequence[Any], direction: str = "n") -> str:
    """Return a cursor with the sort values of a row; `direction` is n (after it) or p (before it)."""
    return base64.urlsafe_b64encode(orjson.dumps([direction, *values], default=str)).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, list[Any]] | None:
    """Return the direction and values in a cursor; None for an invalid one (the list then starts at the beginning)."""
    try:
        decoded = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return None
    if not isinstance(decoded, list) or len(decoded) < 2 or decoded[0] not in ("n", "p"):
        return None
    if any(isinstance(value, str) and "\x00" in value for value in decoded):  # PostgreSQL's text type cannot hold it
        return None
    return decoded[0], decoded[1:]


def _beyond(ordering: Sequence[str], values: Sequence[Any], reverse: bool) -> Q:
    """Return the condition for rows past `values` in `ordering` (`-name` is descending)."""
    condition = Q()
    equal = Q()
    for field, value in zip(ordering, values, strict=True):
        name = field.lstrip("-")
        down = field.startswith("-") != reverse
        condition |= equal & Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        equal &= Q(**{name: value})
    return condition


def paginate(rows: QuerySet[Row], *, ordering: Sequence[str], cursor: str = "", size: int = 20) -> Page[Row]:
    """Return one page of `rows`. `ordering` names non-null columns and ends with a unique one."""
    found = decode(cursor) if cursor else None
    if found and len(found[1]) != len(ordering):
        found = None
    backwards = bool(found and found[0] == "p")
    query = rows.order_by(*(_flip(ordering) if backwards else ordering))
    if found:
        try:
            query = query.filter(_beyond(ordering, found[1], backwards))
            items = list(query[: size + 1])
        except (ValueError, TypeError, ValidationError):  # the cursor's values do not have the columns' types
            return paginate(rows, ordering=ordering, size=size)
    else:
        items = list(query[: size + 1])
    more = len(items) > size
    items = items[:size]
    if backwards:
        items.reverse()

    def at(row: Row, direction: str) -> str:
        return encode([getattr(row, name.lstrip("-")) for name in ordering], direction)

    has_next = more if not backwards else True
    has_previous = more if backwards else bool(found)
    return Page(
        items,
        at(items[-1], "n") if items and has_next else "",
        at(items[0], "p") if items and has_previous else "",
    )


def _flip(ordering: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in ordering]
