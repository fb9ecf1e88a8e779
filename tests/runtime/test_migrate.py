"""`migrate` gives up waiting for locks and ends slow statements, on a real database with a second session."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pytest_django import Settings

from jiuye.runtime import migrations
from jiuye.runtime.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)

Write = Callable[..., None]
CREATE = "CREATE TABLE later_thing ()"
ADD_COLUMN = "ALTER TABLE runtime_milestone ADD COLUMN later integer"
SLOW = "SELECT pg_sleep({})"


@pytest.fixture
def write(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return a function that writes a migration after the newest one of the app `runtime`, with these statements and class attributes."""
    leaf = MigrationLoader(None).graph.leaf_nodes("runtime")[0]
    folder = tmp_path / f"migrations_{uuid4().hex}"  # Python keeps a module that it has imported under this name
    shutil.copytree(Path(migrations.__path__[0]), folder)
    monkeypatch.syspath_prepend(tmp_path)
    settings.MIGRATION_MODULES = {"runtime": folder.name}

    def written(*statements: str, **attributes: object) -> None:
        lines = [f"    {name} = {value!r}" for name, value in attributes.items()]
        operations = ", ".join(f"migrations.RunSQL({statement!r})" for statement in statements)
        lines += [f"    dependencies = [{leaf!r}]", f"    operations = [{operations}]"]
        body = "\n".join(lines)
        (folder / "x_later.py").write_text(
            f"from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n{body}\n"
        )

    yield written
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS later_thing")
        cursor.execute("ALTER TABLE runtime_milestone DROP COLUMN IF EXISTS later")
        cursor.execute("DELETE FROM django_migrations WHERE name = 'x_later'")


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """A second session with a lock on the table of milestones."""
    place = connection.settings_dict
    with psycopg.connect(host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"]) as session:
        session.execute("LOCK TABLE runtime_milestone IN ACCESS EXCLUSIVE MODE")
        yield session
        session.rollback()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between attempts, which take no time."""
    taken: list[float] = []
    monkeypatch.setattr(migrate.time, "sleep", taken.append)
    return taken


def migrate_runtime() -> str:
    """Return the output of the command."""
    output = io.StringIO()
    call_command("migrate", "runtime", stdout=output)
    return output.getvalue()


def is_recorded() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE name = 'x_later'")
        return bool(cursor.fetchone()[0])


def exists(table: str) -> bool:
    return table in connection.introspection.table_names()


def test_a_table_locked_by_somebody_else_ends_it_and_nothing_is_half_done(
    write: Write, other: psycopg.Connection, pauses: list[float], settings: Settings
) -> None:
    settings.MIGRATE_LOCK_TIMEOUT = 0.05
    write(CREATE, ADD_COLUMN)
    with pytest.raises(
        CommandError, match=r"runtime\.x_later: .*waited 0\.05 s for a lock; .*nothing of this migration was kept"
    ):
        migrate_runtime()
    assert pauses == [0.05] * (migrate.ATTEMPTS - 1)
    assert not exists("later_thing")
    assert not is_recorded()


def test_it_is_tried_again_and_passes_when_the_lock_is_gone(
    write: Write, other: psycopg.Connection, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MIGRATE_LOCK_TIMEOUT = 0.05
    write(CREATE, ADD_COLUMN)
    monkeypatch.setattr(migrate.time, "sleep", lambda seconds: other.rollback())
    assert "attempts left: 4" in migrate_runtime()
    assert exists("later_thing")
    assert is_recorded()


def test_outside_a_transaction_it_is_not_tried_again(
    write: Write, other: psycopg.Connection, pauses: list[float], settings: Settings
) -> None:
    settings.MIGRATE_LOCK_TIMEOUT = 0.05
    write(CREATE, ADD_COLUMN, atomic=False)
    with pytest.raises(CommandError, match="may be half done"):
        migrate_runtime()
    assert pauses == []


def test_a_slow_statement_ends_and_nothing_is_half_done(write: Write, settings: Settings) -> None:
    settings.MIGRATE_STATEMENT_TIMEOUT = 0.05
    write(CREATE, SLOW.format(30))
    with pytest.raises(CommandError, match=r"a statement took longer than 0\.05 s"):
        migrate_runtime()
    assert not exists("later_thing")
    assert not is_recorded()


def test_a_migration_may_lift_the_limit(write: Write, settings: Settings) -> None:
    settings.MIGRATE_STATEMENT_TIMEOUT = 0.05
    write(SLOW.format(0.2), statement_timeout=None)
    migrate_runtime()
    assert is_recorded()


def test_zero_means_no_limit(write: Write, settings: Settings) -> None:
    settings.MIGRATE_STATEMENT_TIMEOUT = 0
    write(SLOW.format(0.2))
    migrate_runtime()
    assert is_recorded()


def test_other_errors_are_raised_as_they_are(write: Write) -> None:
    write("SELECT no_such_column FROM runtime_milestone")
    with pytest.raises(Exception, match="no_such_column") as raised:
        migrate_runtime()
    assert not isinstance(raised.value, CommandError)


def test_afterwards_the_connection_has_no_limits_left(write: Write, settings: Settings) -> None:
    settings.MIGRATE_STATEMENT_TIMEOUT = 60
    write(CREATE)
    migrate_runtime()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("0", "0")
