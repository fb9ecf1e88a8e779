"""Events: stored in the transaction of what they report and delivered by the worker.

`publish` is the outbox: the event and its delivery job commit with the data, or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import orjson
import structlog
from django.db import transaction
from django.db.models import Model
from procrastinate.sql import queries
from procrastinate.types import JobToDefer
from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from jiuye.kernel import clock, database, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.models import EventDelivery, EventRecord

log = structlog.get_logger("events")
DELIVERY_TASK = "deliver_event"
KEPT = timedelta(days=3 * 366)
"""网络招聘服务管理规定: records of recruitment are kept for at least three years."""
RECENT = 30.0
"""Seconds for which an event may wait for the end of its transaction and still be found by `deliver_recent`."""
_MOST_RECENT = 500
_QUEUE = "events"
_DEFER = queries["defer_jobs"].replace("%(jobs)s", "%s")
_classes: dict[str, type["Event"]] = {}


@dataclass(frozen=True)
class Event:
    """Base of every event: a frozen dataclass named in the past tense, holding ids and plain values."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = cls.__name__
        _classes[cls.__name__] = cls


@dataclass(frozen=True)
class Delivered:
    """What a handler receives: the event, its actor and its time."""

    id: UUID
    event: Event
    actor: Actor
    occurred_at: Any


Handler = Callable[[Any, Delivered], None]


def publish(actor: Actor, *happened: Event, rows: Sequence[Model] = ()) -> None:
    """Store events and defer their delivery in the open transaction. Raise RuntimeError outside of one.

    `rows` are new rows to insert with them. Events, rows and Procrastinate's jobs are written by one statement.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("events are published inside the transaction of what happened")
    moment = clock.now()
    records = [
        EventRecord(
            name=event.name,
            payload=orjson.loads(orjson.dumps(event)),
            actor_person_id=actor.person_id,
            actor_organisation_id=actor.organisation_id,
            actor_client_id=actor.client_id,
            occurred_at=moment,
        )
        for event in happened
    ]
    if records:
        jobs = [
            JobToDefer(_QUEUE, DELIVERY_TASK, 0, None, None, Jsonb({"event_id": str(record.id)}), None)  # type: ignore[arg-type]
            for record in records
        ]
        database.insert(*rows, *records, then=_DEFER, parameters=[jobs])


def restore(record: EventRecord) -> Delivered:
    """Return the event of a stored row."""
    event = TypeAdapter(_classes[record.name]).validate_python(record.payload)
    actor = Actor(
        person_id=record.actor_person_id,
        organisation_id=record.actor_organisation_id,
        client_id=record.actor_client_id,
    )
    return Delivered(record.id, event, actor, record.occurred_at)


def deliver(event_id: UUID, handlers: Mapping[str, Iterable[Handler]]) -> int:
    """Run the handlers of a stored event that have not run yet, in the event's world; each is marked done after its effect.

    Return how many ran. If a handler raises, it and the handlers after it run at the job's next attempt.
    """
    record = EventRecord.objects.filter(pk=event_id).first()
    if record is None:
        return 0
    try:
        world = worlds.world_of(record.test_client_id)
    except NotFound:  # the test data were deleted meanwhile
        return 0
    with worlds.entered(world):
        return _run(record, handlers.get(record.name, ()))


def _run(record: EventRecord, handlers: Iterable[Handler]) -> int:
    done = set(EventDelivery.objects.filter(event=record).values_list("handler", flat=True))
    delivered = restore(record)
    ran = 0
    for handler in handlers:
        key = _key(handler)
        if key in done:
            continue
        handler(delivered.event, delivered)
        EventDelivery.objects.bulk_create(
            [EventDelivery(event=record, handler=key, delivered_at=clock.real_now())], ignore_conflicts=True
        )
        ran += 1
    return ran


def recently() -> UUID:
    """Return the id before those of recent events: they are in order of time (UUIDv7)."""
    return UUID(int=int((clock.real_now().timestamp() - RECENT) * 1000) << 80)


def deliver_recent(handlers: Mapping[str, Iterable[Handler]]) -> int:
    """Run handlers for recent events without waiting for the events' jobs: read many at a time. Return how many ran.

    The jobs remain: they skip what is done here, and do what failed here or was committed later than `RECENT` allows.
    """
    keys = {name: [(handler, _key(handler)) for handler in some] for name, some in handlers.items()}
    since, every = recently(), [key for some in keys.values() for _, key in some]
    records = EventRecord.objects.filter(pk__gt=since, name__in=keys).order_by("pk")[:_MOST_RECENT]
    found = EventDelivery.objects.filter(event_id__gt=since, handler__in=every)
    done = set(found.values_list("event_id", "handler"))
    ran: list[EventDelivery] = []
    for record in records:
        waiting = [(handler, key) for handler, key in keys[record.name] if (record.id, key) not in done]
        if waiting and _run_some(record, waiting):
            moment = clock.real_now()
            ran += [EventDelivery(event=record, handler=key, delivered_at=moment) for _, key in waiting]
    EventDelivery.objects.bulk_create(ran, ignore_conflicts=True)
    return len(ran)


def _run_some(record: EventRecord, waiting: Iterable[tuple[Handler, str]]) -> bool:
    """Run handlers in the event's world; return whether all ran. Its job runs them again if not."""
    try:
        with worlds.of_client(record.test_client_id):
            delivered = restore(record)
            for handler, _ in waiting:
                handler(delivered.event, delivered)
    except Exception as error:
        log.warning("left to the event's job", event_name=record.name, error=type(error).__name__)
        return False
    return True


def _key(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"


def forget_expired(*, limit: int = 50_000) -> int:
    """Delete events older than `KEPT` with their deliveries, at most `limit`. Return how many. The table refuses earlier deletion."""
    old = EventRecord.objects.filter(occurred_at__lt=clock.real_now() - KEPT).order_by("occurred_at")
    ids = list(old.values_list("pk", flat=True)[:limit])
    EventDelivery.objects.filter(event_id__in=ids).delete()
    return EventRecord.objects.filter(pk__in=ids).delete()[0]
