"""`./jiuye backup FILE`: database, files and a manifest in one file, while the site runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from jiuye.kernel import clock
from jiuye.runtime import database
from jiuye.runtime.backup import container, facts, files, tools
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock

_TRIES = 10


def run(data: DataFolder, path: Path) -> int:
    """Write the backup, print what it holds and which keys reading it needs. Raises Failure."""
    if not database.configured() and not data.postgres.exists():
        raise Failure(f"{data.path} 中没有数据可备份（no installation there）")
    with _alone(data), container.written(path) as writer, database.available(data, "backup") as dsn:
        manifest = _write(data, database.configured_owner() or dsn, writer)
    needed = ", ".join(manifest["keys"]["needed"])
    strange = [
        key for key in manifest["keys"]["needed"] if f"ENCRYPTION_KEYS:{key}" not in manifest["keys"]["fingerprints"]
    ]
    if strange:
        tools.tell(
            f"注意：有数据用这里没有配置的密钥加密（some data needs keys that are not configured here）：{', '.join(strange)}"
        )
    tools.tell(f"备份完成（done）：{path}，{tools.size(path.stat().st_size)}")
    tools.tell(
        f"读取此备份需要以下密钥，备份中没有它们，请另行保管（keys that reading it needs, not in the file）："
        f"ENCRYPTION_KEYS: {needed}; BLIND_INDEX_KEY; SECRET_KEY"
    )
    return 0


def _write(data: DataFolder, dsn: str, writer: container.Writer) -> dict[str, Any]:
    with files.caught(data) as catch:
        for left in reversed(range(_TRIES)):
            catch.look()
            with psycopg.connect(dsn, autocommit=True) as connection:
                snapshot = facts.begin(connection)
                lost = catch.look_for(facts.files_named(connection))
                if lost and left and _deleted_meanwhile(dsn, lost):
                    continue  # came and went between two looks: a new snapshot does not name them
                known = tools.facts(data, dsn, snapshot=snapshot)
                catch.look()
                return _write_parts(writer, catch, connection, snapshot, known, dsn, sorted(lost))
    raise AssertionError


def _write_parts(
    writer: container.Writer,
    catch: files.Catch,
    connection: psycopg.Connection,
    snapshot: str,
    known: dict[str, Any],
    dsn: str,
    lost: list[str],
) -> dict[str, Any]:
    tools.tell("正在备份数据库…（database）")
    with tools.dumping(dsn, snapshot) as dump:
        dumped = writer.add(container.DATABASE, dump)
    tools.tell(f"  {tools.size(dumped)}；正在计算各表校验和…（checksums of the tables）")
    seen = facts.contents(connection)
    names = catch.names()
    tools.tell(f"  {len(seen.tables)} 张表；正在备份 {len(names)} 个文件…（files）")
    for name in names:
        with (catch.links / name).open("rb") as content:
            writer.add(name, content)
    lost = lost if known["files_are_here"] else []
    for key in lost:
        tools.tell(f"注意：数据库提到的文件已不存在（a file that the database names is gone already）：{key}")
    newest = known["newest_key"]
    manifest = _manifest(connection, seen, known, names, lost)
    writer.finish(manifest, bytes.fromhex(known["authentication_keys"][newest]), newest)
    return manifest


def _manifest(
    connection: psycopg.Connection, seen: facts.Contents, known: dict[str, Any], names: list[str], lost: list[str]
) -> dict[str, Any]:
    needed = {f"ENCRYPTION_KEYS:{key}" for key in (*known["keys_in_use"], known["newest_key"])}
    return {
        "product": "jiuye",
        "version": version("jiuye"),
        "made_at": clock.real_now().isoformat(timespec="seconds"),
        "postgresql": connection.info.server_version,
        "migrations": seen.migrations,
        "tables": {name: list(told) for name, told in seen.tables.items()},
        "audit": seen.audit,
        "keys": {
            "needed": sorted(name.partition(":")[2] for name in needed),
            "fingerprints": {
                name: mark
                for name, mark in known["fingerprints"].items()
                if name in needed or not name.startswith("ENCRYPTION_KEYS:")
            },
        },
        "files": {"inside": known["files_are_here"], "number": len(names), "already_missing": lost},
    }


def _deleted_meanwhile(dsn: str, lost: set[str]) -> bool:
    with psycopg.connect(dsn, autocommit=True) as connection:
        return not lost <= facts.files_named(connection)


@contextmanager
def _alone(data: DataFolder) -> Iterator[None]:
    data.path.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data.path / "backup.lock")
    if not lock.acquire():
        raise Failure("另一个备份正在进行（another backup is running）")
    with lock:
        yield
