"""One supervised process and whatever it starts in turn."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from jiuye.runtime.processes import die_with_parent, wait_until


class Child:
    """A program in a session of its own, so that a terminal's Ctrl-C reaches the supervisor alone.

    Its output goes to `log`. It is asked to stop by SIGTERM and gets `grace` seconds for it.
    """

    def __init__(
        self, name: str, command: Sequence[str], *, environment: dict[str, str], log: Path, grace: float = 10.0
    ) -> None:
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = environment
        self._grace = grace
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the program."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def ended(self) -> str | None:
        """How it ended ("exit code 1", "signal 9"), None while it runs. What it had started is killed with it."""
        process = self._process
        if process is None:
            return "not started"
        if not _has_ended(process.pid):
            return None
        code = self._reap(process)
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def stop(self) -> None:
        """Stop it and all it started. Idempotent."""
        process = self._process
        if process is None:
            return
        if not _has_ended(process.pid):
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: _has_ended(process.pid), seconds=self._grace)
        self._reap(process)

    def _reap(self, process: "subprocess.Popen[bytes]") -> int:
        """Kill what is left of its group, then take its exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        self._process = None
        return process.wait()


def _has_ended(pid: int) -> bool:
    """Looked at without reaping: until reaped, its id, and so its group's, can't become anybody else's."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # somebody else reaped it
        return True
