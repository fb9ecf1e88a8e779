"""Log files of limited size."""

import os
import shutil
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


def last_line(log: Path) -> str:
    """Return the last line of a log; empty if there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 4096))
            lines = file.read().decode(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip()[:300] if lines else ""
