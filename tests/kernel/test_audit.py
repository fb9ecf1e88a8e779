"""The audit log: append-only and chained, so that any change shows (GB/T 22239-2019 §8.1.4.3; bar S13)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from jiuye.kernel import audit, audit_check, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, AuditSeal, EventRecord
from tests.factories.databases import unprotected

pytestmark = pytest.mark.django_db

SOMEBODY = Actor(new_id(), new_id(), "agency", "recruiter", "192.0.2.7")


def write(number: int = 1) -> None:
    for index in range(number):
        audit.record(SOMEBODY, "posting.publish", f"subject-{index}", from_state="draft", count=index)


def tamper(statement: str) -> None:
    """Change the log with its triggers disabled, as the owner of the tables could."""
    with unprotected("kernel_audit", "kernel_audit_seal"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_says_who_did_what_to_what_from_where_and_in_which_role() -> None:
    subject = new_id()
    audit.record(SOMEBODY, "application.view", subject, posting=new_id())
    entry = AuditEntry.objects.get()
    assert (entry.actor_person_id, entry.actor_organisation_id) == (SOMEBODY.person_id, SOMEBODY.organisation_id)
    assert (entry.actor_role, entry.ip) == ("recruiter", "192.0.2.7")
    assert (entry.action, entry.subject_id) == ("application.view", str(subject))
    assert isinstance(entry.detail["posting"], str)


def test_an_entry_of_what_was_rolled_back_is_rolled_back_too() -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.update(action="nothing.happened"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.update(position=1, digest="f" * 64),
    ],
)
def test_sealed_entries_can_be_neither_changed_nor_deleted_nor_sealed_again(change: Callable[[], object]) -> None:
    write(2)
    audit.seal()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()


def test_an_entry_not_yet_sealed_can_only_be_sealed() -> None:
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(ip="203.0.113.9")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(position=1, digest="f" * 64, ip="203.0.113.9")


@pytest.mark.parametrize(
    "change", [lambda: AuditSeal.objects.update(digest=""), lambda: AuditSeal.objects.all().delete()]
)
def test_seals_stay(change: Callable[[], object]) -> None:
    write()
    audit.seal()
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        change()


def test_sealing_chains_every_entry_once_in_order() -> None:
    write(5)
    assert [audit.seal(limit=3), audit.seal(limit=3), audit.seal(limit=3)] == [3, 2, 0]
    positions = AuditEntry.objects.order_by("id").values_list("position", flat=True)
    assert list(positions) == [1, 2, 3, 4, 5]
    assert list(AuditSeal.objects.order_by("position").values_list("position", flat=True)) == [3, 5]
    assert audit_check.check().fault == ""


def test_an_empty_log_is_whole() -> None:
    assert audit.seal() == 0
    assert audit_check.check().fault == ""


TAMPERING = {
    "an action": ("UPDATE kernel_audit SET action = 'posting.withdraw' WHERE position = 3", 3),
    "a person": ("UPDATE kernel_audit SET actor_person_id = NULL WHERE position = 1", 1),
    "a time": ("UPDATE kernel_audit SET occurred_at = occurred_at - interval '1 second' WHERE position = 2", 2),
    "a detail": ("UPDATE kernel_audit SET detail = '{}' WHERE position = 4", 4),
    "an entry taken out": ("DELETE FROM kernel_audit WHERE position = 3", 3),
    "the end cut off": ("DELETE FROM kernel_audit WHERE position > 3", 4),
    "everything gone": ("DELETE FROM kernel_audit", 1),
    "two entries swapped": (
        (
            "UPDATE kernel_audit SET position = -1 WHERE position = 2; UPDATE kernel_audit SET position = 2 WHERE position = 4"
            "; UPDATE kernel_audit SET position = 4 WHERE position = -1"
        ),
        2,
    ),
}


@pytest.mark.parametrize(("statement", "place"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found_at_its_place(statement: str, place: int) -> None:
    write(5)
    audit.seal()
    assert audit_check.check().fault == ""
    tamper(statement)
    assert audit_check.check().position == place


@pytest.mark.parametrize(
    "table", ["kernel_audit", "kernel_audit_seal", "kernel_row_version", "kernel_event", "applications_application"]
)
def test_neither_the_log_nor_a_ledger_can_be_truncated(table: str) -> None:
    with pytest.raises(DatabaseError, match="is never truncated"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_the_triggers_fire_for_sessions_that_replicate_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal"
        )
        found = set(cursor.fetchall())
    assert {
        ("kernel_audit", "audit_is_append_only"),
        ("kernel_audit", "never_truncated"),
        ("kernel_audit_seal", "audit_seals_stay"),
        ("kernel_row_version", "row_versions_are_kept"),
        ("kernel_event", "events_stay"),
        ("applications_resumesnapshot", "never_truncated"),
    } <= found


@pytest.mark.parametrize(
    "change", [lambda: EventRecord.objects.update(payload={}), lambda: EventRecord.objects.all().delete()]
)
def test_events_stay_for_three_years(change: Callable[[], object]) -> None:
    moment = clock.now()
    EventRecord.objects.create(name="Happened", payload={}, occurred_at=moment - timedelta(days=3 * 365 - 2))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change()
    assert events.forget_expired() == 0
    EventRecord.objects.create(name="Happened", payload={}, occurred_at=moment - events.KEPT - timedelta(days=1))
    assert events.forget_expired() == 1
