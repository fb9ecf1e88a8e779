"""Points in time: a copy of the embedded server's cluster, and its archived log from then on.

    WAL_ARCHIVE_DIR/wal/<cluster>/    every finished segment of the log, copied by the server
    WAL_ARCHIVE_DIR/base/<time>/      cluster/, files/, base.json

A file that is in the copy before is linked, so each copy holds all files and costs only those that are new.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from jiuye.kernel import clock
from jiuye.runtime import database
from jiuye.runtime.backup import files, tools
from jiuye.runtime.data_folder import DataFolder, wal_archive
from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock
from jiuye.runtime.postgres import client_program, cluster
from jiuye.runtime.processes import wait_until

_NAME = "%Y%m%dT%H%M%S.%fZ"
_SWITCHED_SECONDS = 60.0


@dataclass(frozen=True)
class Base:
    """A copy of the cluster with its files. Points in time after `finished_at` can be reached from it."""

    path: Path
    told: dict[str, Any]

    @property
    def cluster(self) -> Path:
        return self.path / "cluster"

    @property
    def wal(self) -> Path:
        """The archived log of this cluster."""
        return archive() / "wal" / str(self.told["system"])

    @property
    def finished_at(self) -> datetime:
        return datetime.fromisoformat(self.told["finished_at"])


def archive() -> Path:
    """Return the folder of WAL_ARCHIVE_DIR. Raises Failure if there is none, or the database is not the embedded one."""
    if database.configured():
        raise Failure(
            "这是您自己的数据库服务器，请用它的工具做时间点恢复（your own server: use its tools, see docs/backup.md）"
        )
    folder = wal_archive()
    if folder is None:
        raise Failure("请先设置 WAL_ARCHIVE_DIR 并重启（set WAL_ARCHIVE_DIR and restart, see docs/backup.md）")
    return folder


def bases() -> list[Base]:
    """Return the complete copies, the oldest first."""
    found = sorted((archive() / "base").glob("*/base.json"))
    return [Base(path.parent, json.loads(path.read_text(encoding="utf-8"))) for path in found]


def take_base(data: DataFolder, *, keep: int) -> int:
    """Copy the running cluster and all files; then delete all but the `keep` newest copies, and the log before them. Raises Failure."""
    folder = archive() / "base"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), database.available(data, "backup --base"):
        server = data.server()
        superuser = server.dsn(database="postgres", user="postgres")
        _require_archiving(superuser)
        staging = folder / "new"
        shutil.rmtree(staging, ignore_errors=True)  # of a killed run
        staging.mkdir(mode=0o700)
        with files.caught(data) as catch:
            catch.look()
            tools.tell("正在复制数据库…（copying the cluster）")
            _copy_cluster(superuser, staging / "cluster")
            catch.look()
            count = _copy_files(catch.links, staging, bases())
        known = tools.facts(data, server.dsn())
        now = clock.real_now()
        told = {
            "finished_at": now.isoformat(),
            "source": str(data.path),
            "system": cluster.identifier(staging / "cluster"),
            "fingerprints": known["fingerprints"],
        }
        (staging / "base.json").write_text(json.dumps(told, indent=1), encoding="utf-8")
        staging.rename(folder / now.strftime(_NAME))
    tools.tell(f"完成（done）：{folder / now.strftime(_NAME)}，{count} 个新文件（new files）")
    _prune(keep)
    return 0


def take_files(data: DataFolder) -> int:
    """Copy the files that came since the newest copy into it. Raises Failure if there is no copy yet."""
    folder = archive() / "base"
    if not bases():
        raise Failure("请先运行 ./jiuye backup --base（there is no copy yet: run --base first）")
    with _alone(folder), files.caught(data) as catch:
        catch.look()
        count = _copy_files(catch.links, bases()[-1].path, [])
    tools.tell(f"完成（done）：{count} 个新文件（new files）")
    return 0


def reaching(until: datetime) -> Base:
    """Return the newest copy that was finished before a time. Raises Failure."""
    there = bases()
    fitting = [base for base in there if base.finished_at < until]
    if not fitting:
        first = (
            f"最早可恢复到 {there[0].finished_at.isoformat()}（earliest）"
            if there
            else "还没有基础备份（no --base yet）"
        )
        raise Failure(f"无法恢复到 {until.isoformat()}（that time cannot be reached）：{first}")
    return fitting[-1]


def verify(base: Base) -> None:
    """Raises Failure if the copy of the cluster is not as it was made."""
    done = subprocess.run(
        [client_program("pg_verifybackup"), "--quiet", "--no-parse-wal", str(base.cluster)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["?"])[0]
        raise Failure(f"基础备份已损坏，没有改动任何数据（{base.path} is damaged: {reason}; nothing was touched）")


def finish_segment(base: Base) -> Path | None:
    """Have the installation that a copy was made from archive the end of its log. Return its log's folder if it is still there."""
    source = DataFolder(Path(base.told["source"]))
    server = source.server()
    if not source.postgres.exists():
        return None
    if server.answers():
        with psycopg.connect(server.dsn(database="postgres", user="postgres"), autocommit=True) as connection:
            row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
        archived = base.wal / str(row[0] if row else "")
        wait_until(archived.exists, seconds=_SWITCHED_SECONDS, pause=0.2)
    return source.postgres / "pg_wal"


def _require_archiving(superuser: str) -> None:
    with psycopg.connect(superuser, autocommit=True) as connection:
        row = connection.execute("SELECT current_setting('archive_mode')").fetchone()
    if row is None or row[0] != "on":
        raise Failure(
            "数据库尚未归档日志，请在设置 WAL_ARCHIVE_DIR 后重启（the server does not archive yet: restart it）"
        )


def _copy_cluster(superuser: str, target: Path) -> None:
    command = ["--format=plain", "--wal-method=stream", "--checkpoint=fast", "--manifest-checksums=SHA256"]
    done = subprocess.run(
        [client_program("pg_basebackup"), *command, f"--pgdata={target}", f"--dbname={superuser}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Failure(f"复制数据库失败（pg_basebackup: {(done.stderr.strip().splitlines() or ['?'])[-1]}）")


def _copy_files(links: Path, target: Path, earlier: list[Base]) -> int:
    """Link what the newest earlier copy has, copy the rest. Return how many were copied."""
    copied = 0
    for place, _, names in os.walk(links):
        for name in names:
            relative = Path(place, name).relative_to(links)
            there = target / relative
            if there.exists():
                continue
            there.parent.mkdir(parents=True, exist_ok=True)
            if earlier and (earlier[-1].path / relative).exists():
                os.link(earlier[-1].path / relative, there)
                continue
            partial = there.with_name(f".{name}.partial")
            shutil.copyfile(links / relative, partial)
            partial.rename(there)
            copied += 1
    return copied


def _prune(keep: int) -> None:
    """Delete old copies, and the segments of the log that no copy needs."""
    there = bases()
    for base in there[: -max(keep, 1)]:
        shutil.rmtree(base.path)
        tools.tell(f"已删除（deleted）：{base.path}")
    oldest: dict[Path, Base] = {}
    for base in there[-max(keep, 1) :]:
        oldest.setdefault(base.wal, base)
    for wal in (archive() / "wal").iterdir():
        if wal not in oldest:
            shutil.rmtree(wal)  # of a cluster that was replaced by a restore, and of which no copy is left
            continue
        label = (oldest[wal].cluster / "backup_label").read_text(encoding="utf-8")
        first = label.split("(file ")[1].split(")")[0]
        subprocess.run([client_program("pg_archivecleanup"), str(wal), first], check=True, capture_output=True)


def _alone(folder: Path) -> FileLock:
    lock = FileLock(folder / "lock")
    if not lock.acquire():
        raise Failure("另一个备份正在进行（another backup is running）")
    return lock


def all_files(base: Base) -> Iterator[Path]:
    """Return the folders in which files of a point in time may be: this copy, later ones, the installation itself."""
    yield from (one.path for one in bases() if one.finished_at >= base.finished_at)
    yield Path(base.told["source"])
