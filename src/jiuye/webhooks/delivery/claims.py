"""Take due messages, at most so many of each endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from jiuye.kernel import clock
from jiuye.webhooks import keys
from jiuye.webhooks.models import Endpoint, EndpointSecret, Message
from jiuye.webhooks.signing import Signer, private_key, secret_bytes
from jiuye.webhooks.states import MessageState

LEASE = timedelta(seconds=60)
"""How long a message belongs to who took it: a call takes 15 s at most. If the process dies, it is due again then."""
UNKNOWN, FAILING = 2, 1
"""Calls at once to an endpoint that this process has not called yet, and to one that failed last time."""

# Endpoints with something due are chosen first, in random order, so that none starves; then some messages of each.
_CLAIM = """
WITH room AS (
    SELECT * FROM unnest(%(endpoints)s::uuid[], %(slots)s::int[]) AS room(endpoint_id, slots)
), ready AS MATERIALIZED (
    SELECT e.id, coalesce(room.slots, CASE WHEN e.failing_since IS NULL THEN %(unknown)s ELSE %(failing)s END) AS slots
    FROM webhooks_endpoint e LEFT JOIN room ON room.endpoint_id = e.id
    WHERE e.state = 'active' AND e.deleted_at IS NULL AND (e.hold_until IS NULL OR e.hold_until <= %(now)s)
      AND coalesce(room.slots, 1) > 0
      AND EXISTS (
        SELECT 1 FROM webhooks_message m WHERE m.endpoint_id = e.id AND m.state = 'pending' AND m.due_at <= %(now)s
      )
    ORDER BY random() LIMIT %(limit)s
), due AS (
    SELECT picked.id FROM ready CROSS JOIN LATERAL (
        SELECT m.id FROM webhooks_message m
        WHERE m.endpoint_id = ready.id AND m.state = 'pending' AND m.due_at <= %(now)s
        ORDER BY m.due_at, m.sequence LIMIT ready.slots FOR UPDATE SKIP LOCKED
    ) AS picked LIMIT %(limit)s
)
UPDATE webhooks_message m SET due_at = %(until)s FROM due WHERE m.id = due.id AND m.state = 'pending'
RETURNING m.id, m.endpoint_id, m.body, m.sequence, m.step
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process is to deliver now."""

    id: UUID
    endpoint_id: UUID
    body: bytes
    sequence: int
    step: int

    @property
    def message_id(self) -> str:
        """The id that the receiver sees: the same for every attempt."""
        return message_id(self.id)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an endpoint is, and how its messages are signed now."""

    url: str
    signer: Signer


def message_id(row_id: UUID) -> str:
    """Return the id of a message as receivers see it: without full stops, as Standard Webhooks demands."""
    return f"msg_{row_id.hex}"


def claim(moment: datetime, *, slots: Mapping[UUID, int], limit: int) -> list[Claimed]:
    """Take at most `limit` due messages, oldest first within an endpoint; `slots`: how many of an endpoint at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            {
                "endpoints": list(slots),
                "slots": list(slots.values()),
                "unknown": UNKNOWN,
                "failing": FAILING,
                "now": moment,
                "until": moment + LEASE,
                "limit": limit,
            },
        )
        rows = cursor.fetchall()
    claimed = [Claimed(row[0], row[1], row[2].encode(), row[3], row[4]) for row in rows]
    return sorted(claimed, key=lambda one: one.sequence)


def take_back() -> int:
    """Make due what a dispatcher had taken when it was killed: messages never tried that are not due. Return their number.

    For a worker that runs alone. A message that was tried waits for its next attempt or the end of `LEASE`.
    """
    moment = clock.real_now()
    lost = Message.objects.filter(state=MessageState.PENDING, attempts=0, due_at__gt=moment)
    return lost.update(due_at=moment)


def destinations(endpoint_ids: set[UUID], moment: datetime) -> dict[UUID, Destination]:
    """Return where these endpoints are and how to sign for them. Three queries."""
    keys.ensure()
    platform = tuple(private_key(one) for one in keys.private_keys())
    secrets: dict[UUID, list[bytes]] = {}
    for row in EndpointSecret.objects.filter(endpoint_id__in=endpoint_ids).order_by("-created_at", "id"):
        if row.expires_at is None or row.expires_at > moment:
            secrets.setdefault(row.endpoint_id, []).append(secret_bytes(row.secret))
    rows = Endpoint.objects.filter(pk__in=endpoint_ids).values_list("id", "url")
    return {pk: Destination(url, Signer(tuple(secrets.get(pk, ())), platform)) for pk, url in rows.order_by("id")}
