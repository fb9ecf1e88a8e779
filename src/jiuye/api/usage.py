"""Counts the requests of API clients, without a write for each: in the process, stored every ten seconds.

A process that ends in order stores the rest; one that is killed (`kill -9`) loses at most the last ten seconds. Figures of
usage are for information: limits are counted elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import wraps
from multiprocessing.util import Finalize
from threading import Lock, Timer
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from jiuye.domains.clients import actions
from jiuye.domains.clients.actions import Counted
from jiuye.domains.clients.queries import Caller
from jiuye.kernel import clock

View = Callable[..., HttpResponse]
log = structlog.get_logger("usage")
_MOST_KEPT = 50_000


class UsageCounter:
    """Counts in this process. `every`: seconds until what was counted is stored; 0: only by `store`."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._lock = Lock()
        self._counts: Counter[Counted] = Counter()
        self._timer: Timer | None = None

    def count(self, client_id: UUID, operation: str, status: int) -> None:
        """Count one request."""
        day = clock.local(clock.real_now()).date()
        with self._lock:
            self._counts[client_id, day, operation, status] += 1
            if self._timer is None and self._every:
                self._timer = Timer(self._every, self._store_later)
                self._timer.daemon = True
                self._timer.start()

    def store(self) -> None:
        """Store what was counted since the last time. After an error it is kept for the next time."""
        with self._lock:
            counts, self._counts, self._timer = self._counts, Counter(), None
        try:
            actions.add_usage(counts)
        except Exception as error:
            log.warning("usage not stored yet", error=type(error).__name__)
            with self._lock:
                if len(self._counts) < _MOST_KEPT:
                    self._counts.update(counts)

    def _store_later(self) -> None:
        try:
            self.store()
        finally:
            connection.close()  # this thread ends here


def belongs_to(request: HttpRequest, caller: Caller) -> None:
    """Note whose request it is, before it can be refused."""
    request.api_caller = caller  # type: ignore[attr-defined]


def counted(operations: Mapping[str, str]) -> Callable[[View], View]:
    """Wrap the view of a route so that requests of clients are counted. `operations`: ids by method."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            caller: Caller | None = getattr(request, "api_caller", None)
            operation = operations.get("GET" if request.method == "HEAD" else request.method or "")
            if caller and operation:
                counter.count(caller.client_id, operation, response.status_code)
            return response

        return answer

    return wrap


counter = UsageCounter(settings.USAGE_STORED_EVERY)
if settings.USAGE_STORED_EVERY:
    Finalize(None, counter.store, exitpriority=0)  # `atexit` does not run in the web server's worker processes
