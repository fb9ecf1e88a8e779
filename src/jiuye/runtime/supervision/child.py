"""A supervised process and its children."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from jiuye.runtime.processes import die_with_parent, wait_until


class Child:
    """A program in its own session, so that a terminal's Ctrl-C reaches only the supervisor.

    Its output goes to `log`. It is stopped by SIGTERM and has `grace` seconds to end.
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
        """The process id while it runs, else None."""
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
        """Return how it ended ("exit code 1", "signal 9"), or None while it runs. Its children are killed with it."""
        process = self._process
        if process is None:
            return "not started"
        if not _has_ended(process.pid):
            return None
        code = self._reap(process)
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def stop(self) -> None:
        """Stop it and its children. Idempotent."""
        process = self._process
        if process is None:
            return
        if not _has_ended(process.pid):
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: _has_ended(process.pid), seconds=self._grace)
        self._reap(process)

    def _reap(self, process: "subprocess.Popen[bytes]") -> int:
        """Kill the rest of its process group, then collect its exit code."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        self._process = None
        return process.wait()


def _has_ended(pid: int) -> bool:
    """Check without collecting the exit code: until then its id, and so its group's id, cannot be reused."""
    try:
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # another process collected it
        return True
