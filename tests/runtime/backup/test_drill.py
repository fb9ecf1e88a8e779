"""The drill: an installation is backed up while people write, restored elsewhere, and compared (R5)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from jiuye.runtime.backup import facts
from jiuye.runtime.backup.container import Reader
from jiuye.runtime.data_folder import DataFolder
from tests.runtime.backup.installation import Installation

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]
ADDED_BY_THE_RESTORE = {"kernel_audit", "kernel_audit_seal", "runtime_milestone", "django_migrations"}


A_LATER_ANCHOR = f'{{"at": "2026-01-01T00:00:00+00:00", "position": 1000000, "digest": "{"f" * 64}"}}'
"""What was sealed after the backup and is not in it."""


@contextmanager
def people_writing(source: Installation) -> Iterator[None]:
    """Files come and go, with their rows, and rows are written, as fast as one process can."""
    over = threading.Event()

    def write() -> None:
        with psycopg.connect(source.dsn, autocommit=True) as connection:
            number = 0
            while not over.is_set():
                number += 1
                key = f"sealed/drill/{number}.bin"
                path = source.data.path / "files" / key
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(b"%d" % number)
                connection.execute(
                    "INSERT INTO kernel_sealed_file (key, data_key, algorithm, content_type, size, created_at)"
                    " VALUES (%s, '', 'aes-256-gcm', 'application/octet-stream', 1, now())",
                    [key],
                )
                if number > 40:
                    old = f"sealed/drill/{number - 40}.bin"
                    connection.execute("DELETE FROM kernel_sealed_file WHERE key = %s", [old])
                    (source.data.path / "files" / old).unlink()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


@pytest.fixture(scope="module")
def backup(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that was made while people were writing."""
    path = tmp_path_factory.mktemp("backups") / "jiuye.backup"
    with people_writing(source):
        assert source.run("backup", path) == 0
    return path


@pytest.fixture(scope="module")
def restored(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """What was restored from it, on an embedded server of its own."""
    installation = Installation(DataFolder(tmp_path_factory.mktemp("restored")))
    anchors = installation.data.path / "anchors"
    anchors.mkdir()
    (anchors / "audit-2026-01.jsonl").write_text(f"{A_LATER_ANCHOR}\n")
    assert installation.run("restore", backup) == 0
    return installation


def test_every_table_is_as_it_was_at_the_moment_of_the_backup(backup: Path, restored: Installation) -> None:
    told = {name: tuple(table) for name, table in Reader(backup).manifest["tables"].items()}
    tables = restored.tables()

    assert len(told) > 100
    assert sum(rows for rows, _ in told.values()) > 1000
    assert {name: table for name, table in tables.items() if name not in ADDED_BY_THE_RESTORE} == {
        name: table for name, table in told.items() if name not in ADDED_BY_THE_RESTORE
    }
    assert tables["kernel_audit"][0] == told["kernel_audit"][0] + 1


def test_a_backup_of_an_older_version_is_migrated(backup: Path, restored: Installation) -> None:
    with restored.address() as dsn, psycopg.connect(dsn) as connection:
        applied = set(facts.applied_migrations(connection))

    assert applied - set(Reader(backup).manifest["migrations"]) == {"policies.0002_row_history"}


def test_what_nobody_changed_is_as_in_the_installation_that_was_backed_up(
    source: Installation, restored: Installation
) -> None:
    changed = {*ADDED_BY_THE_RESTORE, "kernel_sealed_file"}
    assert {name: table for name, table in restored.tables().items() if name not in changed} == {
        name: table for name, table in source.tables().items() if name not in changed
    }


def test_a_single_changed_value_changes_a_checksum(source: Installation) -> None:
    with psycopg.connect(source.dsn) as connection:
        before = facts.contents(connection).tables
        connection.execute("UPDATE accounts_user SET created_at = created_at + interval '1 microsecond' WHERE id ="
                           " (SELECT id FROM accounts_user LIMIT 1)")  # fmt: skip
        after = facts.contents(connection).tables
        connection.rollback()

    assert [name for name in before if before[name] != after[name]] == ["accounts_user"]


def test_every_file_is_there_and_the_same(source: Installation, restored: Installation) -> None:
    before = {name: digest for name, digest in source.files().items() if not name.startswith("sealed/drill/")}
    after = {name: digest for name, digest in restored.files().items() if not name.startswith("sealed/drill/")}

    assert before
    assert after == before


def test_no_file_is_missing_that_a_row_names_although_some_were_deleted_meanwhile(restored: Installation) -> None:
    with restored.address() as dsn, psycopg.connect(dsn) as connection:
        named = {key for (key,) in connection.execute("SELECT key FROM kernel_sealed_file").fetchall()}

    assert any(key.startswith("sealed/drill/") for key in named)
    assert named - set(restored.files()) == set()


def test_a_person_s_file_opens_in_the_restored_installation(restored: Installation) -> None:
    with restored.address() as dsn:
        told = Installation(restored.data, dsn).manage("shell", "-c", OPEN_ALL)
    assert "opened" in told
    assert "opened 0" not in told


OPEN_ALL = (
    "from jiuye.kernel import sealed_files; from jiuye.kernel.models import SealedFile; "
    "keys = [key for key in SealedFile.objects.values_list('key', flat=True) if not key.startswith('sealed/drill/')]; "
    "print('opened', sum(bool(sealed_files.read(key)) for key in keys))"
)


def test_the_restore_is_in_the_audit_log_and_the_chain_is_whole(restored: Installation, backup: Path) -> None:
    head = Reader(backup).manifest["audit"]
    with restored.address() as dsn:
        with psycopg.connect(dsn) as connection:
            row = connection.execute("SELECT detail FROM kernel_audit WHERE action = 'platform.restore'").fetchone()
        told = Installation(restored.data, dsn).manage("verify_audit", f"--anchor={head['position']}:{head['digest']}")
    assert "曾从备份恢复到" in told  # or the anchor would be a fault
    assert row is not None
    assert row[0]["head"] == f"{head['position']}:{head['digest']}"
    assert "完整" in told


def test_the_restored_index_finds_postings(restored: Installation) -> None:
    with restored.address() as dsn:
        told = Installation(restored.data, dsn).manage("ensure_index")
    assert told.startswith("in order")
    assert "in order: 0 " not in told


def test_no_key_is_in_the_file(source: Installation, backup: Path) -> None:
    said = source.manage("shell", "-c", "from jiuye.kernel.crypto import keys; print(keys.index_key().hex())")
    content = backup.read_bytes()
    for key in (
        said.strip().splitlines()[-1],
        *source.manage("shell", "-c", SHOW_KEYS).strip().splitlines()[-1].split(),
    ):
        assert len(key) == 64
        assert key.encode() not in content
        assert bytes.fromhex(key) not in content


SHOW_KEYS = "from jiuye.kernel.crypto import keys; print(*(key.hex() for key in keys._keys().values()))"
