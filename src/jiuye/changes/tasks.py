"""Queue tasks of the feed. The worker runs them."""

from contextlib import suppress

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from jiuye.changes import repair, snapshots, writer
from jiuye.changes.handlers import DRAIN_TASK

COMPARE_TASK = "compare_feed"
_SOON = RetryStrategy(max_attempts=10, wait=1, linear_wait=2)


@queue.task(name=DRAIN_TASK, queue="changes", lock="write_changes", queueing_lock="write_changes", retry=_SOON)
def write_changes() -> None:
    """Write the changes of all pending objects."""
    writer.drain()


@queue.periodic(cron="* * * * *")
@queue.task(name="watch_feed", queue="changes", lock="watch_feed", queueing_lock="watch_feed")
def watch_feed(timestamp: int) -> None:
    """Write tombstones of postings whose last day is over, and what a killed run left pending, every minute."""
    repair.note_expired()
    writer.drain()


@queue.periodic(cron="29 * * * *")
@queue.task(name=COMPARE_TASK, queue="changes", lock=COMPARE_TASK, queueing_lock=COMPARE_TASK)
def compare_feed(timestamp: int = 0) -> None:
    """Compare the feed with the postings, write what differs, and delete old tombstones; then write a snapshot if it is due."""
    repair.compare()
    writer.drain()
    repair.forget_old_tombstones()
    if snapshots.is_due():
        snapshots.build()


def request_comparison() -> None:
    """Defer a comparison, unless one is already waiting: it fills the feed at the first start."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        queue.configure_task(COMPARE_TASK, queue="changes", lock=COMPARE_TASK, queueing_lock=COMPARE_TASK).defer()
