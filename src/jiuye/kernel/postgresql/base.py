"""Django's PostgreSQL backend with two additions: no request waits for a database that is away, and a statement that gets
no answer ends its connection.

A server that is stopped, or a host that vanished, closes no connection: a wait for its answer would never end. In processes
that `bound_waits` was called for, a wait of a second is followed by a question on another connection. If that is not
answered either, the wait ends with `OperationalError`, and so does every further use of the database until it answers.
"""

from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from jiuye.kernel.postgresql.availability import Availability

PATIENCE = 1.0
"""Seconds without an answer after which the database is asked whether it is there."""
_CONNECT_SECONDS = 2  # the least that libpq's connect_timeout allows
_NOTHING = 0  # of psycopg.waiting.Ready
AWAY = "the database does not answer"


class Connection(psycopg.Connection[Any]):
    """A connection whose waits are bounded in processes that serve requests."""

    is_gone: Callable[[], bool] | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As psycopg's; without `timeout` it raises `OperationalError` once the database is known to be away."""
        if timeout is not None or Connection.is_gone is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, PATIENCE)
        except psycopg.errors._WaitTimeout:
            pass
        while True:
            if Connection.is_gone():
                self.pgconn.finish()
                raise psycopg.OperationalError(AWAY)
            with suppress(psycopg.errors._WaitTimeout):
                return super().wait(_resumed(gen), interval, PATIENCE)


def _resumed(gen: Any) -> Generator[Any, int, Any]:
    """Go on with a generator whose wait timed out. psycopg begins a wait with `next`, which is for generators not begun."""
    ready = _NOTHING
    while True:
        try:
            state = gen.send(ready)
        except StopIteration as end:
            return end.value
        ready = yield state


class _Probe(psycopg.Connection[Any]):
    """A connection that waits no longer than `PATIENCE`."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or PATIENCE)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module."""

    availability: Availability | None = None
    """Of the process's pool; None until `bound_waits` is called."""

    @property
    def pool(self) -> Any:
        """Return Django's pool, of connections with bounded waits."""
        made = super().pool
        if made is not None:
            made.connection_class = Connection
        return made

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection out of the pool. Raises `OperationalError` at once while the database is away."""
        known = DatabaseWrapper.availability
        if known is None or self.pool is None:
            return super().get_new_connection(conn_params)
        if known.is_away:
            raise OperationalError(AWAY)
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:  # PoolTimeout is one
            known.suspect()
            raise

    def bound_waits(self) -> None:
        """Bound every wait of this process, which serves requests."""
        if self.pool is None:
            raise ImproperlyConfigured("bounded waits need a pool")
        parameters = {**self.get_connection_params(), "connect_timeout": _CONNECT_SECONDS, "autocommit": True}

        def answers() -> bool:
            try:
                with _Probe.connect(**parameters) as probe:
                    probe.execute("SELECT 1")
            except (psycopg.Error, OSError):
                return False
            return True

        known = DatabaseWrapper.availability = Availability(answers, self._refresh_pool)
        Connection.is_gone = staticmethod(known.is_gone)

    def _refresh_pool(self) -> None:
        """Replace the connections that broke meanwhile."""
        with suppress(psycopg.Error):
            self.pool.check()
