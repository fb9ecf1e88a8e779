"""Advisory locks on files, by which two runs learn of each other.

The kernel drops a lock with the last process that holds it, however that process ends, so a lock never goes stale
the way a PID file does.
"""

import fcntl
import os
from pathlib import Path
from typing import Self


class FileLock:
    """A `flock` on a file; the file's content says who holds it alone.

    The descriptor can be handed on to a child process (`fileno()` in `pass_fds`): the lock then lasts until the last
    process that has it is gone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, holder: str = "") -> bool:
        """Take the lock without waiting; False when another process has it. `holder` is left in the file for others."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, holder.encode(), 0)
        self._descriptor = descriptor
        return True

    def share(self) -> None:
        """Hold the lock together with others that share it; waits for one that holds it alone."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        """Give the lock up. A child that was handed the descriptor keeps it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> str:
        """What the present holder wrote about itself; empty when unknown."""
        try:
            return self._path.read_text(errors="replace").strip()
        except OSError:
            return ""

    def fileno(self) -> int:
        """The descriptor, for `pass_fds`; only while the lock is held."""
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        return self._descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
