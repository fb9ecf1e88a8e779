"""The sandbox's memory: one SQLite file, so that a restart (or kill -9) forgets nothing."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app


class Store:
    """A SQLite database at `directory`/sandbox.sqlite3; each service brings its own `CREATE … IF NOT EXISTS` script.

    A connection is opened for each use (0.1 ms): no sharing between the server's threads, nothing to close at the end.
    Raises OSError when the folder cannot be made or written.
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
        """A connection for reading; each statement stands alone."""
        connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA synchronous=NORMAL")
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection in a write transaction, committed at the end, rolled back by an exception."""
        with self.open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def store() -> Store:
    """The store of the application that answers the present request."""
    return current_app.extensions["store"]
