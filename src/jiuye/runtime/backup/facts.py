"""What a database holds, seen in one snapshot: rows and checksums of each table, applied migrations, the audit chain's head."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

_PLAIN = (
    "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';"
    " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL statement_timeout = 0;"
    " SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL search_path = public"
)
"""A row as text must not depend on the settings of a session."""
_TABLES = (
    "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
    " AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
    " ORDER BY c.relname"
)
# Sums of 60 bits of each row's SHA-256: the order of rows does not matter.
_CHECKSUM = (
    "SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 15))"
    "::bit(60)::bigint), 0)::text FROM {} t"
)


@dataclass(frozen=True)
class Contents:
    """Tables with rows and checksum; migrations as `app.name`; the audit chain's head and the entries not yet in it."""

    tables: dict[str, tuple[int, str]]
    migrations: list[str]
    audit: dict[str, Any]

    def differs_from(self, tables: dict[str, list[Any]]) -> list[str]:
        """Return the names of tables that are not as in a manifest."""
        told = {name: (int(rows), str(checksum)) for name, (rows, checksum) in tables.items()}
        return sorted(name for name in {*told, *self.tables} if told.get(name) != self.tables.get(name))


def begin(connection: psycopg.Connection) -> str:
    """Begin a transaction that sees one moment. Return the name of its snapshot, for other connections."""
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    connection.execute(_PLAIN)
    return str(_one(connection, "SELECT pg_export_snapshot()"))


def contents(connection: psycopg.Connection) -> Contents:
    """Return what the open transaction sees. Reads every table once."""
    tables = {}
    for (name,) in connection.execute(_TABLES).fetchall():
        row = connection.execute(sql.SQL(_CHECKSUM).format(sql.Identifier(name))).fetchone()
        assert row is not None  # noqa: S101 - an aggregate has a row
        tables[name] = (int(row[0]), str(row[1]))
    return Contents(tables, applied_migrations(connection), _audit(connection))


def applied_migrations(connection: psycopg.Connection) -> list[str]:
    """Return the applied migrations as `app.name`, sorted."""
    applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return [name for (name,) in applied]


def _audit(connection: psycopg.Connection) -> dict[str, Any]:
    head = connection.execute(
        "SELECT position, digest FROM kernel_audit WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1"
    ).fetchone()
    waiting = _one(connection, "SELECT count(*) FROM kernel_audit WHERE position IS NULL")
    position, digest = head or (0, "0" * 64)
    return {"position": position, "digest": digest, "not_sealed_yet": waiting}


def files_named(connection: psycopg.Connection) -> set[str]:
    """Return the storage keys of all encrypted files that rows name."""
    return {key for (key,) in connection.execute("SELECT key FROM kernel_sealed_file").fetchall()}


def has_tables(connection: psycopg.Connection) -> bool:
    """Return whether the database has tables of its own."""
    return bool(connection.execute(_TABLES).fetchone())


def _one(connection: psycopg.Connection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
