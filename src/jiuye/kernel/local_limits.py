"""Limits counted in this process alone: for what is cheap, public and asked often, where a row a request would cost more
than the request. With two web processes twice as much gets through; what matters more belongs to `rate_limits`."""

from threading import Lock

from jiuye.kernel import clock
from jiuye.kernel.errors import RateLimited


class LocalLimit:
    """At most `limit` attempts of a key in each window of `seconds`."""

    def __init__(self, *, limit: int, seconds: int) -> None:
        self._limit = limit
        self._seconds = seconds
        self._window = 0
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def hit(self, key: str) -> None:
        """Count one attempt; raises `RateLimited` past the limit. Counts are forgotten when a window ends."""
        now = int(clock.now().timestamp())
        window = now // self._seconds
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts[key] = self._counts.get(key, 0) + 1
        if count > self._limit:
            raise RateLimited(self._seconds - now % self._seconds)

    def clear(self) -> None:
        """Forget all counts; for tests."""
        with self._lock:
            self._counts = {}
