"""Read the current generation from any process and thread."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy

from jiuye.adapters.search_tantivy.directory import Generations, damaged_file, schema_of
from jiuye.ports.search import SearchUnavailable

_INTERVAL = 0.2


@dataclass(frozen=True)
class _Open:
    generation: str
    index: tantivy.Index
    searcher: tantivy.Searcher
    stamp: tuple[int, int, int]


@contextmanager
def guarded() -> Iterator[None]:
    """Turn errors of the engine, including panics, into SearchUnavailable."""
    try:
        yield
    except (ValueError, OSError, RuntimeError) as error:
        raise SearchUnavailable(f"the index cannot be read: {error}") from error
    except BaseException as error:
        # pyo3 raises a Rust panic as a direct child of BaseException, of a class it does not export.
        if type(error).__name__ != "PanicException":
            raise
        raise SearchUnavailable(f"the index cannot be read: {error}") from error


class Reader:
    """The searcher of the current generation.

    At most every 0.2 s it checks the pointer and the generation's meta file and reopens when one has changed; queries in
    between cost nothing. It has no thread, so it survives a fork.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._problem = "no index has been built"
        self._look_at = 0.0

    def searcher(self) -> tantivy.Searcher:
        """Return a searcher over the last commit. Raise SearchUnavailable."""
        if time.monotonic() >= self._look_at and self._lock.acquire(blocking=self._open is None):
            try:
                if time.monotonic() >= self._look_at:
                    self._refresh()
            finally:
                self._lock.release()
        opened = self._open
        if opened is None:
            raise SearchUnavailable(self._problem)
        return opened.searcher

    def expire(self) -> None:
        """Check again at the next query, because this process has committed."""
        self._look_at = 0.0

    def fail(self, problem: str) -> None:
        """Close an index that turned out to be unreadable; the next check opens it again."""
        with self._lock:
            self._open, self._problem = None, problem
            self._look_at = time.monotonic() + _INTERVAL

    def close(self) -> None:
        with self._lock:
            self._open = None
            self._look_at = 0.0

    def _refresh(self) -> None:
        try:
            with guarded():
                self._open = self._reopened()
        except SearchUnavailable as error:
            self._open, self._problem = None, str(error)
        self._look_at = time.monotonic() + _INTERVAL

    def _reopened(self) -> _Open:
        name = self._generations.current()
        if not name:
            raise SearchUnavailable("no index has been built")
        if schema_of(name) != self._generations.schema:
            raise SearchUnavailable("the index is of another schema")
        path = self._generations.path(name)
        stamp = _stamp(path / "meta.json")
        opened = self._open
        if opened is None or opened.generation != name:
            # Before Tantivy maps them: reading past the end of a cut file would end this process (SIGBUS).
            if damaged := damaged_file(path, thorough=False):
                raise SearchUnavailable(f"the index is damaged: {damaged}")
            index = tantivy.Index.open(str(path))
            index.config_reader(reload_policy="manual")
        elif opened.stamp == stamp:
            return opened
        else:
            index = opened.index
        index.reload()
        return _Open(name, index, index.searcher(), stamp)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size
