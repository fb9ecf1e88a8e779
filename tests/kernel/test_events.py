"""The outbox: events are stored with their rows or not at all, and each handler runs once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from procrastinate.sql import queries
from procrastinate.types import JobToDefer

from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered, Event
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import EventDelivery, EventRecord, RateCounter

ACTOR = Actor(person_id=new_id())


@dataclass(frozen=True)
class KettleBoiled(Event):
    """An event for these tests."""

    kettle_id: UUID
    degrees: int
    place: str = "kitchen"


class Queue:
    """The delivery jobs queued since it was made."""

    def __init__(self) -> None:
        self._last = max((job for job, *_ in self._jobs(after=0)), default=0)

    def event_ids(self) -> list[str]:
        """In order."""
        jobs = self._jobs(after=self._last)
        assert all(rest == ["events", "todo"] for _, _, *rest in jobs)
        return [event_id for _, event_id, *_ in jobs]

    def _jobs(self, after: int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, args->>'event_id', queue_name, status FROM procrastinate_jobs "
                "WHERE task_name = %s AND id > %s ORDER BY id",
                [events.DELIVERY_TASK, after],
            )
            return cursor.fetchall()


@pytest.fixture
def queue(db: None) -> Queue:
    return Queue()


def stored() -> QuerySet[EventRecord]:
    """The events of these tests."""
    return EventRecord.objects.filter(actor_person_id=ACTOR.person_id)


def boil(degrees: int = 100) -> EventRecord:
    with transaction.atomic():
        events.publish(ACTOR, KettleBoiled(kettle_id=new_id(), degrees=degrees))
    return stored().latest("id")


class Handler:
    """A handler that records its calls and fails a given number of times."""

    __module__ = "tests.kernel"

    def __init__(self, name: str, failures: int = 0) -> None:
        self.__qualname__ = name
        self.failures = failures
        self.heard: list[Any] = []

    def __call__(self, event: Any, delivered: Delivered) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        self.heard.append((event, delivered))


@pytest.mark.django_db
class TestPublishing:
    def test_an_event_is_stored_with_who_and_one_delivery_job(self, queue: Queue) -> None:
        record = boil(98)
        assert (record.name, record.actor_person_id) == ("KettleBoiled", ACTOR.person_id)
        assert record.payload["degrees"] == 98
        assert queue.event_ids() == [str(record.id)]

    def test_several_events_are_queued_in_order(self, queue: Queue) -> None:
        happened = [KettleBoiled(kettle_id=new_id(), degrees=number) for number in range(3)]
        with transaction.atomic():
            events.publish(ACTOR, *happened)
        assert queue.event_ids() == [str(record.id) for record in stored().order_by("payload__degrees")]

    def test_no_event_is_no_job(self, queue: Queue) -> None:
        with transaction.atomic():
            events.publish(ACTOR)
        assert queue.event_ids() == []

    def test_very_many_at_once_are_all_there(self, queue: Queue) -> None:
        happened = [KettleBoiled(kettle_id=new_id(), degrees=number) for number in range(300)]
        with transaction.atomic():
            events.publish(ACTOR, *happened)
        assert stored().count() == len(queue.event_ids()) == 300

    def test_rows_that_go_with_it_are_written_in_the_same_statement(self) -> None:
        row = RateCounter(key=str(new_id()), window=1, count=1, expires_at=events.clock.now())
        with transaction.atomic():
            events.publish(ACTOR, KettleBoiled(kettle_id=new_id(), degrees=1), rows=[row])
        assert RateCounter.objects.filter(key=row.key).exists()
        assert not row._state.adding

    def test_when_the_transaction_fails_there_is_neither_event_nor_job(self, queue: Queue) -> None:
        with transaction.atomic():
            events.publish(ACTOR, KettleBoiled(kettle_id=new_id(), degrees=1))
            transaction.set_rollback(True)
        assert not stored().exists()
        assert queue.event_ids() == []


def test_the_queue_is_written_by_private_parts_of_procrastinate() -> None:
    """Its public `configure_task().defer()` is a statement, and so a round trip, of its own. These parts may change with any
    release, so `pyproject.toml` admits versions below 4 only."""
    assert queries["defer_jobs"].count("%(jobs)s") == 1
    assert JobToDefer._fields == (
        "queue_name", "task_name", "priority", "lock", "queueing_lock", "args", "scheduled_at",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_published() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        events.publish(ACTOR, KettleBoiled(kettle_id=new_id(), degrees=1))
    assert not stored().exists()


@pytest.mark.django_db
class TestDelivering:
    def test_every_handler_hears_of_it_with_its_types_restored(self) -> None:
        record = boil()
        handler = Handler("h")
        assert events.deliver(record.id, {"KettleBoiled": (handler,)}) == 1
        ((event, delivered),) = handler.heard
        assert event == KettleBoiled(kettle_id=UUID(record.payload["kettle_id"]), degrees=100)
        assert (delivered.id, delivered.actor.person_id) == (record.id, ACTOR.person_id)

    def test_delivering_again_runs_nothing_again(self) -> None:
        record = boil()
        handlers = {"KettleBoiled": (Handler("one"), Handler("two"))}
        assert [events.deliver(record.id, handlers) for _ in range(3)] == [2, 0, 0]
        assert EventDelivery.objects.filter(event=record).count() == 2

    def test_a_handler_that_fails_is_tried_again_and_those_before_it_are_not(self) -> None:
        record = boil()
        first, second, third = Handler("first"), Handler("second", failures=1), Handler("third")
        handlers = {"KettleBoiled": (first, second, third)}
        with pytest.raises(ConnectionError):
            events.deliver(record.id, handlers)
        assert events.deliver(record.id, handlers) == 2
        assert [len(one.heard) for one in (first, second, third)] == [1, 1, 1]

    def test_a_handler_added_later_hears_when_it_is_delivered_again(self) -> None:
        record = boil()
        events.deliver(record.id, {"KettleBoiled": (Handler("old"),)})
        new = Handler("new")
        events.deliver(record.id, {"KettleBoiled": (Handler("old"), new)})
        assert len(new.heard) == 1

    def test_an_event_that_is_gone_or_that_nobody_hears_of_is_no_fault(self) -> None:
        assert events.deliver(new_id(), {}) == 0
        assert events.deliver(boil().id, {}) == 0

    def test_the_payload_is_plain_json(self) -> None:
        assert orjson.loads(orjson.dumps(boil().payload))["place"] == "kitchen"
