"""Starting a child process that opens a file, and ending it in time."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

_MOST_ANSWERED = 64 * 1024 * 1024
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  # documents are not written to disk where there is a folder in memory
_PREFIX = "opening-"
_ABANDONED = 600
"""Seconds after which a folder belongs to nobody: this process's predecessor was killed."""
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")


class ChildFailed(Exception):
    """The child was ended by a limit or a crash, or did not end in time: the file is to blame as far as one can know."""


class ChildBroken(OSError):
    """The child ended by a fault of its own program, such as a missing package."""


def run(module: str, data: bytes, *, seconds: float) -> bytes:
    """Return the answer of `module`'s main program to `data`. Raise ChildFailed, ChildBroken, and OSError if no process can be
    started.

    The child's folder for temporary files is in memory, and deleted afterwards.
    """
    place = _MEMORY_FOLDER if os.access(_MEMORY_FOLDER, os.W_OK) else Path(tempfile.gettempdir())
    folder = tempfile.mkdtemp(prefix=_PREFIX, dir=place)
    try:
        _sweep(place, os.stat(folder).st_mtime)
        return _answer(module, data, folder, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def started(
    module: str, *arguments: str, seconds: float, folder: str | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start `module`'s main program, and end it, with all that it has started, at the end or after `seconds`.

    It gets none of the secrets in this process's environment (database, keys). Raise OSError if no process can be started.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ} | {"OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment | ({"HOME": folder, "TMPDIR": folder} if folder else {}),
        start_new_session=True,
    )
    timer = Timer(seconds, _kill, [child])
    timer.daemon = True
    timer.start()
    try:
        yield child
    finally:
        timer.cancel()
        _kill(child)
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):  # what the child has not read
                pipe.close()  # type: ignore[union-attr]
        child.wait()


def _answer(module: str, data: bytes, folder: str, seconds: float) -> bytes:
    with started(module, seconds=seconds, folder=folder) as child:
        answer, _ = child.communicate(data)
    if child.returncode > 0:
        raise ChildBroken(f"exit code {child.returncode}")
    if child.returncode < 0 or len(answer) > _MOST_ANSWERED:
        raise ChildFailed(f"ended by signal {-child.returncode}")
    return answer


def _sweep(place: Path, moment: float) -> None:
    """Delete what killed processes of this user have left. `moment` is the file system's time."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            state = folder.stat()
            if state.st_uid == os.getuid() and moment - state.st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """End the child and everything it has started: its session is a process group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
