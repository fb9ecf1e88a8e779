"""A circuit breaker: stops calls to a service that is down, so that nobody waits for it."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """Closed until `failures` calls in a row have failed, then open for `rest` seconds, then half-open: one trial call
    at a time.

    Ask `admits()` before each call and report its result by `succeeded()` or `failed()`. Thread-safe.
    """

    def __init__(self, *, failures: int = 5, rest: float = 10, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failed_in_a_row = 0
        self._open_until = 0.0

    def admits(self) -> bool:
        """Return whether a call may be made now. While half-open, one caller gets True and tries; the others wait again."""
        with self._lock:
            if self._failed_in_a_row < self._limit:
                return True
            if self._clock() < self._open_until:
                return False
            # The trial call: if its result is never reported, the next trial comes after another rest.
            self._open_until = self._clock() + self._rest
            return True

    def succeeded(self) -> None:
        """Report that the call succeeded: close the breaker."""
        with self._lock:
            self._failed_in_a_row = 0

    def failed(self) -> None:
        """Report that the service was down."""
        with self._lock:
            self._failed_in_a_row += 1
            if self._failed_in_a_row >= self._limit:
                self._open_until = self._clock() + self._rest
