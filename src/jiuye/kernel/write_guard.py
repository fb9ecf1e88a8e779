"""GET never writes: within a safe request (RFC 9110 §9.2.1) the database refuses to be written."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

_WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|ALTER|CREATE|DROP|COPY)\b", re.IGNORECASE)
_allowed: ContextVar[bool] = ContextVar("writes_allowed", default=False)


class WriteInSafeRequest(RuntimeError):
    """A GET or HEAD tried to change the database: a fault of the program, not of the visitor."""


def _refuse(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not _allowed.get() and _WRITE.match(str(sql)):
        raise WriteInSafeRequest(f"a safe request tried to write: {str(sql)[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def no_writes() -> Iterator[None]:
    """Refuse writes on this thread's connection within the block."""
    with connection.execute_wrapper(_refuse):
        yield


@contextmanager
def writes_allowed() -> Iterator[None]:
    """Let counters (never business data) be written within a guarded block."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)
