"""Log files of limited size."""

import os
import shutil
import stat
from pathlib import Path

LIMIT = 20 * 1024 * 1024
KEPT = 3


def trim(log: Path, *, limit: int = LIMIT) -> None:
    """Move a log of more than `limit` bytes aside (log.1 … log.3) and empty it in place.

    Its writers keep appending to the same file and need not reopen it; a line written during the copy may be lost.
    """
    try:
        if log.stat().st_size <= limit:
            return
    except FileNotFoundError:
        return
    for number in range(KEPT, 1, -1):
        older = log.with_name(f"{log.name}.{number - 1}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number}"))
    shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    os.truncate(log, 0)


def follow(log: Path, writer: int | None, seen: int) -> int:
    """Limit a log's size, and bring back what its writer, a process id, wrote elsewhere since the file was moved or deleted.

    A process keeps the file that it opened, wherever that goes: a deleted one would grow unseen. What it has beyond `seen` bytes
    is moved to `log`. Return the size now: the next `seen`. Where there is no /proc, only the size is limited.
    """
    elsewhere = _elsewhere(log, writer)
    if elsewhere:
        with open(elsewhere, "r+b") as source, log.open("ab") as target:
            source.seek(seen)
            shutil.copyfileobj(source, target)
            source.truncate(min(seen, source.tell()))
    trim(log)
    return seen if elsewhere else size(log)


def size(log: Path) -> int:
    """Return a log's size; 0 if there is none."""
    return log.stat().st_size if log.exists() else 0


def _elsewhere(log: Path, writer: int | None) -> str | None:
    """Return the path of the file that the process writes to, if its name does not lead there any more."""
    path = f"/proc/{writer}/fd/2"
    if writer is None or not os.path.exists(path):
        return None
    theirs = os.stat(path)
    if not stat.S_ISREG(theirs.st_mode) or (log.exists() and os.path.samestat(theirs, log.stat())):
        return None
    return path


def last_line(log: Path) -> str:
    """Return the last line of a log; empty if there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4096))
            lines = file.read().decode(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip()[:300] if lines else ""
