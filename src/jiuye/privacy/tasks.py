"""The queue's tasks for privacy."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.privacy import actions


@queue.task(name=actions.PREPARING_TASK, queue="exports", retry=RetryStrategy(max_attempts=5, wait=20))
def prepare_export(export_id: str) -> None:
    """Prepare one copy of a person's data."""
    actions.prepare(UUID(export_id))


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="sweep_exports", queue="housekeeping", queueing_lock="sweep_exports")
def sweep_exports(timestamp: int) -> None:
    """Delete expired copies."""
    actions.sweep()
