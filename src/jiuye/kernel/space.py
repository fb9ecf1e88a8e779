"""Free space on the volume of `DATA_DIR`. Writes stop while there is still room for what must be written.

PostgreSQL that cannot write its log ends, and cannot start again (src/backend/access/transam/xlog.c: a failed write of the log
is a PANIC). So requests that write are answered with 503 and the workers pause below `least`, until a quarter more is free;
reading goes on. The supervisor keeps a file in reserve for what is written nevertheless (`runtime.reserve`).
"""

import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from jiuye.kernel.errors import Unavailable

_LOOKS_EVERY = 0.5
_FEWEST_FILES = 1000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
RETRY_AFTER = 10
MESSAGE = "系统存储空间不足，暂时只能浏览，不能提交。我们正在处理，请稍后再试。"


def free_bytes(folder: Path) -> int:
    """Return how many bytes a program without privileges can still write to the folder's volume.

    0 if it can make fewer than `_FEWEST_FILES` more: PostgreSQL needs new files as it needs space. Volumes without such a
    limit, as btrfs, name no number of files at all.
    """
    found = os.statvfs(folder)
    if found.f_files and found.f_favail < _FEWEST_FILES:
        return 0
    return found.f_bavail * found.f_frsize


class Space:
    """The space of one volume, measured twice a second at most."""

    def __init__(
        self,
        folder: Path,
        least: int,
        *,
        measure: Callable[[Path], int] = free_bytes,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._least = least
        self._measure = measure
        self._clock = clock
        self._look_at = 0.0
        self._is_short = False

    def is_short(self) -> bool:
        """Return whether nothing may be written now. A volume that cannot be measured has space."""
        now = self._clock()
        if self._least and now >= self._look_at:
            self._look_at = now + _LOOKS_EVERY
            try:
                free = self._measure(self._folder)
            except OSError:
                free = self._least * 2
            self._is_short = free < (self._least * 5 // 4 if self._is_short else self._least)
        return self._is_short


_space: Space | None = None
_lock = threading.Lock()


def watch(folder: Path, least: int) -> None:
    """Set the volume that `is_short` looks at, and how many bytes must be free there; 0: any number will do."""
    global _space
    with _lock:
        _space = Space(folder, least)


def is_short() -> bool:
    """Return whether the watched volume is short of space."""
    return _space is not None and _space.is_short()


def require() -> None:
    """Raise `Unavailable` while the volume is short of space."""
    if is_short():
        raise Unavailable(MESSAGE, RETRY_AFTER)


def is_full(error: BaseException) -> bool:
    """Return whether an error, or what caused it, says that a disk is full or only readable."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _FULL:
            return True
        seen = seen.__cause__
    return False
