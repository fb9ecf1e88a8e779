"""Queue tasks for alerts."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.alerts import digests, matching
from jiuye.ports.search import SearchUnavailable

_SOON = RetryStrategy(max_attempts=5, wait=20, retry_exceptions={SearchUnavailable})


@queue.periodic(cron="*/5 * * * *")
@queue.task(
    name="match_saved_searches", queue="housekeeping", queueing_lock="match_saved_searches", lock="alerts", retry=_SOON
)
def match_saved_searches(timestamp: int) -> None:
    """Every five minutes: match new postings with all saved searches, then send the alerts that are due."""
    matching.match_new()
    digests.tell_due()
