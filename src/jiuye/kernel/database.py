"""Fewer trips to the database: statements that the server parses once, and rows of several tables sent together.

For paths that must be quick; elsewhere the ORM's own calls read better.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import AutoField, Field, Model


@contextmanager
def prepared() -> Iterator[Any]:
    """A cursor whose statements each connection prepares once (PostgreSQL then spares parsing and planning).

    Parameters are bound by the server: write `= ANY(%s)` with a list, not `IN %s`, and cast where the type is not plain.
    """
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    logged = connection.queries_logged
    with connection.make_debug_cursor(cursor) if logged else connection.make_cursor(cursor) as wrapped:
        yield wrapped


def insert(*rows: Model) -> None:
    """Write new rows, in the order given, in one round trip. Automatic keys are given by the database and not read back.

    Signals are not sent. Raises Django's `IntegrityError` and its kin.
    """
    with prepared() as cursor, connection.wrap_database_errors, connection.connection.pipeline():
        for row in rows:
            statement, fields = _insertion(type(row))
            cursor.execute(
                statement, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
            )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _insertion(model: type[Model]) -> "tuple[str, list[Field[Any, Any]]]":
    """The statement that inserts a row of `model`, and the fields whose values it takes."""
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", fields  # noqa: S608
