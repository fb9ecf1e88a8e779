"""Fewer trips to the database: statements that the server parses once, and rows of several tables written by one.

For paths that must be quick; elsewhere the ORM's own calls read better.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import groupby
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import (
    AutoField,
    BigIntegerField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    Model,
    PositiveIntegerField,
    UUIDField,
)

_MOST_TOGETHER = 16
_MOST_PARAMETERS = 45  # of one statement; psycopg reads one with more than 50 anew every time

# Their values need no conversion: the driver writes UUIDs, times and numbers as PostgreSQL reads them.
_AS_THEY_ARE = frozenset({UUIDField, DateTimeField, DateField, ForeignKey, PositiveIntegerField, BigIntegerField})


@contextmanager
def prepared() -> Iterator[Any]:
    """A cursor whose statements each connection prepares once (PostgreSQL then spares parsing and planning).

    Parameters are bound by the server: write `= ANY(%s)` with a list, not `IN %s`, and cast where the type is not plain.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(cursor) as wrapped:
        yield wrapped


def insert(*rows: Model, then: str = "SELECT", parameters: Mapping[str, Any] | None = None) -> None:
    """Write new rows of any tables in one round trip, the transaction's beginning included.

    `then` is a SELECT that goes with them, for what it does; its `parameters` are named. Automatic keys are not read back
    and signals not sent. Rows may refer to rows after them: foreign keys are checked at the transaction's end. Raises
    Django's `IntegrityError` and its kin.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if len(rows) > _MOST_TOGETHER:
        for model, some in groupby(rows, type):
            model._default_manager.bulk_create(list(some), batch_size=1000)  # type: ignore[arg-type]
        rows = ()
    with prepared() as cursor, connection.wrap_database_errors, connection.connection.pipeline():
        *first, last = _portions(rows)
        for portion in first:
            cursor.execute(_statement(tuple(map(type, portion)), "SELECT"), _values(portion, connection))
        values = _values(last, connection) | dict(parameters or {})
        cursor.execute(_statement(tuple(map(type, last)), then), values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _portions(rows: Sequence[Model]) -> list[list[Model]]:
    """The rows in statements of so many parameters that psycopg remembers how it read them."""
    portions: list[list[Model]] = [[]]
    room = _MOST_PARAMETERS
    for row in rows:
        needed = len(_fields(type(row)))
        if needed > room and portions[-1]:
            portions.append([])
            room = _MOST_PARAMETERS
        portions[-1].append(row)
        room -= needed
    return portions


def _values(rows: Sequence[Model], connection: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for row, fields in zip(rows, _places(tuple(map(type, rows))), strict=True):
        for name, attribute, field in fields:
            value = getattr(row, attribute)
            values[name] = field.get_db_prep_save(value, connection) if field else value
    return values


@lru_cache(maxsize=200)
def _places(models: tuple[type[Model], ...]) -> "list[list[tuple[str, str, Field[Any, Any] | None]]]":
    """For each column its parameter's name, the attribute, and the field where its value needs converting."""
    return [
        [
            (f"{number}_{field.column}", field.attname, None if type(field) in _AS_THEY_ARE else field)
            for field in _fields(model)
        ]
        for number, model in enumerate(models)
    ]


@lru_cache(maxsize=200)
def _statement(models: tuple[type[Model], ...], then: str) -> str:
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    parts = []
    for number, model in enumerate(models):
        columns = [field.column for field in _fields(model)]
        names = ", ".join(map(quote, columns))
        places = ", ".join(f"%({number}_{column})s" for column in columns)
        table = quote(model._meta.db_table)
        parts.append(f"r{number} AS (INSERT INTO {table} ({names}) VALUES ({places}))")  # noqa: S608 - our own names
    return f"WITH {', '.join(parts)} {then}" if parts else then


@lru_cache(maxsize=200)
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField))


def discard_broken() -> None:
    """After the server went away: leave no connection in this process's pool that is of no use.

    The pool doesn't ask after a connection's health on every request, which would cost a round trip each; the first
    request that meets a broken one is answered 503 and clears the others away.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is None or not connection.connection.closed:
        return
    with suppress(DatabaseError):
        connection.close()
    if connection.pool:
        connection.pool.check()
