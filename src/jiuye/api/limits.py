"""How often one address may read the public API."""

import time
from collections.abc import Callable
from ipaddress import ip_address

from jiuye.kernel.errors import RateLimited

_MOST_CLIENTS = 100_000


class RequestWindow:
    """Requests of each address in the present window, counted in this process only.

    A public read costs about a millisecond; counting it in the database would cost as much again. So each process counts
    by itself: with n web processes an address gets at most n times `limit`. Threads may lose a count now and then. The
    loopback address is never limited: that is a proxy on this machine, which limits its own clients, or our own programs.
    """

    def __init__(self, limit: int, seconds: int = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._ends_at = 0.0
        self._counts: dict[str, int] = {}

    def hit(self, address: str) -> None:
        """Count one request. Raises `RateLimited` past the limit."""
        now = self._clock()
        if now >= self._ends_at or len(self._counts) > _MOST_CLIENTS:
            self._ends_at = now + self._seconds
            self._counts = {}
        count = self._counts[address] = self._counts.get(address, 0) + 1
        if count > self._limit and not _is_loopback(address):
            wait = max(1, round(self._ends_at - now))
            raise RateLimited(wait, f"请求太频繁：每分钟最多 {self._limit} 次，请 {wait} 秒后再试。")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return not address  # a unix socket has none
