"""The log of deliveries, and replays."""

from uuid import UUID

from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate
from jiuye.webhooks.delivery.claims import message_id
from jiuye.webhooks.models import Attempt, Message, Replay
from jiuye.webhooks.queries.endpoints import health_of, own, rows_of
from jiuye.webhooks.queries.rows import AttemptRow, Delivery, DeliveryDetail, DeliveryFilter, Overview, ReplayRow
from jiuye.webhooks.states import MessageState


def overview(actor: Actor, endpoint_id: UUID, *, newest: int = 5) -> Overview:
    """Return an endpoint's page. Seven queries. Raises `NotFound`, `Denied`."""
    row = own(actor, endpoint_id)
    messages = Message.objects.filter(endpoint=row).defer("body").order_by("-sequence")[:newest]
    latest = Replay.objects.filter(endpoint=row).order_by("-id").first()
    replay = _replay(latest) if latest else None
    return Overview(
        rows_of([row])[0],
        health_of(row),
        [_delivery(one) for one in messages],
        None if replay is None or replay.is_done else replay,
    )


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
