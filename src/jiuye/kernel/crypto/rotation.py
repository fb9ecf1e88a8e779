"""Re-encryption of all stored data with the newest key and algorithm, while the site runs.

Works in batches by primary key. Each batch is one transaction that also records its position, so that a killed run
resumes there. A batch locks its rows before reading them: a concurrent edit either is re-encrypted too or waits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg import sql

from jiuye.kernel import clock
from jiuye.kernel.crypto.columns import SealedTable, sealed_tables
from jiuye.kernel.crypto.envelopes import Unreadable, newest_prefix
from jiuye.kernel.models import KeyRotation

BATCH = 500
_TRIES = 5
_CLEAN_PASSES = 3  # processes that still run with the old settings write old envelopes behind this run
_WAITED_IN_VAIN = frozenset({"40P01", "55P03"})  # deadlock detected, lock not available
_PERMIT = "SELECT set_config('jiuye.rotating', 'on', true)"


@dataclass(frozen=True, slots=True)
class Standing:
    """The number of rows of a table with an envelope of another key or algorithm than the newest."""

    table: str
    old: int


@dataclass(slots=True)
class Progress:
    """The result of a run for a table: rows re-encrypted, and keys of rows that do not decrypt."""

    table: str
    rewritten: int = 0
    unreadable: tuple[str, ...] = ()


def standing() -> list[Standing]:
    """Return the state of every table with encrypted columns. Reads each table once."""
    return [Standing(table.name, _count_old(table)) for table in sealed_tables()]


def _count_old(table: SealedTable) -> int:
    statement = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(table.name), _is_old(table))
    with connection.cursor() as cursor:
        cursor.execute(statement)
        (count,) = cursor.fetchone()
    return int(count)


def rotate(*, batch: int = BATCH, tell: Callable[[Progress], None] = lambda progress: None) -> list[Progress]:
    """Re-encrypt all old rows. Return what was done per table. `tell` is called after each batch.

    Rows that do not decrypt (a key that is no longer configured, an altered envelope) are left unchanged and
    reported.
    """
    return [_rotate(table, batch, tell) for table in sealed_tables()]


def _rotate(table: SealedTable, batch: int, tell: Callable[[Progress], None]) -> Progress:
    progress = Progress(table.name)
    for _ in range(_CLEAN_PASSES):
        progress.unreadable = ()
        for rewritten, unreadable in _batches(table, batch):
            progress.rewritten += rewritten
            progress.unreadable += unreadable
            tell(progress)
        if _count_old(table) == len(progress.unreadable):
            break
    return progress


def _batches(table: SealedTable, batch: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Run batches from where the last run stopped to the end of the table."""
    while True:
        outcome = _patiently(lambda: _one_batch(table, batch))
        if outcome is None:
            return
        yield outcome


def _patiently(work: Callable[[], Any]) -> Any:
    """Repeat a batch that PostgreSQL cancelled because of a deadlock; it had written nothing."""
    for left in reversed(range(_TRIES)):
        try:
            return work()
        except OperationalError as error:
            if not left or getattr(error.__cause__, "sqlstate", "") not in _WAITED_IN_VAIN:
                raise
    raise AssertionError


@transaction.atomic
def _one_batch(table: SealedTable, batch: int) -> tuple[int, tuple[str, ...]] | None:
    """Return (rows re-encrypted, keys of those that do not decrypt), or None at the end of the table."""
    target = newest_prefix()
    mark, _ = KeyRotation.objects.select_for_update().get_or_create(
        table=table.name, target=target, defaults={"started_at": clock.now()}
    )
    if mark.finished_at:
        mark.started_at, mark.finished_at, mark.position, mark.rewritten = clock.now(), None, "", 0
    rows = _locked_rows(table, mark.position, batch)
    if not rows:
        mark.finished_at, mark.position = clock.now(), ""
        mark.save()
        return None
    renewed, unreadable = _renewed(table, rows)
    _write(table, renewed)
    mark.position = str(rows[-1][0])
    mark.rewritten += len(renewed)
    mark.save()
    return len(renewed), unreadable


def _locked_rows(table: SealedTable, after: str, batch: int) -> list[tuple[Any, ...]]:
    """Return the next rows with an old envelope, ordered by key, locked against edits but not against references."""
    key = sql.Identifier(table.columns[0])
    beyond: sql.Composable = sql.SQL("TRUE")
    if after:
        beyond = sql.SQL("{} > {}::{}").format(key, sql.Literal(after), sql.SQL(table.types[0]))
    statement = sql.SQL(
        "SELECT {columns} FROM {table} WHERE {beyond} AND {old} ORDER BY {key} LIMIT {limit} FOR NO KEY UPDATE"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        table=sql.Identifier(table.name),
        beyond=beyond,
        old=_is_old(table),
        key=key,
        limit=sql.Literal(batch),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _renewed(table: SealedTable, rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], tuple[str, ...]]:
    """Return the rows with new envelopes, and the keys of those that do not decrypt."""
    renewed, unreadable = [], []
    for key, *envelopes in rows:
        try:
            texts = [field.open(envelope) for field, envelope in zip(table.fields, envelopes, strict=True)]
        except Unreadable:
            unreadable.append(str(key))
            continue
        renewed.append((key, *(field.seal(text) for field, text in zip(table.fields, texts, strict=True))))
    return renewed, tuple(unreadable)


def _write(table: SealedTable, rows: list[tuple[Any, ...]]) -> None:
    """Write the rows back in one statement."""
    if not rows:
        return
    statement = sql.SQL(
        "UPDATE {table} t SET {changes} FROM unnest({given}) AS v({names}) WHERE t.{key} = v.{key}"
    ).format(
        table=sql.Identifier(table.name),
        changes=sql.SQL(", ").join(sql.SQL("{0} = v.{0}").format(sql.Identifier(name)) for name in table.columns[1:]),
        given=sql.SQL(", ").join(sql.SQL("%s::{}[]").format(sql.SQL(kind)) for kind in table.types),
        names=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        key=sql.Identifier(table.columns[0]),
    )
    with connection.cursor() as cursor:
        # Some tables are immutable; their triggers allow a new envelope of the same row.
        cursor.execute(_PERMIT)
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])


def _is_old(table: SealedTable) -> sql.Composable:
    """Return the SQL condition for a row with an old envelope."""
    prefix = sql.Literal(newest_prefix())
    conditions: list[sql.Composable] = [
        sql.SQL("({0} <> '' AND NOT starts_with({0}, {1}))").format(sql.Identifier(name), prefix)
        for name in table.columns[1:]
    ]
    return sql.SQL("({})").format(sql.SQL(" OR ").join(conditions))
