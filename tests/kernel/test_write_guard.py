"""GET never writes: the database refuses during a safe request (RFC 9110 §9.2.1)."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from jiuye.kernel import audit, clock, database, events, rate_limits
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import AuditEntry, RateCounter
from jiuye.kernel.write_guard import WriteInSafeRequest, no_writes, writes_allowed

pytestmark = pytest.mark.django_db


def counter(key: str = "k") -> RateCounter:
    return RateCounter(key=key, window=1, count=1, expires_at=clock.now())


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


WRITES: dict[str, Callable[[], object]] = {
    "a new row": lambda: counter().save(),
    "many rows": lambda: RateCounter.objects.bulk_create([counter()]),
    "a change": lambda: RateCounter.objects.update(count=2),
    "a deletion": lambda: RateCounter.objects.all().delete(),
    "rows written together": lambda: database.insert(counter()),
    "an audit entry": lambda: audit.record(Actor.system(), "a.b"),
    "plain SQL": lambda: run("  insert INTO kernel_ratecounter VALUES (1)"),
    "a deletion behind WITH": lambda: run("WITH x AS (DELETE FROM kernel_ratecounter RETURNING 1) SELECT * FROM x"),
    "TRUNCATE": lambda: run("TRUNCATE kernel_ratecounter"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_writing_in_a_safe_request_is_a_fault_of_the_program(write: Callable[[], object]) -> None:
    with no_writes(), pytest.raises(WriteInSafeRequest), transaction.atomic():
        write()
    assert not RateCounter.objects.exists()
    assert not AuditEntry.objects.exists()


def test_reading_is_free_also_with_words_that_sound_like_writing() -> None:
    with no_writes():
        assert not RateCounter.objects.filter(key="INSERT INTO").exists()
        run("WITH x AS (SELECT 'delete from y' AS update) SELECT * FROM x")
        with database.prepared() as cursor:
            cursor.execute("SELECT %s::text", ["update"])
            assert cursor.fetchone() == ("update",)


def test_counters_may_be_written_where_that_is_said() -> None:
    with no_writes():
        rate_limits.hit("k", limit=3, seconds=60)
        with writes_allowed():
            counter("other").save()
        with pytest.raises(WriteInSafeRequest), transaction.atomic():
            counter("third").save()
    assert RateCounter.objects.count() == 2


def test_after_a_safe_request_writing_is_free_again() -> None:
    with no_writes():
        pass
    counter().save()


def test_queueing_a_job_in_a_safe_request_is_refused() -> None:
    with no_writes(), pytest.raises(WriteInSafeRequest), transaction.atomic():
        database.insert(then=events._DEFER, parameters=[[]])
