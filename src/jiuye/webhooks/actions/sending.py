"""Send test events, and messages once more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.ids import new_id
from jiuye.kernel.rate_limits import Limit
from jiuye.webhooks import catalogue, policies, schedule
from jiuye.webhooks.models import Message, Replay
from jiuye.webhooks.owned import in_order, lock, require_active
from jiuye.webhooks.queue import Told, add, wake
from jiuye.webhooks.states import MessageState

REPLAY_TASK = "queue_webhook_replay"
SENT_BY_HAND = Limit(
    "webhooks-by-hand",
    "发送测试事件、重发消息",
    "每个推送地址",
    600,
    3600,
    "测试和重发太频繁了，请 {wait}后再试；要补发很多，请用“重发一段时间的”。",
)
"""Each is a call of somebody's server."""

REPLAYS = Limit("webhook-replays", "重发一段时间的推送", "每个推送地址", 20, 3600, "重发得太频繁了，请 {wait}后再试。")


def send_test_event(actor: Actor, *, endpoint_id: UUID, type: str = "webhook.test") -> UUID:
    """Queue a test event of a type, with ids of nothing. Return the message's id. Raises `NotFound`, `Denied`, `Invalid`,
    `RateLimited`, `Refused` for an endpoint that is not active.
    """
    owner = policies.may_manage(actor)
    if type not in catalogue.TYPES:
        raise Invalid({"type": "没有这种事件，请对照事件类型表。"})
    SENT_BY_HAND.hit(endpoint_id)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        require_active(row)
        told = Told(type, new_id(), catalogue.TYPES[type].sample())
        message = add(row, told, event_id=new_id(), occurred_at=clock.now(), is_test=True)
        audit.record(actor, "webhook.test", row.id, type=type)
    return message.id


def resend(actor: Actor, *, endpoint_id: UUID, message_id: UUID) -> None:
    """Send a message once more, at once: with the same id and body. Raises `NotFound`, `Denied`, `Refused`, `RateLimited`."""
    owner = policies.may_manage(actor)
    SENT_BY_HAND.hit(endpoint_id)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        require_active(row)
        found = Message.objects.select_for_update().filter(pk=message_id, endpoint=row).first()
        if found is None:
            raise NotFound
        found.state, found.step, found.due_at, found.finished_at = MessageState.PENDING, 0, clock.real_now(), None
        found.save(update_fields=["state", "step", "due_at", "finished_at"])
        audit.record(actor, "webhook.resend", row.id, message=found.id)
        transaction.on_commit(wake)


def replay(
    actor: Actor,
    *,
    endpoint_id: UUID,
    since: datetime,
    until: datetime,
    types: Sequence[str] = (),
    only_failed: bool = False,
) -> UUID:
    """Send the messages again that were queued from `since` until before `until`; the worker queues them. Return the id.

    Raises `NotFound`, `Denied`, `Invalid` (since, types), `Refused` for an endpoint that is not active, `RateLimited`.
    """
    owner = policies.may_manage(actor)
    faults = {}
    if until <= since:
        faults["until"] = "结束时间要晚于开始时间。"
    if since < clock.real_now() - schedule.KEPT - timedelta(days=1):
        faults["since"] = "推送记录只保留 30 天，请选更近的开始时间。"
    if not all(map(catalogue.is_choice, types)):
        faults["types"] = "没有这种事件，请对照事件类型表。"
    if faults:
        raise Invalid(faults)
    REPLAYS.hit(endpoint_id)
    with transaction.atomic():
        row = lock(owner, endpoint_id)
        require_active(row)
        made = Replay.objects.create(
            endpoint=row, since=since, until=until, types=in_order(types), only_failed=only_failed,
            created_at=clock.real_now(),
        )  # fmt: skip
        jobs.configure_task(REPLAY_TASK, queue="webhooks").defer(replay_id=str(made.id))
        audit.record(actor, "webhook.replay", row.id, since=since, until=until, types=made.types, failed=only_failed)
    return made.id
