"""A file that holds some of the disk back, given up when the disk is full.

Requests and workers stop writing while there is space left (`kernel.space`). Others may fill the disk all the same, and
PostgreSQL needs a little even while nobody writes: for its log, and to start again after a kill.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jiuye.kernel.space import free_bytes

_EVERY = 0.5


class Reserve:
    """The file `reserve` in the data folder: half of `least`, the bytes below which nothing is written.

    It is given up when a quarter of `least` is left, and taken again when there is twice `least`: giving it up never makes
    room enough for requests to write.
    """

    def __init__(self, folder: Path, least: int, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._file = folder / "reserve"
        self._least = least
        self._size = least // 2
        self._given_up_at = least // 4
        self._taken_at = least * 2
        self._tell = tell
        self._is_short = False
        self._look_at = 0.0

    def tend(self, now: float) -> None:
        """Take it or give it up, as the space asks; `now` in seconds of a monotonic clock. Never raises OSError."""
        if now < self._look_at or not self._size:
            return
        self._look_at = now + _EVERY
        with suppress(OSError):
            free = free_bytes(self._folder)
            self._tell_of(free)
            if self._file.exists():
                if free < self._given_up_at:
                    self._file.unlink()
            elif free > self._taken_at:
                self._take()

    def _tell_of(self, free: int) -> None:
        is_short = free < (self._least * 5 // 4 if self._is_short else self._least)
        if is_short and not self._is_short:
            self._tell(
                f"磁盘空间不足：{self._folder} 仅剩 {free // 2**20} MB，暂停写入，腾出空间后自动恢复（disk full: reads only）"
            )
        elif self._is_short and not is_short:
            self._tell("磁盘空间已恢复，继续写入（disk space is back）")
        self._is_short = is_short

    def _take(self) -> None:
        draft = self._file.with_suffix(".new")
        try:
            with draft.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size)
            draft.replace(self._file)
        finally:
            draft.unlink(missing_ok=True)
