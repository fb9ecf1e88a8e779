"""Waiting for the next change (long poll): without a database connection in between, and never by all threads at once."""

import time
from collections.abc import Callable
from threading import BoundedSemaphore, Lock

from django.db import connection

from jiuye.changes import queries
from jiuye.changes.queries import FeedPage

MOST_WAITING = 1
"""Of the four threads of a web process (`runtime.up.web_command`). Another may be sending a snapshot (`api.downloads`); the
others always answer.
"""
LONGEST = 30
_EVERY = 0.1
_slots = BoundedSemaphore(MOST_WAITING)


class _Watch:
    """The last position, read at most once in `_EVERY` seconds however many wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read_at = 0.0
        self._last = 0

    def last(self) -> int:
        with self._lock:
            if time.monotonic() - self._read_at >= _EVERY:
                self._last, self._read_at = queries.last_position(), time.monotonic()
                give_back_connection()
            return self._last


_watch = _Watch()


def wait_for(read: Callable[[], FeedPage], *, seconds: float) -> FeedPage:
    """Return the first page by `read` with a change in it, or the empty one after `seconds`.

    An empty page comes at once if `MOST_WAITING` are waiting in this process already.
    """
    page = read()
    if page.items or seconds <= 0 or not _slots.acquire(blocking=False):
        return page
    try:
        until = time.monotonic() + seconds
        while not page.items and time.monotonic() < until:
            give_back_connection()
            time.sleep(min(_EVERY, max(0.0, until - time.monotonic())))
            if _watch.last() != page.last:
                page = read()
    finally:
        _slots.release()
    return page


def give_back_connection() -> None:
    """Return the thread's connection to the pool; in a transaction it stays."""
    if not connection.in_atomic_block:
        connection.close()
