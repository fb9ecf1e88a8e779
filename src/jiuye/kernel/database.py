"""Fewer round trips to the database: prepared statements, and rows of several tables inserted by one statement.

For performance-critical paths only; elsewhere the ORM's own calls read better.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count, groupby
from typing import Any, cast

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections
from django.db.models import (
    AutoField,
    BigIntegerField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    Func,
    Model,
    PositiveIntegerField,
    UUIDField,
)
from django.db.transaction import TransactionManagementError

_MOST_TOGETHER = 16

# The values of these fields need no conversion: the driver passes UUIDs, times and numbers as they are.
_AS_THEY_ARE = frozenset({UUIDField, DateTimeField, DateField, ForeignKey, PositiveIntegerField, BigIntegerField})


@contextmanager
def prepared(kind: "type[psycopg.Cursor[Any]]" = psycopg.Cursor) -> Iterator[Any]:
    """Yield a cursor that prepares each statement once per connection (saves parsing and planning in PostgreSQL).

    Parameters are bound by the server: write `= ANY(%s)` with a list, not `IN %s`, and add casts where the type is
    ambiguous.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    cursor = kind(connection.connection)
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(cursor) as wrapped:  # type: ignore[arg-type]
        yield wrapped


def insert(*rows: Model, then: str = "SELECT", parameters: Sequence[Any] = ()) -> None:
    """Insert new rows of any tables in one statement and one round trip, the transaction's BEGIN included.

    `then` is a SELECT run with them for its side effects; `%s` in it is replaced by `parameters`. Generated keys are
    not read back and signals are not sent. Rows may refer to one another: foreign keys are checked at the end of the
    transaction. Raise Django's `IntegrityError` and related errors.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if len(rows) > _MOST_TOGETHER:
        for model, some in groupby(rows, type):
            cast(Any, model)._default_manager.bulk_create(list(some), batch_size=1000)
        rows = ()
    models = tuple(map(type, rows))
    values = [
        field.get_db_prep_save(getattr(row, attribute), connection) if field else getattr(row, attribute)
        for row in rows
        for attribute, field in _attributes(type(row))
    ]
    with prepared(psycopg.RawCursor) as cursor, connection.wrap_database_errors, connection.connection.pipeline():
        cursor.execute(_statement(models, then), [*values, *parameters])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@lru_cache(maxsize=200)
def _statement(models: tuple[type[Model], ...], then: str) -> str:
    """Return the statement with PostgreSQL's `$1` placeholders, so that the driver need not convert them."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    numbers = count(1)
    parts = []
    for number, model in enumerate(models):
        names = ", ".join(quote(field.column or "") for field in _fields(model))
        places = ", ".join(f"${next(numbers)}" for _ in _fields(model))
        table = quote(model._meta.db_table)
        parts.append(f"r{number} AS (INSERT INTO {table} ({names}) VALUES ({places}))")  # noqa: S608 - our own names
    then = "".join(f"{part}${next(numbers)}" for part in then.split("%s")[:-1]) + then.split("%s")[-1]
    return f"WITH {', '.join(parts)} {then}" if parts else then


@lru_cache(maxsize=200)
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, AutoField) and not isinstance(field.db_default, Func)  # computed by the database
    )


@lru_cache(maxsize=200)
def _attributes(model: type[Model]) -> "list[tuple[str, Field[Any, Any] | None]]":
    """Return each column's attribute, with its field if the value needs conversion."""
    return [(field.attname, None if type(field) in _AS_THEY_ARE else field) for field in _fields(model)]


def bound_waits() -> None:
    """Let nobody in this process wait long for the database (`kernel.postgresql`). For processes that serve requests."""
    cast(Any, connections[DEFAULT_DB_ALIAS]).bound_waits()


def is_away(error: BaseException) -> bool:
    """Return whether an error, or what caused it, says that the database cannot answer now: it is away, restarting, out of
    connections, out of space, read-only, too slow, or was lost in the middle of a transaction.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, _AWAY) or (isinstance(seen, TransactionManagementError) and _has_lost_connection()):
            return True
        seen = seen.__cause__
    return False


# Django's and psycopg's own, among them PoolTimeout. The last two: what follows in a transaction that failed before, and
# what a server says that only reads.
_AWAY = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.InFailedSqlTransaction,
    psycopg.errors.ReadOnlySqlTransaction,
)


def _has_lost_connection() -> bool:
    connection: Any = connections[DEFAULT_DB_ALIAS]
    return connection.connection is None or bool(connection.connection.closed)


def discard_broken() -> None:
    """Close broken pool connections after a server restart.

    The pool does not check connections on every request, which would cost a round trip each. The first request on a
    broken one gets a 503 and has the others closed.
    """
    connection: Any = connections[DEFAULT_DB_ALIAS]
    known = getattr(connection, "availability", None)  # only our PostgreSQL backend has one
    if known and known.is_away:
        return
    if connection.connection is None or not connection.connection.closed:
        return
    with suppress(DatabaseError):
        connection.close()
    pool = getattr(connection, "pool", None)
    if known:
        known.suspect()
    if pool:
        pool.check()
