"""The loop that keeps processes running."""

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from jiuye.runtime.failure import Failure
from jiuye.runtime.supervision.log_files import follow, last_line, size, trim

SOON = 0.3
"""Seconds until a process starts again that was killed, or ended after it had been working."""
LONGEST_PAUSE = 4.0
WORKING_SECONDS = 5.0
"""A process that ran this long had started; one that ended earlier by itself could not."""
_FIRST_PAUSE = 0.5
_LOGS_EVERY = 60.0
_HOPELESS = 4
# Sent by somebody; the others (SIGSEGV, SIGABRT, …) are faults of the program itself.
_FROM_OUTSIDE = frozenset(
    f"signal {int(number)}"
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1)
)


class Supervised(Protocol):
    """A process or server that the supervisor keeps running. `ended` says how it ended: "exit code 1", "signal 9"."""

    @property
    def name(self) -> str: ...

    @property
    def log(self) -> Path: ...

    @property
    def pid(self) -> int | None: ...

    def start(self) -> None: ...

    def ended(self) -> str | None: ...

    def stop(self) -> None: ...


@dataclass
class _Record:
    process: Supervised
    started_at: float = 0.0
    failures: int = 0
    """How often in a row it could not start."""
    due_at: float | None = None
    running: bool = field(default=False)
    seen: int = 0
    """The size of its log when it was last in its place."""


class Supervisor:
    """Start processes, restart those that end, and stop all in reverse order.

    A process that was killed, or ended after it had been working, starts again at once, however often that happens. One that
    cannot start is tried again after growing pauses, and at once when another process is back, which may be what it needs.
    `tell` is called with one line for each event that the user should know.
    """

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._records: list[_Record] = []
        self._followed_at = clock()

    def start(self, process: Supervised) -> None:
        """Start a process and keep it running."""
        with suppress(OSError):
            trim(process.log)
        record = _Record(process)
        self._records.append(record)
        self._launch(record)

    def tend(self) -> None:
        """Check every process and restart those that ended and are due. Call it often; a slow start may call it, too."""
        now = self._clock()
        for record in list(self._records):
            if record.running:
                self._look_at(record, now)
            if not record.running and record.due_at is not None and now >= record.due_at:
                self._relaunch(record)
        if now - self._followed_at > _LOGS_EVERY:
            self._followed_at = now
            for record in self._records:
                with suppress(OSError):  # a full disk: the log stays as it is
                    record.seen = follow(record.process.log, record.process.pid, record.seen)

    def require_hope(self) -> None:
        """Raises Failure if a process keeps ending during start-up."""
        for record in self._records:
            if record.failures >= _HOPELESS:
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
        record.seen = size(record.process.log)
        record.process.start()
        record.started_at = self._clock()
        record.running = True

    def _look_at(self, record: _Record, now: float) -> None:
        how = record.process.ended()
        if how is None:
            return
        record.running = False
        had_started = now - record.started_at >= WORKING_SECONDS
        if had_started:
            record.failures = 0
        if had_started or how in _FROM_OUTSIDE:
            record.due_at, pause = now + SOON, SOON
        else:
            pause = self._failed(record, now)
        self._tell(f"{record.process.name} 已退出（{how}），{pause:g} 秒后重启；日志 {record.process.log}")

    def _relaunch(self, record: _Record) -> None:
        had_failed = record.failures
        try:
            self._launch(record)
        except (Failure, OSError) as error:
            pause = self._failed(record, self._clock())
            self._tell(f"{record.process.name} 重启失败，{pause:g} 秒后再试：{error}")
            return
        if not had_failed:
            self._hurry(record)

    def _hurry(self, back: _Record) -> None:
        """Try the processes again that wait because they could not start: they may have missed the one that is back."""
        for record in self._records:
            if record is not back and record.due_at is not None:
                record.due_at = min(record.due_at, self._clock() + SOON)

    @staticmethod
    def _failed(record: _Record, now: float) -> float:
        record.failures += 1
        pause = min(LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(record.failures - 1, 10))
        record.due_at = now + pause
        return float(pause)
