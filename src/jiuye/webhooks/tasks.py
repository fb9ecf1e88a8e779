"""Tasks: queue replays, tell of unconfirmed postings, delete what is old, renew the signing key."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app as queue

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries import UNCONFIRMED_DAYS
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered, Event
from jiuye.webhooks import keys, schedule
from jiuye.webhooks.actions import REPLAY_TASK
from jiuye.webhooks.catalogue import covers
from jiuye.webhooks.models import Endpoint, Message, Replay
from jiuye.webhooks.queue import Told, tell, wake
from jiuye.webhooks.states import MessageState

_A_TIME = 2_000
_UNCONFIRMED = UUID("2f4c5a0e-3c0f-4f0c-9a35-6d5f3c7b8a11")


@queue.task(name=REPLAY_TASK, queue="webhooks", retry=5)
def queue_webhook_replay(replay_id: str) -> None:
    """Queue the messages of a replay, some at a time, oldest first. Goes on where a killed worker stopped."""
    while _queue_some(UUID(replay_id)):
        wake()
    wake()


@queue.periodic(cron="23 * * * *")
@queue.task(name="tell_of_unconfirmed_postings", queue="webhooks", queueing_lock="tell_of_unconfirmed_postings")
def tell_of_unconfirmed(timestamp: int) -> None:
    """Queue `job.unconfirmed` for public postings that nobody has confirmed for 30 days, once a confirmation."""
    moment = clock.now()
    since = moment - timedelta(days=UNCONFIRMED_DAYS)
    rows = JobPosting.objects.filter(
        state="published", confirmed_at__lt=since, confirmed_at__gte=since - timedelta(days=2),
        agency__in=Endpoint.objects.filter(mode="live", deleted_at=None).values("agency"),
    ).order_by("id")  # fmt: skip
    for row in rows.only("id", "agency_id", "external_code", "confirmed_at").iterator():
        event_id = uuid5(_UNCONFIRMED, f"{row.id} {row.confirmed_at}")
        told = Told("job.unconfirmed", row.id, {"job_id": row.id, "external_id": row.external_code or ""})
        tell(row.agency_id, [told], Delivered(event_id, Event(), Actor.system(), moment))


@queue.periodic(cron="41 * * * *")
@queue.task(name="sweep_webhooks", queue="housekeeping", queueing_lock="sweep_webhooks")
def sweep_webhooks(timestamp: int) -> None:
    """Delete messages older than 30 days, replays and deleted endpoints, and renew the signing key."""
    before = clock.real_now() - schedule.KEPT
    while _delete_some(Message.objects.filter(created_at__lt=before)):
        pass
    while _delete_some(Message.objects.filter(endpoint__deleted_at__isnull=False)):
        pass
    Replay.objects.filter(created_at__lt=before).delete()
    Endpoint.objects.filter(deleted_at__isnull=False).delete()
    keys.renew()


@transaction.atomic
def _queue_some(replay_id: UUID) -> bool:
    """Queue the next messages of a replay; return whether there may be more. Ends early if the endpoint is off."""
    row = Replay.objects.select_for_update(of=("self",)).select_related("endpoint").filter(pk=replay_id).first()
    if row is None or row.is_queued:
        return False
    states = [MessageState.FAILED] if row.only_failed else [MessageState.FAILED, MessageState.DELIVERED]
    rows = Message.objects.filter(
        endpoint=row.endpoint, created_at__gte=row.since, created_at__lt=row.until, sequence__gt=row.after_sequence,
        state__in=states,
    )  # fmt: skip
    found = list(rows.order_by("sequence").values_list("id", "sequence", "type")[:_A_TIME])
    chosen = [pk for pk, _, name in found if covers(row.types, name)]
    row.queued += Message.objects.filter(pk__in=chosen, state__in=states).update(
        state=MessageState.PENDING, step=0, due_at=clock.real_now(), finished_at=None, replay=row
    )
    row.after_sequence = found[-1][1] if found else row.after_sequence
    row.is_queued = len(found) < _A_TIME
    row.save(update_fields=["queued", "after_sequence", "is_queued"])
    return not row.is_queued


def _delete_some(rows: QuerySet[Message]) -> int:
    ids = list(rows.order_by("created_at").values_list("pk", flat=True)[:_A_TIME])
    Message.objects.filter(pk__in=ids).delete()
    return len(ids)
