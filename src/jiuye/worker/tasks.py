"""The queue's own tasks: delivery of events and housekeeping. Tasks of read models lie in their packages' tasks.py."""

from uuid import UUID

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.kernel import audit, clock, events
from jiuye.kernel.models import RateCounter
from jiuye.worker.handlers import HANDLERS

# Waits of 1, 6, 11 … seconds add up to more than two hours: an outage shorter than that loses nothing.
PATIENT = RetryStrategy(max_attempts=60, wait=1, linear_wait=5)


@queue.task(name=events.DELIVERY_TASK, queue="events", retry=PATIENT)
def deliver_event(event_id: str) -> None:
    """Run what follows from one stored event."""
    events.deliver(UUID(event_id), HANDLERS)


@queue.periodic(cron="* * * * *")
@queue.task(name="seal_audit", queue="housekeeping", queueing_lock="seal_audit")
def seal_audit(timestamp: int) -> None:
    """Chain the audit entries written since."""
    while audit.seal() == 5000:
        pass


@queue.periodic(cron="17 * * * *")
@queue.task(name="sweep", queue="housekeeping", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Remove what has run out: rate counters, sessions, finished jobs older than a week."""
    moment = clock.now()
    RateCounter.objects.filter(expires_at__lt=moment).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_session WHERE expire_date < %s", [moment])
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'succeeded' AND id IN (SELECT job_id FROM procrastinate_events "
            "WHERE type = 'succeeded' AND at < %s - interval '7 days' LIMIT 50000)",
            [moment],
        )
