"""Events: stored in the transaction of what they report and delivered by the worker.

`publish` is the outbox: the event and its delivery job commit with the data, or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import orjson
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

DELIVERY_TASK = "deliver_event"
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
        key = f"{handler.__module__}.{handler.__qualname__}"
        if key in done:
            continue
        handler(delivered.event, delivered)
        EventDelivery.objects.bulk_create(
            [EventDelivery(event=record, handler=key, delivered_at=clock.real_now())], ignore_conflicts=True
        )
        ran += 1
    return ran
