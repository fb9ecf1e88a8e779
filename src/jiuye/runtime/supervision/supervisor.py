"""The loop that keeps processes running."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from jiuye.runtime.failure import Failure
from jiuye.runtime.supervision.log_files import last_line, trim

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0  # after running this long, a process counts as healthy
_TRIM_EVERY = 60.0
_HOPELESS = 4


class Supervised(Protocol):
    """A process or server that the supervisor keeps running."""

    @property
    def name(self) -> str: ...

    @property
    def log(self) -> Path: ...

    def start(self) -> None: ...

    def ended(self) -> str | None: ...

    def stop(self) -> None: ...


@dataclass
class _Record:
    process: Supervised
    started_at: float = 0.0
    crashes: int = 0
    due_at: float | None = None
    running: bool = field(default=False)


class Supervisor:
    """Start processes, restart those that end with growing pauses, and stop all in reverse order.

    `tell` is called with one line for each event that the user should know.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._records: list[_Record] = []
        self._trimmed_at = time.monotonic()

    def start(self, process: Supervised) -> None:
        """Start a process and keep it running."""
        trim(process.log)
        record = _Record(process)
        self._records.append(record)
        self._launch(record)

    def tend(self) -> None:
        """Check every process and restart those that ended and are due. Call it often."""
        now = time.monotonic()
        for record in self._records:
            if record.running:
                self._look_at(record, now)
            if not record.running and record.due_at is not None and now >= record.due_at:
                self._relaunch(record, now)
        if now - self._trimmed_at > _TRIM_EVERY:
            self._trimmed_at = now
            for record in self._records:
                trim(record.process.log)

    def require_hope(self) -> None:
        """Raises Failure if a process keeps ending during start-up."""
        for record in self._records:
            if record.crashes >= _HOPELESS:
                process = record.process
                raise Failure(
                    f"{process.name} 无法启动，详见日志 {process.log}（{last_line(process.log) or 'no message'}）"
                )

    def stop(self) -> None:
        """Stop all processes, the last started first."""
        for record in reversed(self._records):
            record.process.stop()
        self._records.clear()

    def _launch(self, record: _Record) -> None:
        record.due_at = None
        record.process.start()
        record.started_at = time.monotonic()
        record.running = True

    def _look_at(self, record: _Record, now: float) -> None:
        how = record.process.ended()
        if how is None:
            return
        record.running = False
        record.crashes = 1 if now - record.started_at > _STEADY_SECONDS else record.crashes + 1
        pause = self._schedule(record, now)
        self._tell(f"{record.process.name} 已退出（{how}），{pause:g} 秒后重启；日志 {record.process.log}")

    def _relaunch(self, record: _Record, now: float) -> None:
        try:
            self._launch(record)
        except (Failure, OSError) as error:
            record.crashes += 1
            self._schedule(record, now)
            self._tell(f"{record.process.name} 重启失败：{error}")

    @staticmethod
    def _schedule(record: _Record, now: float) -> float:
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(record.crashes - 1, 10))
        record.due_at = now + pause
        return float(pause)
