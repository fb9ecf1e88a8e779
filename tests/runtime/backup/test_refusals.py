"""What is no whole backup, or cannot be read here, is refused in one line before anything is touched."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jiuye.runtime.backup import container, tools
from jiuye.runtime.backup.facts import Contents
from jiuye.runtime.data_folder import DataFolder
from tests.runtime.backup.installation import Installation

pytestmark = pytest.mark.processes
KEYS = json.dumps({"2025": "11" * 32, "2026": "22" * 32})
INDEX = {"BLIND_INDEX_KEY": "33" * 32}
Make = Callable[..., Path]


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """An empty data folder."""
    return Installation(DataFolder(tmp_path / "data"))


@pytest.fixture(scope="module", autouse=True)
def facts_are_asked_once() -> Iterator[None]:
    """The process that tells them starts slowly: it is asked once for the same keys."""
    known: dict[str, dict[str, Any]] = {}
    ask = tools.facts

    def remembered(data: DataFolder, dsn: str, *, snapshot: str = "") -> dict[str, Any]:
        keys = os.environ.get("ENCRYPTION_KEYS", "") + os.environ.get("BLIND_INDEX_KEY", "")
        if keys not in known:
            known[keys] = ask(data, dsn, snapshot=snapshot)
        return known[keys]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tools, "facts", remembered)
        yield


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory, facts_are_asked_once: None) -> dict[str, Any]:
    """What this version and these keys are."""
    nowhere = DataFolder(tmp_path_factory.mktemp("facts"))
    with Installation(nowhere).used(ENCRYPTION_KEYS=KEYS, **INDEX):
        return tools.facts(nowhere, "postgresql://nobody@/nothing?host=/nonexistent")


@pytest.fixture
def made(tmp_path: Path, facts: dict[str, Any]) -> Make:
    """Makes a whole backup of nothing, with other words in its manifest if they are given."""

    def make(name: str = "of-nothing.backup", **words: Any) -> Path:
        path = tmp_path / name
        with container.written(path) as writer:
            writer.add(container.DATABASE, io.BytesIO(os.urandom(100_000)))
            writer.add("files/sealed/a.bin", io.BytesIO(b"a"))
            told = {
                "version": "0.1.0",
                "made_at": "2026-01-01T00:00:00+00:00",
                "migrations": facts["migrations"],
                "keys": {"needed": ["2025", "2026"], "fingerprints": facts["fingerprints"]},
                "tables": {},
                "files": {"inside": True, "number": 1, "already_missing": []},
            }
            key = facts["newest_key"]
            writer.finish(told | words, bytes.fromhex(facts["authentication_keys"][key]), key)
        return path

    return make


def refused(installation: Installation, path: Path, capsys: pytest.CaptureFixture[str], **settings: str) -> str:
    """The only line on standard error after a restore that fails and touches nothing."""
    assert installation.run("restore", path, **({"ENCRYPTION_KEYS": KEYS} | INDEX | settings)) == 1
    assert not installation.data.path.exists()
    (line,) = capsys.readouterr().err.strip().splitlines()
    return line


def test_a_whole_one_passes_the_check(made: Make, empty: Installation) -> None:
    assert empty.run("restore", made(), "--check", ENCRYPTION_KEYS=KEYS, **INDEX) == 0


@pytest.mark.parametrize("kept", [0, 1, 2, 50_000, -1])
def test_a_truncated_file_is_refused(
    kept: int, made: Make, empty: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made()
    path.write_bytes(path.read_bytes()[:kept])
    assert "not a whole backup" in refused(empty, path, capsys)


def test_a_single_changed_byte_is_refused(made: Make, empty: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    path = made()
    content = bytearray(path.read_bytes())
    content[60_000] ^= 1
    path.write_bytes(content)
    assert "'database.dump'" in refused(empty, path, capsys)


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The same ZIP with other parts, its own checks in order."""
    with zipfile.ZipFile(path) as before:
        parts = {name: before.read(name) for name in before.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as after:
        for name, content in parts.items():
            after.writestr(name, content)
    return path


def test_a_part_that_was_added_is_refused(made: Make, empty: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    path = rewritten(made(), lambda parts: parts.update({"files/../../etc/x": b"x"}))
    assert "were added" in refused(empty, path, capsys)


def test_a_manifest_that_somebody_else_wrote_is_refused(
    made: Make, empty: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    def forge(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = parts["manifest.json"].replace(b"2026-01-01", b"2026-01-02")

    assert "altered" in refused(empty, rewritten(made(), forge), capsys)


def test_a_key_that_is_missing_is_named(made: Make, empty: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    only = json.dumps({"2026": "22" * 32})
    assert "ENCRYPTION_KEYS:2025" in refused(empty, made(), capsys, ENCRYPTION_KEYS=only)


def test_another_key_of_the_same_name_is_refused(
    made: Make, empty: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    other = json.dumps({"2025": "44" * 32, "2026": "22" * 32})
    assert "ENCRYPTION_KEYS:2025" in refused(empty, made(), capsys, ENCRYPTION_KEYS=other)
    assert "BLIND_INDEX_KEY" in refused(empty, made("another.backup"), capsys, BLIND_INDEX_KEY="55" * 32)


def test_a_backup_of_a_later_version_is_refused(
    made: Make, facts: dict[str, Any], empty: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    path = made(migrations=[*facts["migrations"], "jobs.9999_of_a_later_version"], version="9.0")
    assert "9.0" in refused(empty, path, capsys)


def test_a_format_of_later_versions_is_refused(
    made: Make, empty: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "FORMAT", 2)
    path = made()
    monkeypatch.undo()
    assert "later version" in refused(empty, path, capsys)


def test_nothing_is_overwritten_by_a_backup(
    tmp_path: Path, empty: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "there.backup"
    path.write_text("mine")
    empty.data.postgres.mkdir(parents=True)
    assert empty.run("backup", path) == 1
    assert path.read_text() == "mine"
    assert "exists already" in capsys.readouterr().err


def test_a_data_folder_with_data_is_left_alone(made: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    occupied = Installation(DataFolder(tmp_path / "occupied"))
    note = occupied.data.path / "files" / "note"
    note.parent.mkdir(parents=True)
    note.write_text("mine")
    assert occupied.run("restore", made(), ENCRYPTION_KEYS=KEYS, **INDEX) == 1
    assert note.read_text() == "mine"
    assert "--replace" in capsys.readouterr().err


def test_what_fails_halfway_leaves_the_old_data_in_its_place(
    made: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    occupied = Installation(DataFolder(tmp_path / "occupied"))
    note = occupied.data.path / "files" / "note"
    note.parent.mkdir(parents=True)
    note.write_text("mine")
    assert occupied.run("restore", made(), "--replace", ENCRYPTION_KEYS=KEYS, **INDEX) == 1  # its dump is noise
    assert "pg_restore" in capsys.readouterr().err
    assert note.read_text() == "mine"
    assert not (occupied.data.path / "restoring").exists()


def test_a_table_that_differs_from_the_manifest_is_named() -> None:
    found = Contents({"same": (1, "7"), "a row more": (2, "8"), "another value": (3, "9"), "new": (0, "0")}, [], {})
    told = {"same": [1, "7"], "a row more": [1, "8"], "another value": [3, "1"], "gone": [0, "0"]}
    assert found.differs_from(told) == ["a row more", "another value", "gone", "new"]
