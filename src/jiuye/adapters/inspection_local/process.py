"""Starting the child process that opens a document, and ending it in time."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

_MOST_ANSWERED = 64 * 1024 * 1024
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  # documents are not written to disk where there is a folder in memory
_PREFIX = "inspection-"
_ABANDONED = 600
"""Seconds after which a folder belongs to nobody: this process's predecessor was killed."""
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "LD_LIBRARY_PATH")


class ChildFailed(Exception):
    """The child was ended by a limit or a crash, or did not end in time: the file is to blame as far as one can know."""


class ChildBroken(OSError):
    """The child ended by a fault of its own program, such as a missing package."""


def run(data: bytes, *, seconds: float) -> bytes:
    """Return the answer of the child to `data`. Raise ChildFailed, ChildBroken, and OSError if no process can be started."""
    place = _MEMORY_FOLDER if os.access(_MEMORY_FOLDER, os.W_OK) else Path(tempfile.gettempdir())
    folder = tempfile.mkdtemp(prefix=_PREFIX, dir=place)
    try:
        _sweep(place, os.stat(folder).st_mtime)
        return _answer(data, folder, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(place: Path, moment: float) -> None:
    """Delete what killed processes of this user have left. `moment` is the file system's time."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            state = folder.stat()
            if state.st_uid == os.getuid() and moment - state.st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


def _answer(data: bytes, folder: str, seconds: float) -> bytes:
    # Secrets of the environment (database, keys) stay here.
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    child = subprocess.Popen(
        [sys.executable, "-m", "jiuye.adapters.inspection_local"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment | {"HOME": folder, "TMPDIR": folder, "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    try:
        answer, _ = child.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise ChildFailed("not in time") from None
    finally:
        _end(child)
    if child.returncode > 0:
        raise ChildBroken(f"exit code {child.returncode}")
    if child.returncode < 0 or len(answer) > _MOST_ANSWERED:
        raise ChildFailed(f"ended by signal {-child.returncode}")
    return answer


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and everything it has started: its session is a process group of its own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
