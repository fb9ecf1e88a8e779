"""Write the feed soon after each commit, without waiting for the queue: events are read from their table, many at a time.

Their delivery jobs remain: what a stopped worker missed, its queue still holds, and the handlers there skip what is done here.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from itertools import groupby
from uuid import UUID

from jiuye.changes import handlers, writer
from jiuye.kernel import clock, events, worlds
from jiuye.kernel.errors import NotFound
from jiuye.kernel.models import EventDelivery, EventRecord
from jiuye.kernel.repeating import repeating

EVERY = 0.1
_MOST = 1000
_NOTE = f"{handlers.note.__module__}.{handlers.note.__qualname__}"


def follow() -> int:
    """Note what recent events report, and write it. Return the number of events."""
    records = _undelivered()
    if records:
        for client_id, some in groupby(sorted(records, key=_world), key=_world):
            with suppress(NotFound):  # the client has no test data any more
                _note(UUID(client_id) if client_id else None, some)
        moment = clock.real_now()
        EventDelivery.objects.bulk_create(
            [EventDelivery(event=one, handler=_NOTE, delivered_at=moment) for one in records], ignore_conflicts=True
        )
    writer.drain()
    return len(records)


def _world(record: EventRecord) -> str:
    return str(record.test_client_id or "")


def _note(client_id: UUID | None, records: Iterable[EventRecord]) -> None:
    with worlds.of_client(client_id):
        changed: dict[str, set[UUID]] = {}
        for record in records:
            kind, ids = handlers.changed_by(events.restore(record).event)
            changed.setdefault(kind, set()).update(ids)
        for kind, found in sorted(changed.items()):
            handlers.note_pending(kind, found)


def _undelivered() -> list[EventRecord]:
    since = events.recently()
    recent = EventRecord.objects.filter(pk__gt=since, name__in=handlers.FOLLOWED)
    done = EventDelivery.objects.filter(handler=_NOTE, event_id__gt=since).values("event_id")
    return list(recent.exclude(pk__in=done).order_by("pk")[:_MOST])


def running() -> AbstractContextManager[None]:
    """Follow events on a thread of its own within the block."""
    return repeating("changes", follow, every=EVERY)
