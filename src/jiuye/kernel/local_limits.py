"""Rate limits counted in this process only: for cheap public reads, where a database row a request would cost as much as
the request.

With n web processes up to n times as many attempts pass. Limits that must hold are in `rate_limits`.
"""

import math
import time
from collections.abc import Callable
from threading import Lock

from jiuye.kernel.errors import RateLimited

_MOST_KEYS = 100_000


class LocalLimit:
    """At most `limit` attempts of a key in each window of `seconds`; the first attempt after a window's end starts the
    next.

    `message` is the refusal's text, with `{limit}` and `{wait}` (seconds) in it; empty: the default text. Counts are
    dropped early when there are more than 100,000 keys, so that memory stays bounded.
    """

    def __init__(
        self, *, limit: int, seconds: int = 60, message: str = "", clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = limit
        self._seconds = seconds
        self._message = message
        self._clock = clock
        self._lock = Lock()
        self._ends_at = 0.0
        self._counts: dict[str, int] = {}

    def hit(self, key: str) -> None:
        """Count one attempt. Raise `RateLimited` past the limit."""
        with self._lock:
            now = self._clock()
            if now >= self._ends_at or len(self._counts) > _MOST_KEYS:
                self._ends_at, self._counts = now + self._seconds, {}
            count = self._counts[key] = self._counts.get(key, 0) + 1
            wait = max(1, math.ceil(self._ends_at - now))
        if count > self._limit:
            raise RateLimited(wait, self._message.format(limit=self._limit, wait=wait))

    def clear(self) -> None:
        """Drop all counts; for tests."""
        with self._lock:
            self._counts = {}
