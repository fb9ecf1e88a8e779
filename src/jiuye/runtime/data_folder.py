"""The data folder of an installation: its parts, and the process that uses it."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jiuye.runtime.failure import Failure
from jiuye.runtime.locks import FileLock
from jiuye.runtime.postgres import Server
from jiuye.runtime.postgres.options import Recovery

_NEEDED_BYTES = 200 * 1024 * 1024


def wal_archive() -> Path | None:
    """Return the folder of WAL_ARCHIVE_DIR; None if the log is not archived."""
    named = os.environ.get("WAL_ARCHIVE_DIR", "")
    return Path(named).expanduser().resolve() if named else None


@dataclass(frozen=True)
class Occupant:
    """The process that uses a data folder: its id and the command it runs."""

    pid: int
    command: str


@dataclass(frozen=True)
class DataFolder:
    """Database, index, files, logs and sandbox of one installation."""

    path: Path

    @property
    def postgres(self) -> Path:
        """The database cluster."""
        return self.path / "postgres"

    @property
    def logs(self) -> Path:
        """One log file for each process."""
        return self.path / "logs"

    @property
    def sandbox(self) -> Path:
        """The state of the sandbox of the outside world."""
        return self.path / "sandbox"

    def server(
        self,
        *,
        archives: bool = True,
        recovery: Recovery | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Server:
        """Return the embedded server of this folder, not started. It archives its log if WAL_ARCHIVE_DIR says where.

        With `recovery`, it first replays an archived log and archives nothing. Its `start` calls `meanwhile` while it waits.
        """
        archive = wal_archive() if archives and recovery is None else None
        log = self.logs / "postgres.log"
        return Server(self.postgres, log=log, archive=archive, recovery=recovery, meanwhile=meanwhile)

    def _lock(self) -> FileLock:
        return FileLock(self.path / "lock")

    @contextmanager
    def claimed(self, command: str) -> Iterator[None]:
        """Use the folder exclusively. Raises Failure if another process uses it or it is not writable."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = self._lock()
            mine = lock.acquire(json.dumps({"pid": os.getpid(), "command": command}))
        except OSError as error:
            raise Failure(f"数据目录无法写入（cannot write to {self.path}: {error.strerror}）") from None
        if not mine:
            other = self.occupant()
            by = f"{other.command}, pid {other.pid}" if other else "another process"
            raise Failure(f"数据目录正在使用中：{self.path}（in use by {by}: stop it or choose another --data）")
        with lock:
            yield

    def occupant(self) -> Occupant | None:
        """Return the process that uses the folder now, or None."""
        lock = self._lock()
        if not self.path.is_dir() or lock.acquire(lock.holder()):
            lock.release()
            return None
        try:
            told = json.loads(lock.holder())
            return Occupant(int(told["pid"]), str(told["command"]))
        except (ValueError, KeyError, TypeError):
            return Occupant(0, "?")

    def require_space(self) -> None:
        """Raises Failure if the disk is too full to continue."""
        existing = next(folder for folder in (self.path, *self.path.parents) if folder.exists())
        free = shutil.disk_usage(existing).free
        if free < _NEEDED_BYTES:
            raise Failure(
                f"磁盘空间不足：{self.path} 仅剩 {free // 2**20} MB，至少需要 {_NEEDED_BYTES // 2**20} MB（disk full）"
            )
