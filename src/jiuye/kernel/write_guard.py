"""GET never writes: within a safe request (RFC 9110 §9.2.1) statements that write are refused.

A net against mistakes, not a wall: statements are recognised by their text, so a function that writes inside a SELECT gets
through. `SET default_transaction_read_only` would be a wall and cost a round trip a request.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|ALTER|CREATE|DROP|COPY)\b", re.IGNORECASE)
# A SELECT may write too: in its WITH, or by a function.
_BEHIND_WITH = re.compile(
    r"\s*WITH\b.*\(\s*(INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\b", re.IGNORECASE | re.DOTALL
)
_BY_FUNCTION = re.compile(r"\bprocrastinate_\w+\s*\(", re.IGNORECASE)
_allowed: ContextVar[bool] = ContextVar("writes_allowed", default=False)


class WriteInSafeRequest(RuntimeError):
    """A GET or HEAD tried to change the database: a programming error."""


def _writes(sql: str) -> bool:
    return bool(_WRITE.match(sql) or _BEHIND_WITH.match(sql) or _BY_FUNCTION.search(sql))


def _refuse(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not _allowed.get() and _writes(str(sql)):
        raise WriteInSafeRequest(f"a safe request tried to write: {str(sql)[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def no_writes() -> Iterator[None]:
    """Refuse writes on this thread's connection within the block; they raise `WriteInSafeRequest`."""
    with connection.execute_wrapper(_refuse):
        yield


@contextmanager
def writes_allowed() -> Iterator[None]:
    """Allow writes inside a guarded block: for counters, and for the one route with `answers_get` (`kernel.access`)."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)
