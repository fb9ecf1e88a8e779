"""Scheduled work on postings."""

from procrastinate.contrib.django import app as queue

from jiuye.domains.jobs.actions import expire_due_postings

BATCH = 500


@queue.periodic(cron="*/5 * * * *")
@queue.task(name="expire_postings", queue="housekeeping", queueing_lock="expire_postings")
def expire_postings(timestamp: int) -> None:
    """Expire postings past their last day. Reads already treat them as closed."""
    while expire_due_postings(limit=BATCH) == BATCH:
        pass
