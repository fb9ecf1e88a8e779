"""What the product's role may do in the database: what pages and workers need, and no more.

Tables belong to another role, the owner, by which `migrate` runs. So the runtime role can neither truncate nor alter a table, nor disable a
trigger; in tables that only grow it can add rows and nothing else, except for what a model says in `runtime_privileges`
(ADR 12, GB/T 22239-2019 §8.1.4.2 “least privilege”).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection
from psycopg.sql import SQL, Composable, Identifier

ROWS = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
_ALL = (*sorted(ROWS), "TRUNCATE", "REFERENCES", "TRIGGER")
_SHOWN = 5
_MADE_BY_MIGRATIONS = frozenset({"django_migrations", "django_content_type"})


class Cursor(Protocol):
    """A cursor of Django or of psycopg."""

    def execute(self, statement: Any, parameters: Any = None, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Runtime:
    """The privileges of the runtime role on one table. `columns`: those it may update in a table that it may not update as a whole."""

    table: frozenset[str] = ROWS
    columns: tuple[str, ...] = field(default=())


class RefusedRole(Exception):
    """The role may do too much or too little. `args`: one line for each table."""


def require() -> None:
    """Raise RefusedRole if a table, sequence or schema does not fit the role of this process.

    A role that owns the tables is refused in production only: development and tests have one role. A database that is away is no fault.
    """
    try:
        with connection.cursor() as cursor:
            if not settings.PRODUCTION and _owns(cursor, None):
                return
            found = faults(cursor)
    except OperationalError:
        return
    if found:
        shown = "; ".join(found[:_SHOWN]) + ("" if len(found) <= _SHOWN else f"; {len(found)} in all")
        raise RefusedRole(
            f"数据库角色的权限不对，请以所有者角色运行 ./jiuye manage migrate（correct the database role: {shown}）"
        )


def faults(cursor: Cursor, role: str | None = None) -> list[str]:
    """Return what `role` (default: the connected one) may do and must not, or must do and may not; a line for each object."""
    cursor.execute("SELECT coalesce(%s, current_user)::text", [role])
    ((role,),) = cursor.fetchall()
    return [*_of_the_role(cursor, role), *_of_tables(cursor, role), *_of_sequences(cursor, role)]


def grant(cursor: Cursor, role: str) -> None:
    """As the owner: give `role` what it needs on every table, now and for tables made later. Objects that fit already are left alone."""
    cursor.execute("SELECT current_database()")
    ((database,),) = cursor.fetchall()
    names: dict[str, Composable] = {"role": Identifier(role), "database": Identifier(database)}
    if list(_of_the_role(cursor, role)):
        _run(cursor, "REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC, {role}", names)
        _run(cursor, "GRANT CONNECT ON DATABASE {database} TO {role}", names)
        _run(
            cursor, "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}; GRANT USAGE ON SCHEMA public TO {role}", names
        )
    for table, _, _ in list(_unfit_tables(cursor, role)):
        wanted = _wanted(table)
        names |= {"table": Identifier(table), "columns": SQL(", ").join(map(Identifier, wanted.columns))}
        _run(cursor, "REVOKE ALL ON {table} FROM PUBLIC, {role}", names)
        _run(cursor, f"GRANT {', '.join(sorted(wanted.table))} ON {{table}} TO {{role}}", names)
        if wanted.columns:
            _run(cursor, "GRANT UPDATE ({columns}) ON {table} TO {role}", names)
    _run(cursor, "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}", names)
    _run(cursor, "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}", names)
    default = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    _run(cursor, f"{default} {', '.join(sorted(ROWS))} ON TABLES TO {{role}}", names)
    _run(cursor, f"{default} USAGE, SELECT ON SEQUENCES TO {{role}}", names)


def _run(cursor: Cursor, statement: str, names: dict[str, Composable]) -> None:
    cursor.execute(SQL(statement).format(**names))


def _wanted(table: str) -> Runtime:
    if table in _MADE_BY_MIGRATIONS:
        return Runtime(frozenset({"SELECT"}))
    return _declared().get(table, Runtime())


def _declared() -> dict[str, Runtime]:
    return {
        model._meta.db_table: model.runtime_privileges
        for model in apps.get_models()
        if hasattr(model, "runtime_privileges")
    }


_TABLES = """
SELECT c.relname::text,
    ARRAY(SELECT p FROM unnest(%(privileges)s::text[]) p WHERE has_table_privilege(%(role)s, c.oid, p)),
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        AND has_column_privilege(%(role)s, c.oid, a.attnum, 'UPDATE') ORDER BY 1)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""


def _unfit_tables(cursor: Cursor, role: str) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield table, missing and superfluous privileges of the tables that do not fit."""
    cursor.execute(_TABLES, {"role": role, "privileges": list(_ALL)})
    for table, privileges, columns in cursor.fetchall():
        wanted = _wanted(table)
        has, needs = set(privileges), set(wanted.table)
        if "UPDATE" not in privileges:
            has |= {f"UPDATE ({column})" for column in columns}
        needs |= {f"UPDATE ({column})" for column in wanted.columns}
        if has != needs:
            yield table, needs - has, has - needs


def _of_tables(cursor: Cursor, role: str) -> Iterator[str]:
    for table, missing, superfluous in _unfit_tables(cursor, role):
        parts = [
            f"{word} {', '.join(sorted(some))}" for word, some in (("lacks", missing), ("has", superfluous)) if some
        ]
        yield f"{table}: {role} {' and '.join(parts)}"


_SEQUENCES = """
SELECT relname::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
AND (NOT has_sequence_privilege(%(role)s, oid, 'USAGE') OR has_sequence_privilege(%(role)s, oid, 'UPDATE')) ORDER BY 1
"""


def _of_sequences(cursor: Cursor, role: str) -> Iterator[str]:
    cursor.execute(_SEQUENCES, {"role": role})
    for (sequence,) in cursor.fetchall():
        yield f"{sequence}: {role} must have USAGE and not UPDATE"


_ROLE = """
SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
    has_schema_privilege(rolname, 'public', 'CREATE'), NOT has_schema_privilege(rolname, 'public', 'USAGE'),
    has_database_privilege(rolname, current_database(), 'CREATE'), has_database_privilege(rolname, current_database(), 'TEMPORARY')
FROM pg_roles WHERE rolname = %(role)s
"""
_MEANING = (
    *("is a superuser", "may create databases", "may create roles", "may replicate", "bypasses row security"),
    *("may create in the schema", "cannot use the schema", "may create schemas", "may create temporary tables"),
)


def _of_the_role(cursor: Cursor, role: str) -> Iterator[str]:
    cursor.execute(_ROLE, {"role": role})
    found = cursor.fetchall()
    if not found:
        yield f"{role} does not exist"
        return
    if _owns(cursor, role):
        yield f"{role} owns tables"
    yield from (f"{role} {meaning}" for has, meaning in zip(found[0], _MEANING, strict=True) if has)


_OWNS = """
SELECT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND pg_has_role(coalesce(%(role)s, current_user)::name, relowner, 'MEMBER')
)
"""


def _owns(cursor: Cursor, role: str | None) -> bool:
    """Whether the role (default: the connected one) owns a table, or belongs to one that does."""
    cursor.execute(_OWNS, {"role": role})
    ((owns,),) = cursor.fetchall()
    return bool(owns)
