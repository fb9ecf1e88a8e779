"""Rows of several tables in one statement, prepared statements, and recovery after the server restarts."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Consent, LoginCode, User
from jiuye.kernel import database
from jiuye.kernel.models import AuditEntry, RateCounter
from tests.factories import accounts

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def person(**given: object) -> User:
    return User(**{"name": "林小满", "phone": "13800008888", "phone_index": uuid4().hex, "created_at": MOMENT, **given})


def consent(user: User) -> Consent:
    return Consent(user_id=user.id, kind="privacy", scope={"a": [1, "二"]}, text_version="1", given_at=MOMENT)


def counter(key: str = "k") -> RateCounter:
    return RateCounter(key=key, window=1, count=1, expires_at=MOMENT)


@pytest.mark.django_db
class TestInserting:
    def test_rows_of_several_tables_are_one_statement(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        user = person()
        rows = [consent(user), user, counter()]
        with django_assert_num_queries(1):
            database.insert(*rows)
        assert not any(row._state.adding for row in rows)
        assert (User.objects.count(), Consent.objects.count(), RateCounter.objects.count()) == (1, 1, 1)

    def test_values_are_stored_as_the_orm_would_store_them(self) -> None:
        user = person()
        code = LoginCode(
            purpose="login", phone_index="p", binding="b", digest="d", created_at=MOMENT, expires_at=MOMENT
        )
        database.insert(user, consent(user), code)
        read = User.objects.get()
        assert (read.id, read.name, read.phone, read.created_at) == (user.id, "林小满", "13800008888", MOMENT)
        assert read.erased_at is None
        assert Consent.objects.get().scope == {"a": [1, "二"]}
        assert (LoginCode.objects.get().checks, LoginCode.objects.get().delivery) == (0, "queued")

    def test_two_rows_of_one_table_and_automatic_keys(self) -> None:
        entries = [AuditEntry(occurred_at=MOMENT, action=f"a.{number}") for number in range(2)]
        database.insert(*entries)
        assert AuditEntry.objects.values("id").distinct().count() == 2

    def test_very_many_rows_are_written_too(self) -> None:
        database.insert(*(counter(str(number)) for number in range(100)), person())
        assert (RateCounter.objects.count(), User.objects.count()) == (100, 1)

    def test_a_broken_constraint_is_named_and_nothing_is_kept(self) -> None:
        with pytest.raises(IntegrityError, match="one_counter_per_key_and_window"), transaction.atomic():
            database.insert(person(), counter(), counter())
        assert not User.objects.exists()

    def test_a_select_may_go_with_them(self) -> None:
        database.insert(counter(), then="SELECT pg_notify(%s, %s)", parameters=["channel", "payload"])
        assert RateCounter.objects.exists()

    def test_repeating_it_prepares_nothing_again(self) -> None:
        for number in range(5):
            database.insert(counter(str(number)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%INTO \"kernel_rate%'")
            assert cursor.fetchone()[0] <= 1


@pytest.mark.django_db
def test_a_prepared_statement_takes_its_parameters_from_the_server() -> None:
    for number in range(4):
        with database.prepared() as cursor:
            cursor.execute("SELECT %s::int + 1, %s::text", [number, "'; DROP TABLE x"])
            assert cursor.fetchone() == (number + 1, "'; DROP TABLE x")


@pytest.mark.django_db(transaction=True)
def test_after_the_server_dropped_the_connections_one_request_is_told_to_wait_and_the_next_are_served() -> None:
    browser = accounts.browser(accounts.seeker())
    assert browser.get("/me/applications").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    waiting = browser.get("/me/applications")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (503, "2")
    assert browser.get("/me/applications").status_code == 200


@pytest.mark.django_db
def test_clearing_away_broken_connections_leaves_good_ones_alone() -> None:
    user = accounts.seeker()
    database.discard_broken()
    assert User.objects.filter(pk=user.id).exists()
    assert Client().get("/readyz").status_code == 200
