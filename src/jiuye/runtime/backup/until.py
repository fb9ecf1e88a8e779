"""`./jiuye restore --until TIME`: the installation as it was at a moment."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from jiuye.kernel import clock
from jiuye.runtime.backup import continuous, facts, files, restoring, tools
from jiuye.runtime.backup.continuous import Base
from jiuye.runtime.backup.place import prepared_place
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure
from jiuye.runtime.postgres.options import Recovery

_CHINA = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> datetime:
    """Return a time in ISO 8601, in China's zone if it names none. Raises Failure if it is none or has not come yet."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"{text} 不是时间，请写成 2026-11-30T10:15:00（not a time in ISO 8601）", code=2) from None
    given = given if given.tzinfo else given.replace(tzinfo=_CHINA)
    if given > clock.real_now():
        raise Failure(f"{text} 还没有到（that time has not come yet）", code=2)
    return given


def run(data: DataFolder, until: datetime, *, replace: bool) -> int:
    """Restore what was committed before `until` into an empty data folder; with `replace`, what is there is put aside. Raises Failure."""
    base = continuous.reaching(until)
    tools.tell(f"基础备份（copy）：{base.path}")
    continuous.verify(base)
    known = tools.facts(data, "postgresql://nobody@/nothing?host=/nonexistent")
    restoring.require_same_keys(base.told["fingerprints"], known["fingerprints"])
    last_log = continuous.finish_segment(base)
    with prepared_place(data, "restore", replace=replace) as place:
        with _recovered(base, place.stage, until, last_log) as dsn:
            _require_known_version(dsn, known["migrations"])
            _collect_files(base, place.stage, dsn)
            restoring.settle(place, dsn, [f"--source=point in time {until.isoformat()}"])
        place.take()
    tools.tell(f"恢复完成（restored）：{until.isoformat()} 之前提交的数据（what was committed before）")
    return 0


@contextmanager
def _recovered(base: Base, stage: DataFolder, until: datetime, last_log: Path | None) -> Iterator[str]:
    """Yield the address of a server that has replayed the log up to the time, and is open for writing."""
    tools.tell("正在复制数据库并重放日志…（replaying the log）")
    shutil.copytree(base.cluster, stage.postgres, symlinks=True)
    (stage.postgres / "recovery.signal").touch()
    sources = [base.wal, *([last_log] if last_log else [])]
    server = stage.server(recovery=Recovery(tuple(sources), until))
    server.adopt()
    server.start()
    try:
        yield server.dsn()
    finally:
        server.stop()


def _require_known_version(dsn: str, known: list[str]) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        later = sorted(set(facts.applied_migrations(connection)) - set(known))
    if later:
        raise Failure(f"数据来自更新的版本，请先升级本程序（of a later version: update first; {later[0]}）")


def _collect_files(base: Base, stage: DataFolder, dsn: str) -> None:
    """Take every file that may be of that time. Files that were deleted since, and are in no copy, stay deleted: say how many."""
    tools.tell("正在恢复文件…（files）")
    for root in continuous.all_files(base):
        for folder in files.FOLDERS:
            for place, _, names in os.walk(root / folder):
                target = stage.path / Path(place).relative_to(root)
                target.mkdir(parents=True, exist_ok=True)
                for name in (name for name in names if not (target / name).exists()):
                    shutil.copyfile(Path(place, name), target / name)
    with psycopg.connect(dsn, autocommit=True) as connection:
        named = facts.files_named(connection)
    gone = {key for key in named if not (stage.path / "files" / key).exists()}
    if gone and tools.facts(stage, dsn)["files_are_here"]:
        tools.tell(f"注意：{len(gone)} 个文件此后已被删除，无法恢复（files were deleted since and are in no copy）")
