"""Tasks of the queue itself: delivery of events and housekeeping. Tasks of read models are in their packages' tasks.py."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.clients import actions as clients
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.kernel import audit, audit_anchors, clock, events, history, idempotency, token_buckets
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import RateCounter
from jiuye.kernel.sealed_files import upkeep
from jiuye.notifications import retention as notifications
from jiuye.worker import process
from jiuye.worker.handlers import HANDLERS

log = structlog.get_logger("worker")

# Failed jobs are kept longer, for investigation.
JOBS_KEPT = {status: timedelta(days=days) for status, days in (("succeeded", 7), ("failed", 30))}
OTHERS_KEPT = timedelta(days=30)
_FORGET_JOBS = """
DELETE FROM procrastinate_jobs WHERE status::text = %s AND id IN (
    SELECT job_id FROM procrastinate_events WHERE type::text = %s AND at < %s LIMIT 50000
)
"""
# Jobs that were cancelled or aborted: not each way to it leaves an event of that name.
_FORGET_OTHER_JOBS = """
DELETE FROM procrastinate_jobs WHERE status::text <> ALL (%s) AND NOT EXISTS (
    SELECT FROM procrastinate_events WHERE job_id = procrastinate_jobs.id AND at >= %s
)
"""

# Waits of 1, 6, 11 … seconds add up to more than two hours: a shorter outage loses nothing.
PATIENT = RetryStrategy(max_attempts=60, wait=1, linear_wait=5)


@queue.task(name=events.DELIVERY_TASK, queue="events", retry=PATIENT)
def deliver_event(event_id: str) -> None:
    """Run the handlers of one stored event."""
    events.deliver(UUID(event_id), HANDLERS)


@queue.periodic(cron="* * * * *")
@queue.task(name="seal_audit", queue="housekeeping", queueing_lock="seal_audit")
def seal_audit(timestamp: int) -> None:
    """Add the audit entries written since the last run to the chain, and keep its head outside the database."""
    while audit.seal() == 5000:
        pass
    try:
        audit_anchors.keep()
    except OSError as error:
        log.error("audit not anchored", error=type(error).__name__, errno=error.errno)


@queue.periodic(cron="* * * * *")
@queue.task(name="requeue_lost_jobs", queue="housekeeping", queueing_lock="requeue_lost_jobs")
def requeue_lost_jobs(timestamp: int) -> None:
    """Requeue what another worker was doing when it was killed."""
    process.requeue_lost()


@queue.periodic(cron="17 * * * *")
@queue.task(name="sweep", queue="housekeeping", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Delete expired counters, codes, sessions, records, messages and jobs, as docs/data-protection.md says."""
    moment = clock.now()
    RateCounter.objects.filter(expires_at__lt=moment).delete()
    token_buckets.forget_old()
    idempotency.forget_expired()
    accounts.forget_expired(Actor.system())
    clients.forget_expired(Actor.system())
    jobs.forget_old_views(Actor.system())
    jobs.forget_old_sheets(Actor.system())
    notifications.forget_expired(Actor.system())
    organisations.forget_old_invitations(Actor.system())
    resumes.forget_old_versions(Actor.system())
    history.forget_expired()
    events.forget_expired()
    with connection.cursor() as cursor:
        for status, kept in JOBS_KEPT.items():
            cursor.execute(_FORGET_JOBS, [status, status, moment - kept])
        cursor.execute(_FORGET_OTHER_JOBS, [["todo", "doing", *JOBS_KEPT], moment - OTHERS_KEPT])


@queue.periodic(cron="34 19 * * *")
@queue.task(name="sweep_sealed_files", queue="housekeeping", queueing_lock="sweep_sealed_files")
def sweep_sealed_files(timestamp: int) -> None:
    """Delete stored files that no row names (03:34 in Shanghai)."""
    upkeep.sweep()


@queue.periodic(cron="47 * * * *")
@queue.task(name="seal_clear_files", queue="housekeeping", queueing_lock="seal_clear_files")
def seal_clear_files(timestamp: int) -> None:
    """Encrypt files that an earlier version stored in clear."""
    upkeep.seal_clear_files()
