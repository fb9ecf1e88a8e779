"""Scheduled work on postings, and the jobs of imports, which have a worker of their own."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.domains.jobs.actions import expire_due_postings, imports

BATCH = 500
# Waits of 1, 6, 11 … seconds add up to more than two hours: a shorter outage loses nothing.
_PATIENT = RetryStrategy(max_attempts=60, wait=1, linear_wait=5)


@queue.task(name=imports.READING_TASK, queue=imports.QUEUE, retry=_PATIENT)
def read_sheet(batch_id: str) -> None:
    """Read an uploaded sheet."""
    imports.read_sheet(UUID(batch_id))


@queue.task(name=imports.RUNNING_TASK, queue=imports.QUEUE, retry=_PATIENT)
def run_import(batch_id: str) -> None:
    """Import a sheet's rows."""
    imports.run_import(UUID(batch_id))


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="expire_postings", queue="housekeeping", queueing_lock="expire_postings")
def expire_postings(timestamp: int) -> None:
    """Expire postings past their last day. Reads already treat them as closed."""
    while expire_due_postings(limit=BATCH) == BATCH:
        pass
