"""Spares a service that is down, and those who would wait for it."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """Closed until `failures` calls in a row have failed, then open for `rest` seconds, then a call at a time may try.

    Ask `admits()` before each call and report its end by `succeeded()` or `failed()`. Safe to share between threads.
    """

    def __init__(self, *, failures: int = 5, rest: float = 10, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = failures
        self._rest = rest
        self._clock = clock
        self._lock = threading.Lock()
        self._failed_in_a_row = 0
        self._open_until = 0.0

    def admits(self) -> bool:
        """Whether a call may be made now. While half-open, one caller gets True and tries; the rest wait again."""
        with self._lock:
            if self._failed_in_a_row < self._limit:
                return True
            if self._clock() < self._open_until:
                return False
            # The trial call: should its outcome never be reported, the next trial comes after another rest.
            self._open_until = self._clock() + self._rest
            return True

    def succeeded(self) -> None:
        """The call went well: closed again."""
        with self._lock:
            self._failed_in_a_row = 0

    def failed(self) -> None:
        """The call found the service down."""
        with self._lock:
            self._failed_in_a_row += 1
            if self._failed_in_a_row >= self._limit:
                self._open_until = self._clock() + self._rest
