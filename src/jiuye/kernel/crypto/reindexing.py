"""Rebuilding blind indexes after their key was changed. Stop the site first: old indexes find nothing."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from jiuye.kernel.crypto.columns import SealedTable, sealed_tables
from jiuye.kernel.crypto.indexes import blind_index

_AT_ONCE = 1000


def stale_indexes() -> dict[str, int]:
    """Return table → number of rows with an index of another key. Decrypts every indexed value."""
    return {table.name: sum(1 for _ in _stale(table)) for table in sealed_tables() if table.indexed}


def rebuild_indexes() -> dict[str, int]:
    """Return table → number of rows updated. One locked transaction per table; safe to repeat."""
    return {table.name: _rebuild(table) for table in sealed_tables() if table.indexed}


@transaction.atomic
def _rebuild(table: SealedTable) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(sql.Identifier(table.name)))
    model: Any = table.model
    changed, stale = 0, _stale(table)
    while some := [model(pk=key, **values) for key, values in islice(stale, _AT_ONCE)]:
        model._base_manager.bulk_update(some, [field.found_by for field in table.indexed])
        changed += len(some)
    return changed


def _stale(table: SealedTable) -> Iterator[tuple[Any, dict[str, str | None]]]:
    """Yield (primary key, {index column: right value}) of every row with a wrong index."""
    names = [name for field in table.indexed for name in (field.attname, field.found_by)]
    rows = table.model._base_manager.order_by("pk").values_list("pk", *names)
    for key, *values in rows.iterator(2000):
        pairs = zip(table.indexed, values[::2], values[1::2], strict=True)
        right = {
            field.found_by: (blind_index(text, field.purpose) if text else None, held) for field, text, held in pairs
        }
        if any(expected != held for expected, held in right.values()):
            yield key, {name: expected for name, (expected, _) in right.items()}
