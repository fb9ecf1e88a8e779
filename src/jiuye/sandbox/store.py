"""The sandbox's storage: one SQLite file, so that a restart (or kill -9) loses nothing."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app


class Store:
    """A SQLite database at `directory`/sandbox.sqlite3; each service brings its `CREATE … IF NOT EXISTS` script.

    A connection is opened for each use (0.1 ms): nothing is shared between threads, nothing is left open. Raise
    OSError if the folder cannot be created or written.
    """

    def __init__(self, directory: Path, schemas: Iterable[str]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.path = directory / "sandbox.sqlite3"
        try:
            with self.open() as database:
                database.execute("PRAGMA journal_mode=WAL")
                for schema in schemas:
                    database.executescript(schema)
        except sqlite3.OperationalError as problem:
            raise OSError(None, str(problem)) from problem

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection for reading; each statement is separate."""
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=NORMAL")
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a write transaction, committed at the end, rolled back by an exception."""
        with self.open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def store() -> Store:
    """Return the store of the current application."""
    return current_app.extensions["store"]
