"""Start child processes that end with us, and find those of a killed run.

A process is recognised by an environment variable or its working folder, never by a stored PID, which after a crash
may belong to another process.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import psutil

MARKER = "JIUYE_SUPERVISED_DATA"
"""Environment variable of every supervised process: the data folder it works for."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Return a `preexec_fn` that has the kernel send `number` to the child when the thread that started it ends.

    Linux only (prctl(2)); None elsewhere. It must run after the child's user id is changed, which resets it:
    `subprocess` calls it last.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # the parent ended before the call
            os.kill(os.getpid(), number)

    return ask_kernel


def run_in_foreground(command: Sequence[str], environment: Mapping[str, str], *, folder: Path | None = None) -> int:
    """Run a program in our terminal until it ends. Return its exit code (128 + n after signal n, as in shells).

    Ctrl-C reaches it from the terminal; SIGTERM is passed on. We stay until it has ended, to clean up after it.
    """
    process = subprocess.Popen(command, env=environment, cwd=folder, preexec_fn=die_with_parent(signal.SIGTERM))
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.SIG_IGN),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: process.terminate()),
    }
    try:
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 128 - code if code < 0 else code


def survivors(data: Path) -> list[psutil.Process]:
    """Return processes that an earlier, killed run on this data folder left. Call only while holding the folder's lock."""
    wanted = str(data.resolve())
    own = os.getpid()
    return [process for process in psutil.process_iter() if process.pid != own and _marker(process) == wanted]


def _marker(process: psutil.Process) -> str | None:
    try:
        return process.environ().get(MARKER)
    except (psutil.Error, OSError):
        return None


def working_in(folder: Path) -> Iterator[psutil.Process]:
    """Yield the processes with this working folder (all of PostgreSQL's change into the data folder)."""
    try:
        wanted = folder.stat()
    except OSError:
        return
    for process in psutil.process_iter():
        try:
            place = os.stat(f"/proc/{process.pid}/cwd") if os.path.isdir("/proc/self") else os.stat(process.cwd())
        except (psutil.Error, OSError):
            continue
        if (place.st_dev, place.st_ino) == (wanted.st_dev, wanted.st_ino):
            yield process


def end(processes: Iterable[psutil.Process], *, grace: float = 5.0) -> None:
    """Send the processes SIGTERM, then SIGKILL to those still running after `grace` seconds."""
    asked = list(processes)
    for process in asked:
        _send(process, signal.SIGTERM)
    _, alive = psutil.wait_procs(asked, timeout=grace)
    for process in alive:
        _send(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=grace)


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)  # psutil compares the start time first
    except psutil.Error:
        return


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Poll `condition` until it holds or the time is over. Return whether it held."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
