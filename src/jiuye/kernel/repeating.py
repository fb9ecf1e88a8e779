"""Work that a thread of the worker repeats for as long as the worker runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.db import connection

log = structlog.get_logger("worker")
PATIENCE = 5.0
"""Seconds to wait after a failure, and for the end of a run when the block ends."""


@contextmanager
def repeating(name: str, work: Callable[[], object], *, every: float) -> Iterator[None]:
    """Run `work` again and again within the block, `every` seconds after its last end. What it raises is logged."""
    stop = threading.Event()
    thread = threading.Thread(target=_run, args=(name, work, every, stop), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(PATIENCE)


def _run(name: str, work: Callable[[], object], every: float, stop: threading.Event) -> None:
    while not stop.is_set():
        wait = every
        try:
            work()
        except Exception as error:
            log.warning("repeated work failed", work=name, error=type(error).__name__, exc_info=error)
            wait = PATIENCE
        finally:
            connection.close()
        stop.wait(wait)
