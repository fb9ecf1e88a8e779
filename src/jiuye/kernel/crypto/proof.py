"""Whether the configured keys are those that the stored data needs: asked at each start, of a few rows of every table.

A site with a wrong `BLIND_INDEX_KEY` finds nobody, and would make a second account for each who signs in; one with a wrong encryption key
shows errors. Rows between those that are looked at stay possible: `rotate_keys --check` reads all of them.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from psycopg import sql

from jiuye.kernel.crypto import keys
from jiuye.kernel.crypto.columns import SealedTable, sealed_tables
from jiuye.kernel.crypto.envelopes import Unreadable
from jiuye.kernel.crypto.indexes import blind_index

_ROWS = 3
"""The first and the last by primary key, so many each."""


class WrongKeys(Exception):
    """Keys are missing or are not those that the data was encrypted with. `args`: one line, which shows no key."""


def require() -> None:
    """Raise WrongKeys. A database that is away, or not migrated yet, is no fault of the keys."""
    try:
        found = faults()
    except (OperationalError, ProgrammingError):
        return
    if found:
        raise WrongKeys(
            f"{'；'.join(found)}。请换回原来的密钥；确实遗失的，见 docs/backup.md"
            "（give back the keys that the data was encrypted with; if they are lost: docs/backup.md, “Lost keys”）"
        )


def faults() -> list[str]:
    """Return what is wrong, a line for each key."""
    seen = _Seen()
    for table in sealed_tables():
        for row in _some_rows(table):
            seen.look(table, row)
    return list(seen.faults())


class _Seen:
    """What the rows say of the keys."""

    def __init__(self) -> None:
        self._opened: set[str] = set()
        self._closed: dict[str, str] = {}
        self._found = {True: 0, False: 0}

    def look(self, table: SealedTable, row: dict[str, Any]) -> None:
        """Try to open the values of a row, and compare their indexes."""
        for field in table.fields:
            envelope = row[str(field.column)]
            key_id = str(envelope or "").partition(":")[0][:40]
            if not key_id or key_id in settings.LOST_ENCRYPTION_KEYS:
                continue
            try:
                text = field.open(envelope)
            except Unreadable:
                self._closed.setdefault(key_id, table.name)
                continue
            self._opened.add(key_id)
            if field.found_by and (held := row[field.found_by]):
                self._found[held == blind_index(text, field.purpose)] += 1

    def faults(self) -> Iterator[str]:
        """Yield a line for each key that is missing or another. A single altered row is no fault of its key."""
        for key_id, table in sorted(self._closed.items()):
            if key_id not in keys.key_ids():
                yield f"ENCRYPTION_KEYS 缺少密钥 {key_id}，{table} 等表的数据要用它解密（is missing）"
            elif key_id not in self._opened:
                yield f"ENCRYPTION_KEYS 的密钥 {key_id} 不是加密 {table} 等表时的那一把（is another key of this name）"
        if self._found[False] and not self._found[True]:
            yield "BLIND_INDEX_KEY 不是建立索引时的那一把（is not the one of the stored indexes）"


def _some_rows(table: SealedTable) -> list[dict[str, Any]]:
    key, *columns = table.columns
    columns += [field.found_by for field in table.indexed]
    ends = sql.SQL(" UNION ALL ").join(
        sql.SQL("(SELECT {columns} FROM {table} ORDER BY {key} {order} LIMIT {rows})").format(
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            table=sql.Identifier(table.name),
            key=sql.Identifier(key),
            order=sql.SQL(order),
            rows=sql.Literal(_ROWS),
        )
        for order in ("ASC", "DESC")
    )
    with connection.cursor() as cursor:
        cursor.execute(ends)
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
