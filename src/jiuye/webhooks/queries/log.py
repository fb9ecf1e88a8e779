"""The log of deliveries, and replays."""

from uuid import UUID

from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate
from jiuye.webhooks.delivery.claims import message_id
from jiuye.webhooks.models import Attempt, Message, Replay
from jiuye.webhooks.queries.endpoints import own
from jiuye.webhooks.queries.rows import AttemptRow, Delivery, DeliveryDetail, DeliveryFilter, ReplayRow
from jiuye.webhooks.states import MessageState


def deliveries(
    actor: Actor, endpoint_id: UUID, *, chosen: DeliveryFilter, cursor: str = "", size: int = 30
) -> Page[Delivery]:
    """Return messages of an endpoint, newest first. Raises `NotFound`, `Denied`."""
    rows = Message.objects.filter(endpoint=own(actor, endpoint_id)).defer("body")
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.type:
        is_group = chosen.type.endswith(".*")
        rows = rows.filter(type__startswith=chosen.type[:-1]) if is_group else rows.filter(type=chosen.type)
    if chosen.since:
        rows = rows.filter(created_at__gte=chosen.since)
    if chosen.until:
        rows = rows.filter(created_at__lt=chosen.until)
    return paginate(rows, ordering=["-sequence"], cursor=cursor, size=size).map(_delivery)


def delivery(actor: Actor, endpoint_id: UUID, row_id: UUID) -> DeliveryDetail:
    """Return a message with its attempts. Raises `NotFound`, `Denied`."""
    row = Message.objects.filter(endpoint=own(actor, endpoint_id), pk=row_id).first()
    if row is None:
        raise NotFound
    attempts = Attempt.objects.filter(message=row).order_by("-started_at", "-id")
    return DeliveryDetail(_delivery(row), row.body, tuple(_attempt(row, one) for one in attempts))


def replay(actor: Actor, endpoint_id: UUID, replay_id: UUID) -> ReplayRow:
    """Return a replay with its progress. Raises `NotFound`, `Denied`."""
    row = Replay.objects.filter(endpoint=own(actor, endpoint_id), pk=replay_id).first()
    if row is None:
        raise NotFound
    return _replay(row)


def replays(actor: Actor, endpoint_id: UUID, *, most: int = 3) -> list[ReplayRow]:
    """Return the newest replays of an endpoint with their progress. Raises `NotFound`, `Denied`."""
    return [_replay(row) for row in Replay.objects.filter(endpoint=own(actor, endpoint_id)).order_by("-id")[:most]]


def _delivery(row: Message) -> Delivery:
    return Delivery(
        row.id, message_id(row.id), row.type, row.sequence, row.state, row.attempts, row.last_status, row.last_problem,
        row.occurred_at, row.created_at, row.due_at if row.state == MessageState.PENDING else None,
    )  # fmt: skip


def _attempt(row: Message, one: Attempt) -> AttemptRow:
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id(row.id),
        "webhook-timestamp": str(int(one.started_at.timestamp())),
        "webhook-signature": one.signature,
    }
    return AttemptRow(one.started_at, one.milliseconds, one.status, one.problem, one.answer, one.url, headers)


def _replay(row: Replay) -> ReplayRow:
    waiting = Message.objects.filter(replay=row, state=MessageState.PENDING).count()
    return ReplayRow(
        row.id, row.since, row.until, tuple(row.types), row.only_failed, row.queued, waiting,
        row.is_queued and waiting == 0, row.created_at,
    )  # fmt: skip
