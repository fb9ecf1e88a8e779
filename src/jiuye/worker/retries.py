"""Jobs outlast a database that is away: whatever else a task is tried again for, it is tried again for that."""

from collections.abc import Iterable
from typing import Any

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from jiuye.kernel import database

# Waits of 1, 3, 5 … seconds, then of a minute: half a day of a database that comes and goes.
_LONGEST_WAIT = 60
_MOST = 750


class OutlastsTheDatabase(BaseRetryStrategy):
    """Try again while the database is away, else as `own` says; without it not at all."""

    def __init__(self, own: BaseRetryStrategy | None) -> None:
        self._own = own

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Return when to try again, or None."""
        if database.is_away(exception) and job.attempts < _MOST:
            return RetryDecision(retry_in={"seconds": min(_LONGEST_WAIT, 1 + 2 * job.attempts)})
        return self._own.get_retry_decision(exception=exception, job=job) if self._own else None


def outlast_the_database(tasks: "Iterable[Task[Any, Any, Any]]") -> None:
    """Have each of these tasks tried again when the database was away. Idempotent."""
    for task in tasks:
        if not isinstance(task.retry_strategy, OutlastsTheDatabase):
            task.retry_strategy = OutlastsTheDatabase(task.retry_strategy)
