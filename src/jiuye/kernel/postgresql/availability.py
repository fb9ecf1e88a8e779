"""Whether the database answers. While it does not, nobody waits for it: requests fail at once, and one thread looks."""

import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger("database")
LOOKS_EVERY = 0.3
"""Seconds between two looks while it is away."""


class Availability:
    """What this process knows about the database.

    `answers` asks it on a connection of its own, in bounded time. `returned` is called when it is back after having been
    away, before anybody uses it again.
    """

    def __init__(self, answers: Callable[[], bool], returned: Callable[[], None] = lambda: None) -> None:
        self._answers = answers
        self._returned = returned
        self._lock = threading.Lock()
        self._is_looking = False
        self.is_away = False

    def suspect(self) -> None:
        """Note that something failed: a thread asks the database, and if it does not answer, goes on until it does."""
        with self._lock:
            if self._is_looking:
                return
            self._is_looking = True
        threading.Thread(target=self._look, name="database-looks", daemon=True).start()

    def is_gone(self) -> bool:
        """Ask the database now; return whether it is away. A thread then looks for its return."""
        if not self.is_away and self._answers():
            return False
        self.is_away = True
        self.suspect()
        return True

    def _look(self) -> None:
        try:
            while not self._answers():
                if not self.is_away:
                    log.warning("the database is away")
                self.is_away = True
                time.sleep(LOOKS_EVERY)
            if self.is_away:
                self._returned()
                log.info("the database is back")
        finally:
            with self._lock:
                self.is_away = self._is_looking = False
