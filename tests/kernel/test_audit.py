"""The audit log: append-only and chained, so that any change shows (GB/T 22239-2019 §8.1.4.3; bar S13)."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, AuditSeal

pytestmark = pytest.mark.django_db

SOMEBODY = Actor(new_id(), new_id(), "agency", "recruiter", "192.0.2.7")


def write(number: int = 1) -> None:
    for index in range(number):
        audit.record(SOMEBODY, "posting.publish", f"subject-{index}", from_state="draft", count=index)


def tamper(statement: str) -> None:
    """Change the log with its triggers disabled, as somebody with access to the database could."""
    with connection.cursor() as cursor:
        for table in ("kernel_audit", "kernel_audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in ("kernel_audit", "kernel_audit_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


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
    assert audit.verify() is None


def test_an_empty_log_is_whole() -> None:
    assert audit.seal() == 0
    assert audit.verify() is None


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
    assert audit.verify() is None
    tamper(statement)
    assert audit.verify() == place


def test_a_log_replaced_together_with_its_seals_is_found_by_a_seal_kept_elsewhere() -> None:
    write(3)
    audit.seal()
    kept = AuditSeal.objects.get()
    tamper("DELETE FROM kernel_audit; DELETE FROM kernel_audit_seal")
    write(3)
    audit.seal()
    assert audit.verify() is None
    assert audit.verify((kept.position, kept.digest)) == 3


def test_the_command_says_whether_the_log_is_whole() -> None:
    write(2)
    audit.seal()
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    assert "完整" in said.getvalue()
    tamper("DELETE FROM kernel_audit WHERE position = 2")
    with pytest.raises(CommandError, match="第 2 条"):
        call_command("verify_audit")
