"""Insert rows by COPY: the demonstration has some hundred thousand."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Model


def copy_rows(rows: Iterable[Model]) -> int:
    """Write unsaved instances of one model, each with its key. Return how many."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fields = [field for field in first._meta.concrete_fields if field.get_attname() != "id" or first.pk is not None]
    names = ", ".join(f'"{field.column}"' for field in fields)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f'COPY "{first._meta.db_table}" ({names}) FROM STDIN') as copy:
        for row in _all(first, rows):
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
            count += 1
    return count


def _all(first: Any, rest: Iterable[Any]) -> Iterable[Any]:
    yield first
    yield from rest
