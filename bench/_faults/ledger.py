"""What was asked of the platform and what it acknowledged, kept outside of its database: JSON lines, on disk before going on."""

import json
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Entry:
    """One request with its retries. `about`: what it was to do. `status` is None until it is acknowledged."""

    number: int
    who: str
    act: str
    about: dict[str, Any]
    attempts: int = 0
    lost: int = 0
    status: int | None = None
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def is_acknowledged(self) -> bool:
        """Return whether the platform said that it is done."""
        return self.status is not None and self.status < 400


class Ledger:
    """Entries in memory and in the file. Threads may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self._lock = threading.Lock()
        self._file = path.open("a", encoding="utf-8")

    def begin(self, who: str, act: str, about: dict[str, Any]) -> Entry:
        """Note a request before it is sent."""
        with self._lock:
            entry = Entry(len(self.entries) + 1, who, act, about)
            self.entries.append(entry)
            self._write({"n": entry.number, "at": time.time(), "who": who, "act": act, **about})
        return entry

    def acknowledge(self, entry: Entry, status: int, told: dict[str, Any]) -> None:
        """Note the answer: from now on the platform may not forget what it said."""
        with self._lock:
            entry.status, entry.told = status, told
            self._write({"n": entry.number, "at": time.time(), "status": status, "attempts": entry.attempts, **told})

    def acknowledged(self, act: str) -> list[Entry]:
        """Return the acknowledged requests of a kind."""
        return [one for one in self.entries if one.act == act and one.is_acknowledged]

    def unknown(self, act: str) -> list[Entry]:
        """Return the requests of a kind that never got an answer: done or not, the client cannot know."""
        return [one for one in self.entries if one.act == act and one.status is None]

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())
