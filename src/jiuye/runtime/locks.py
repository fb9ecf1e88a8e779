"""Advisory locks on files, to exclude concurrent runs.

The kernel releases a lock when the last process that holds it ends, so a lock never becomes stale as a PID file does.
"""

import fcntl
import os
from pathlib import Path
from typing import Self


class FileLock:
    """A `flock` on a file. The file's content describes the exclusive holder.

    The descriptor can be passed to a child process (`fileno()` in `pass_fds`): the lock then lasts until the last
    process with it ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, holder: str = "") -> bool:
        """Acquire the lock without waiting. Return False if another process holds it. `holder` is written to the file for others."""
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
        """Acquire a shared lock; wait for an exclusive holder."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def release(self) -> None:
        """Release the lock. A child that was passed the descriptor keeps it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> str:
        """Return what the current holder wrote about itself; empty if unknown."""
        try:
            return self._path.read_text(errors="replace").strip()
        except OSError:
            return ""

    def fileno(self) -> int:
        """Return the descriptor, for `pass_fds`. Raises RuntimeError if the lock is not held."""
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        return self._descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
