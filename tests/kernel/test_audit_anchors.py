"""Heads of the audit chain outside the database show what somebody with all rights in it did (S13)."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from jiuye.domains.accounts.models import User
from jiuye.kernel import audit, audit_anchors, audit_check
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, AuditSeal
from jiuye.worker import tasks
from tests.factories import accounts, organisations
from tests.factories.databases import unprotected

pytestmark = pytest.mark.django_db

SOMEBODY = Actor(new_id(), new_id(), "agency", "recruiter", "192.0.2.7")


def write(number: int) -> None:
    """Entries, sealed and anchored by the worker's task."""
    for index in range(number):
        audit.record(SOMEBODY, "posting.publish", f"subject-{index}")
    tasks.seal_audit(0)


def as_owner(*statements: str) -> None:
    with unprotected("kernel_audit", "kernel_audit_seal"), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def truncate() -> None:
    as_owner("TRUNCATE kernel_audit, kernel_audit_seal")


def truncate_and_go_on() -> None:
    truncate()
    write(9)


def truncate_entries_only() -> None:
    as_owner("TRUNCATE kernel_audit")


def cut_off_with_seals() -> None:
    """What is left is also what an older dump holds."""
    as_owner("DELETE FROM kernel_audit WHERE position > 3", "DELETE FROM kernel_audit_seal WHERE position > 3")


def roll_back_and_go_on() -> None:
    cut_off_with_seals()
    write(4)


def compute_again() -> None:
    """One entry is changed, and the whole chain is sealed again as the product would."""
    as_owner(
        "UPDATE kernel_audit SET action = 'posting.withdraw' WHERE position = 2",
        "UPDATE kernel_audit SET position = NULL, digest = ''",
        "DELETE FROM kernel_audit_seal",
    )
    audit.seal(limit=3)
    audit.seal()


ATTACKS: dict[str, tuple[Callable[[], None], str, int]] = {
    "everything truncated": (truncate, "被清空", 1),
    "truncated, then written again": (truncate_and_go_on, "被改写后重新计算", 3),
    "the entries truncated, not the seals": (truncate_entries_only, "末尾被截断", 1),
    "the end cut off with its seals, or an older dump": (cut_off_with_seals, "恢复成了较早的备份", 4),
    "an older dump, then written again": (roll_back_and_go_on, "恢复成较早的备份后继续写入", 6),
    "the chain computed again": (compute_again, "被改写后重新计算", 3),
}


@pytest.mark.parametrize(("attack", "told", "position"), ATTACKS.values(), ids=ATTACKS)
def test_each_attack_is_found_and_said_by_command_and_page(
    attack: Callable[[], None], told: str, position: int
) -> None:
    write(3)
    write(3)
    assert audit_check.check().fault == ""
    attack()
    report = audit_check.check()
    assert told in report.fault
    assert report.position == position
    with pytest.raises(CommandError, match=told):
        call_command("verify_audit")
    operator = accounts.browser(User.objects.get(pk=organisations.operator("audit_admin").person_id))
    assert told in operator.get("/ops/audit").content.decode()


@pytest.mark.parametrize("attack", [truncate, cut_off_with_seals, compute_again])
def test_without_anchors_these_would_go_unseen(attack: Callable[[], None]) -> None:
    write(3)
    write(3)
    for path in Path(settings.AUDIT_ANCHORS).iterdir():
        path.unlink()
    attack()
    assert audit_check.check().fault == ""


def test_anchors_that_disappear_are_missed() -> None:
    write(3)
    assert audit_check.check().warnings == ()
    for path in Path(settings.AUDIT_ANCHORS).iterdir():
        path.unlink()
    with unprotected("kernel_audit_seal"), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_audit_seal SET sealed_at = sealed_at - interval '1 hour'")
    assert "从第 3 条起没有库外锚点" in audit_check.check().warnings[0]


def test_a_head_is_kept_once_and_an_idle_minute_adds_nothing() -> None:
    write(2)
    tasks.seal_audit(0)
    assert [str(one) for one in audit_anchors.kept().anchors] == [str(audit_anchors.head())]


def test_a_folder_that_cannot_be_written_stops_no_sealing_and_is_caught_up(tmp_path: Path) -> None:
    folder = settings.AUDIT_ANCHORS
    settings.AUDIT_ANCHORS = tmp_path / "file"
    settings.AUDIT_ANCHORS.write_text("not a folder")
    write(2)
    assert AuditSeal.objects.count() == 1
    settings.AUDIT_ANCHORS = folder
    tasks.seal_audit(0)
    assert audit_anchors.kept().anchors[-1].position == 2


def test_a_line_cut_by_a_crash_damages_no_later_one() -> None:
    write(1)
    (path,) = Path(settings.AUDIT_ANCHORS).iterdir()
    with path.open("ab") as file:
        file.write(b'{"at": "2026-')
    write(1)
    kept = audit_anchors.kept()
    assert [one.position for one in kept.anchors] == [1, 2]
    assert kept.damaged == 1
    assert "1 行读不出来" in audit_check.check().warnings[0]


def test_each_line_is_on_the_disk_before_the_job_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    write(1)
    assert len(synced) == 2  # the file, and the folder that it is new in


def test_a_restoration_is_accepted_for_a_reason_and_stays_visible() -> None:
    write(3)
    write(3)
    cut_off_with_seals()
    call_command("verify_audit", restored="磁盘损坏，从 11 月 29 日的备份恢复", stdout=io.StringIO())
    write(4)
    report = audit_check.check()
    assert report.fault == ""
    assert [one.restored for one in report.restorations] == ["磁盘损坏，从 11 月 29 日的备份恢复"]
    compute_again()
    assert "被改写" in audit_check.check().fault


def test_a_head_on_paper_is_compared_too() -> None:
    write(3)
    said = io.StringIO()
    call_command("verify_audit", head=True, stdout=said)
    paper = said.getvalue().strip()
    for path in Path(settings.AUDIT_ANCHORS).iterdir():
        path.unlink()
    call_command("verify_audit", anchor=paper, stdout=said)
    truncate()
    with pytest.raises(CommandError, match="被清空"):
        call_command("verify_audit", anchor=paper)


def test_anchors_name_nobody() -> None:
    write(1)
    (path,) = Path(settings.AUDIT_ANCHORS).iterdir()
    text = path.read_text()
    entry = AuditEntry.objects.get()
    assert str(entry.actor_person_id) not in text
    assert entry.ip not in text
