"""Rate limits counted in this process only: for cheap public reads, where a database row a request would cost as much as
the request.

With n web processes up to n times as many attempts pass. Limits that must hold are in `rate_limits`.
"""

from dataclasses import dataclass, field
from threading import Lock

from jiuye.kernel import clock
from jiuye.kernel.errors import RateLimited
from jiuye.kernel.rate_limits import Limit, window_of

_MOST_KEYS = 100_000


class _Counts:
    """The counts of one window by key. They are dropped early past 100,000 keys, so that memory stays bounded."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window = 0
        self._by_key: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._by_key)

    def add(self, window: int, key: str) -> int:
        with self._lock:
            if window != self._window or len(self._by_key) > _MOST_KEYS:
                self._window, self._by_key = window, {}
            count = self._by_key[key] = self._by_key.get(key, 0) + 1
        return count


@dataclass(frozen=True)
class LocalLimit(Limit):
    """A `Limit` that each process counts for itself, without a query."""

    counts: _Counts = field(default_factory=_Counts, init=False, repr=False, compare=False)

    @property
    def place(self) -> str:
        """See `Limit.place`."""
        return "each process"

    def hit(self, who: object) -> None:
        """Count one attempt by `who`. Raise `RateLimited` past the limit."""
        window, passed = window_of(clock.real_now(), self.seconds)
        if self.counts.add(window, str(who)) > self.most:
            raise RateLimited(self.seconds - passed, self.text())
