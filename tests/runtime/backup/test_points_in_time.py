"""A point in time: rows are deleted by accident, and the installation is restored to the moment before."""

import json
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from jiuye.runtime import fingerprints
from jiuye.runtime.backup import facts, tools
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.postgres import Server
from jiuye.runtime.prepared import DEMO, REFERENCE
from tests.factories import databases
from tests.runtime.backup.installation import Installation

pytestmark = [pytest.mark.processes, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def archive() -> Iterator[Path]:
    """WAL_ARCHIVE_DIR: the server's user must be able to enter it, which pytest's own folders forbid."""
    with tempfile.TemporaryDirectory(prefix="jiuye-archive-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def running(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Server]]:
    """An installation on the embedded server, without demonstration, whose log is archived."""
    installation = Installation(DataFolder(tmp_path_factory.mktemp("running")))
    address = databases.address(databases.migrated())
    with installation.used(WAL_ARCHIVE_DIR=str(archive)):
        server = installation.data.server()
        server.start()
    dump = installation.data.path / "schema.dump"
    with psycopg.connect(address, autocommit=True) as template, tools.dumping(address, facts.begin(template)) as schema:
        dump.write_bytes(schema.read())
    tools.restore_dump(server.dsn(), dump)
    ask(
        server,
        "INSERT INTO runtime_milestone (name, value, reached_at) VALUES (%s, %s, now()), (%s, 'none', now())"
        " RETURNING 1",
        [REFERENCE, fingerprints.of_reference(), DEMO],
    )
    yield installation, server
    server.stop()


def ask(server: Server, query: str, values: list[object] | None = None) -> object:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(query, values).fetchone()
    return row[0] if row else None


def write_a_note(server: Server, name: str) -> None:
    ask(server, "INSERT INTO runtime_milestone (name, value, reached_at) VALUES (%s, 'x', now()) RETURNING 1", [name])


def save_a_file(installation: Installation, server: Server, key: str) -> None:
    path = installation.data.path / "files" / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(key)
    ask(
        server,
        "INSERT INTO kernel_sealed_file (key, data_key, algorithm, content_type, size, created_at)"
        " VALUES (%s, '', 'aes-256-gcm', 'text/plain', 1, now()) RETURNING 1",
        [key],
    )


def test_deleted_rows_are_back_after_a_restore_to_the_moment_before(
    running: tuple[Installation, Server], archive: Path, tmp_path: Path
) -> None:
    installation, server = running
    with installation.used(WAL_ARCHIVE_DIR=str(archive)):
        save_a_file(installation, server, "sealed/drill/before-the-copy.txt")
        assert installation.run("backup", "--base") == 0
        write_a_note(server, "written after the copy")
        save_a_file(installation, server, "sealed/drill/after-the-copy.txt")
        assert installation.run("backup", "--files") == 0
        moment = ask(server, "SELECT clock_timestamp()")
        assert isinstance(moment, datetime)
        ask(server, "DELETE FROM runtime_milestone WHERE name = 'written after the copy' RETURNING 1")
        (installation.data.path / "files/sealed/drill/after-the-copy.txt").unlink()
        write_a_note(server, "written after the accident")

        restored = Installation(DataFolder(tmp_path / "restored"))
        assert restored.run("restore", "--until", moment.isoformat(), WAL_ARCHIVE_DIR=str(archive)) == 0

    with restored.address() as dsn, psycopg.connect(dsn) as connection:
        notes = {name for (name,) in connection.execute("SELECT name FROM runtime_milestone").fetchall()}
        recorded = connection.execute("SELECT detail FROM kernel_audit WHERE action = 'platform.restore'").fetchone()
    assert "written after the copy" in notes
    assert "written after the accident" not in notes
    assert set(restored.files()) >= {"sealed/drill/before-the-copy.txt", "sealed/drill/after-the-copy.txt"}
    assert recorded is not None
    assert moment.isoformat() in recorded[0]["source"]


def test_a_folder_that_the_server_cannot_enter_is_refused_in_one_line(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    installation = Installation(DataFolder(tmp_path / "data"))
    with installation.used(WAL_ARCHIVE_DIR=str(closed)):
        if os.geteuid() != 0:
            pytest.skip("only root starts the server as somebody else")
        with pytest.raises(Failure, match="cannot enter"):
            installation.data.server().start()


def test_a_time_before_the_first_copy_names_the_earliest(
    running: tuple[Installation, Server], archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = Installation(DataFolder(tmp_path / "restored"))
    assert target.run("restore", "--until", "2020-01-01T00:00:00", WAL_ARCHIVE_DIR=str(archive)) == 1
    assert "earliest" in capsys.readouterr().err
    assert not target.data.path.exists()


def test_a_damaged_copy_is_refused(
    running: tuple[Installation, Server], archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "archive" / "base" / "20260101T000000.000000Z"
    (broken / "cluster").mkdir(parents=True)
    told = {"finished_at": "2026-01-01T00:00:00+00:00", "source": str(tmp_path), "system": "1", "fingerprints": {}}
    (broken / "base.json").write_text(json.dumps(told))
    target = Installation(DataFolder(tmp_path / "restored"))
    assert target.run("restore", "--until", "2026-01-02T00:00:00", WAL_ARCHIVE_DIR=str(tmp_path / "archive")) == 1
    assert "damaged" in capsys.readouterr().err
    assert not target.data.path.exists()


def test_old_copies_are_deleted_and_their_files_stay_in_the_newer_one(
    running: tuple[Installation, Server], archive: Path
) -> None:
    installation, server = running
    save_a_file(installation, server, "sealed/drill/stays.txt")
    assert installation.run("backup", "--base", WAL_ARCHIVE_DIR=str(archive)) == 0
    before = sorted((archive / "wal").glob("*/*"))
    of_another_cluster = archive / "wal" / "1"
    of_another_cluster.mkdir()
    assert installation.run("backup", "--base", "--keep", "1", WAL_ARCHIVE_DIR=str(archive)) == 0
    (left,) = (archive / "base").glob("*/base.json")
    assert (left.parent / "files" / "sealed/drill/stays.txt").read_text() == "sealed/drill/stays.txt"
    assert before
    assert not before[0].exists()
    assert not of_another_cluster.exists()


@pytest.mark.parametrize("text", ["yesterday", "2999-01-01T00:00:00"])
def test_what_is_no_past_time_is_refused_in_one_line(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Installation(DataFolder(tmp_path / "x")).run("restore", "--until", text) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
