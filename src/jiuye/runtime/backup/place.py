"""Where an installation is restored: a folder inside the data folder, whose parts take their places at the very end."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from jiuye.kernel import clock
from jiuye.runtime import database
from jiuye.runtime.backup import facts, tools
from jiuye.runtime.data_folder import DataFolder
from jiuye.runtime.failure import Failure

_STAGE = "restoring"
_PARTS = ("postgres", "files", "seal-roots", "index")


@dataclass(frozen=True)
class Place:
    """`data`: the folder of the installation. `stage`: the one inside it that is filled first."""

    data: DataFolder
    stage: DataFolder

    @contextmanager
    def database(self) -> Iterator[str]:
        """Yield the address of an empty database: the configured one, or one on a new embedded server of the stage."""
        if database.configured():
            with psycopg.connect(database.configured_owner(), autocommit=True) as connection:
                connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            yield database.configured_owner()
            return
        server = self.stage.server(archives=False)
        server.start()
        try:
            yield server.dsn()
        finally:
            server.stop()

    def take(self) -> None:
        """Put aside what was in the data folder, and put the restored parts in its place."""
        aside = self.data.path / f"replaced-{clock.real_now():%Y%m%dT%H%M%SZ}"
        for name in occupied(self.data):
            aside.mkdir(exist_ok=True)
            (self.data.path / name).rename(aside / name)
        for name in _PARTS:
            if (self.stage.path / name).exists():
                (self.stage.path / name).rename(self.data.path / name)
        if aside.exists():
            tools.tell(
                f"原有数据已移到 {aside}，确认后请删除（what was there is kept there: delete it when you are sure）"
            )


def occupied(data: DataFolder) -> list[str]:
    """Return the parts of an installation that a data folder holds."""
    return [name for name in _PARTS if (data.path / name).exists() and any(os.scandir(data.path / name))]


@contextmanager
def prepared_place(data: DataFolder, command: str, *, replace: bool) -> Iterator[Place]:
    """Yield an empty stage in a data folder that nobody uses; delete what is left of it.

    Raises Failure if the folder or the configured database has data, unless `replace`. A configured database must be
    empty in any case.
    """
    with data.claimed(command):
        data.require_space()
        there = occupied(data)
        if there and not replace:
            raise Failure(
                f"{data.path} 中已有数据（{', '.join(there)}）；请用 --data 指定空目录，或加 --replace 把原有数据移到一旁"
                "（the data folder is not empty: choose another --data, or add --replace to put aside what is there）"
            )
        _require_empty_database()
        stage = DataFolder(data.path / _STAGE)
        shutil.rmtree(stage.path, ignore_errors=True)  # of a killed run
        stage.path.mkdir(mode=0o755)
        stage.logs.mkdir()
        try:
            yield Place(data, stage)
        finally:
            _keep_logs(stage.logs, data.logs)
            shutil.rmtree(stage.path, ignore_errors=True)


def _require_empty_database() -> None:
    if not database.configured():
        return
    try:
        with psycopg.connect(database.configured(), connect_timeout=5, autocommit=True) as connection:
            if facts.has_tables(connection):
                raise Failure(
                    "DATABASE_URL 的数据库不是空的；请新建一个空数据库（the database is not empty: create a new one for the restore）"
                )
    except psycopg.OperationalError as error:
        raise Failure(f"无法连接数据库（database: {str(error).strip().splitlines()[0]}）") from None


def _keep_logs(source: Path, target: Path) -> None:
    """Keep what the server said while it was restored, for the case that it failed."""
    target.mkdir(exist_ok=True)
    for log in source.glob("*.log"):
        shutil.copyfile(log, target / f"restore-{log.name}")
