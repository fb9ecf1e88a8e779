"""Keyset pagination: no offset; no row is repeated or lost while others are added."""

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import orjson
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Field, Model, Q, QuerySet

from jiuye.kernel.errors import Fault, Invalid

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Model)
_bound: ContextVar[str] = ContextVar("bound_to_list", default="")
_CHECK = 8  # bytes
YEARS = range(1900, 2200)
"""The years of all moments that rows are ordered by; other ones overflow in some time zone or type."""


class InvalidCursor(Invalid):
    """A program sent a cursor that is damaged or belongs to another list. People get the first page instead."""

    def __init__(self) -> None:
        message = "这个 cursor 不完整，或不属于这个列表。请原样使用上一页的 next_cursor，或去掉 cursor 从头读取。"
        super().__init__({}, message, faults=[Fault("?cursor", message, "invalid_cursor")], code="invalid_cursor")


@contextmanager
def bound(to: str) -> Iterator[None]:
    """Within the block cursors are for programs: they belong to the list `to` only, and invalid ones raise `InvalidCursor`."""
    token = _bound.set(to)
    try:
        yield
    finally:
        _bound.reset(token)


def refuse_cursor() -> None:
    """Raise `InvalidCursor` if the cursor comes from a program; a page for people starts at the beginning."""
    if _bound.get():
        raise InvalidCursor


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
    content = orjson.dumps([direction, *values], default=str)
    return base64.urlsafe_b64encode(_check_of(content) + content).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, list[Any]] | None:
    """Return the direction and values in a cursor; None for an invalid one (the list then starts at the beginning), for
    which programs get `InvalidCursor`.
    """
    found = _decoded(cursor)
    if found is None:
        refuse_cursor()
    return found


def _decoded(cursor: str) -> tuple[str, list[Any]] | None:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        content = raw[_CHECK:] if _bound.get() else raw
        decoded = orjson.loads(content)
    except ValueError:
        return None
    if not raw.startswith(_check_of(content)):
        return None
    if not isinstance(decoded, list) or len(decoded) < 2 or decoded[0] not in ("n", "p"):
        return None
    if any(isinstance(value, str) and "\x00" in value for value in decoded):  # PostgreSQL's text type cannot hold it
        return None
    return decoded[0], decoded[1:]


def _check_of(content: bytes) -> bytes:
    """Return the check of a cursor that is bound to a list; nothing for others."""
    to = _bound.get()
    return blake2b(content, digest_size=_CHECK, key=blake2b(to.encode()).digest()[:32]).digest() if to else b""


def are_values_of(rows: QuerySet[Any], ordering: Sequence[str], values: Sequence[Any]) -> bool:
    """Return whether a row could have these values in the columns of `ordering`, written as `encode` writes them.

    Others never reach the database: PostgreSQL's types hold less than JSON's do, and an error there ends the transaction.
    """
    return len(values) == len(ordering) and all(
        _is_value_of(F(name.lstrip("-")).resolve_expression(rows.query.clone()).output_field, value)
        for name, value in zip(ordering, values, strict=True)
    )


def _is_value_of(field: "Field[Any, Any]", value: Any) -> bool:
    try:
        held = field.to_python(value)
    except (ValidationError, ValueError, TypeError, ArithmeticError):
        return False
    if held is None or (isinstance(held, datetime) and held.tzinfo is None):
        return False
    if isinstance(held, date) and held.year not in YEARS:
        return False
    if isinstance(held, int) and not isinstance(held, bool):
        least, most = connection.ops.integer_field_range(field.get_internal_type())
        if not least <= held <= most:
            return False
    written = orjson.loads(orjson.dumps(held, default=str))
    return type(written) is type(value) and written == value


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
    if found and not are_values_of(rows, ordering, found[1]):
        refuse_cursor()
        found = None
    backwards = bool(found and found[0] == "p")
    query = rows.order_by(*(_flip(ordering) if backwards else ordering))
    if found:
        query = query.filter(_beyond(ordering, found[1], backwards))
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
