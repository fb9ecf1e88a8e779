"""Queue tasks for the index. The worker runs them; its process is the only writer of the index."""

from contextlib import suppress

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from jiuye.ports.search import SearchUnavailable, WriterBusy
from jiuye.search import indexer
from jiuye.search.handlers import DRAIN_TASK

ENSURE_TASK = "ensure_search_index"
_SOON = RetryStrategy(max_attempts=30, wait=1, linear_wait=2, retry_exceptions={WriterBusy})


@queue.task(name=DRAIN_TASK, queue="search", lock="search_drain", queueing_lock="search_drain", retry=_SOON)
def drain_search_changes() -> None:
    """Apply pending changes to the index; without an index, request a rebuild, which includes them."""
    try:
        indexer.drain()
    except SearchUnavailable:
        request_index()


@queue.task(name=ENSURE_TASK, queue="search", lock="search_ensure", queueing_lock="search_ensure", retry=_SOON)
def ensure_search_index(thorough: bool = False) -> None:
    """Rebuild the index if it is missing, corrupt or out of sync."""
    indexer.ensure(thorough=thorough)


@queue.periodic(cron="* * * * *")
@queue.task(name="watch_search_index", queue="search", lock="search_ensure", queueing_lock="search_watch", retry=_SOON)
def watch_search_index(timestamp: int) -> None:
    """Check every minute for a missing index and pending changes, every ten minutes also for a different number of postings,
    every hour also the checksums of its files.
    """
    minute = timestamp // 60
    indexer.ensure(thorough=minute % 60 == 35, compare=minute % 10 == 0)


def request_index(*, thorough: bool = False) -> None:
    """Defer a check of the index, unless one is already waiting."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        task = queue.configure_task(ENSURE_TASK, queue="search", lock="search_ensure", queueing_lock="search_ensure")
        task.defer(thorough=thorough)
