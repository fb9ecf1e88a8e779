"""Handlers that cannot wait for the queue get recent events at once; the events' jobs skip what they did."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered, Event
from jiuye.kernel.models import EventDelivery, EventRecord
from tests.factories.databases import unprotected

pytestmark = pytest.mark.django_db
seen: list[int] = []


@dataclass(frozen=True)
class Counted(Event):
    number: int


def note(event: Counted, delivered: Delivered) -> None:
    seen.append(event.number)
    if event.number < 0:
        raise ValueError


HANDLERS = {Counted.name: (note,)}


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    seen.clear()


def happen(*numbers: int) -> None:
    with transaction.atomic():
        events.publish(Actor.system(), *(Counted(number) for number in numbers))


def test_each_event_is_handled_once_in_its_order() -> None:
    happen(1, 2, 3)
    assert [events.deliver_recent(HANDLERS) for _ in range(2)] == [3, 0]
    assert seen == [1, 2, 3]


def test_its_job_skips_what_was_done() -> None:
    happen(1)
    events.deliver_recent(HANDLERS)
    assert events.deliver(EventRecord.objects.get().id, HANDLERS) == 0


def test_what_fails_is_left_to_its_job_and_holds_nothing_up() -> None:
    happen(-1, 2)
    assert events.deliver_recent(HANDLERS) == 1
    assert EventDelivery.objects.count() == 1


def test_older_events_are_left_to_their_jobs() -> None:
    with clock.frozen(clock.real_now() - timedelta(seconds=2 * events.RECENT)):
        happen(1)
    with unprotected("kernel_event"):
        EventRecord.objects.update(id=UUID(int=1))
    assert events.deliver_recent(HANDLERS) == 0
