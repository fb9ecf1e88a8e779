"""Put messages into the queues of endpoints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.db.models import Q, QuerySet

from jiuye.domains.clients.models import ApiClient
from jiuye.domains.clients.states import Mode
from jiuye.kernel import clock, worlds
from jiuye.kernel.events import Delivered
from jiuye.kernel.ids import new_id
from jiuye.webhooks.catalogue import covers
from jiuye.webhooks.models import Endpoint, Message

_BATCH = 1000
_wakers: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Told:
    """What endpoints are told: the type, what it is about, and `data` (ids)."""

    type: str
    subject_id: UUID
    data: Mapping[str, Any]


def has_endpoints() -> bool:
    """Return whether anybody listens in the current world. One query."""
    return _listening().exists()


def tell(agency_id: UUID, told: Sequence[Told], delivered: Delivered) -> int:
    """Queue messages for the endpoints of an agency in the current world. Return how many. Idempotent."""
    mine = _listening() if worlds.is_test() else _listening().filter(agency_id=agency_id)
    if not mine.exists():
        return 0
    with transaction.atomic():
        count = sum(
            _queue(endpoint, told, delivered.id, delivered.occurred_at)
            for endpoint in mine.select_for_update(of=("self",)).order_by("id")
        )
        transaction.on_commit(wake)
    return count


def add(endpoint: Endpoint, told: Told, *, event_id: UUID, occurred_at: datetime, is_test: bool = False) -> Message:
    """Queue one message for a locked endpoint, whatever types it chose; for test events."""
    message = _message(endpoint, told, event_id, occurred_at, is_test=is_test)
    message.save(force_insert=True)
    endpoint.save(update_fields=["sequence"])
    transaction.on_commit(wake)
    return message


def wake() -> None:
    """Tell the dispatcher of this process, if there is one, that something is due. Others look twice a second."""
    for one in _wakers:
        one()


def on_wake(waker: Callable[[], None]) -> Callable[[], None]:
    """Register a function for `wake`; return one that removes it."""
    _wakers.append(waker)
    return lambda: _wakers.remove(waker)


def _listening() -> QuerySet[Endpoint]:
    """Return the endpoints of the current world: of live data, or of the test data of a client."""
    client_id = worlds.current_client()
    rows = Endpoint.objects.filter(deleted_at=None)
    if client_id is None:
        return rows.filter(mode=Mode.LIVE)
    own_agency = Q(client=None, agency__in=ApiClient.objects.filter(pk=client_id).values("agency_id"))
    return rows.filter(Q(client_id=client_id) | own_agency, mode=Mode.TEST)


def _queue(endpoint: Endpoint, told: Sequence[Told], event_id: UUID, occurred_at: datetime) -> int:
    wanted = [one for one in told if covers(endpoint.types, one.type)]
    known = set(Message.objects.filter(endpoint=endpoint, event_id=event_id).values_list("subject_id", flat=True))
    fresh = [one for one in wanted if one.subject_id not in known]
    if fresh:
        rows = [_message(endpoint, one, event_id, occurred_at) for one in fresh]
        Message.objects.bulk_create(rows, batch_size=_BATCH)
        endpoint.save(update_fields=["sequence"])
    return len(fresh)


def _message(
    endpoint: Endpoint, told: Told, event_id: UUID, occurred_at: datetime, *, is_test: bool = False
) -> Message:
    endpoint.sequence += 1
    moment = clock.real_now()
    payload = {
        "type": told.type,
        "timestamp": occurred_at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "mode": endpoint.mode,
        "sequence": endpoint.sequence,
        "endpoint_id": endpoint.id,
        "is_test": is_test,
        "data": dict(told.data),
    }
    return Message(
        id=new_id(), endpoint=endpoint, event_id=event_id, subject_id=told.subject_id, type=told.type,
        sequence=endpoint.sequence, body=orjson.dumps(payload).decode(), occurred_at=occurred_at, created_at=moment,
        due_at=moment,
    )  # fmt: skip
