"""The site works in a role that owns no table: what it need not do, PostgreSQL refuses it (S13)."""

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from procrastinate.contrib.django import app as queue

from jiuye.kernel import audit, audit_check, clock, events, privileges
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.runtime import prepared
from jiuye.runtime.postgres import RUNTIME_ROLE
from jiuye.runtime.postgres.cluster import SUPERUSER
from jiuye.worker import tasks
from jiuye.worker.handlers import HANDLERS
from tests.factories import accounts, databases, erasure
from tests.factories.applications import apply
from tests.factories.cast import assemble

COMMITS = pytest.mark.django_db(transaction=True)


def as_runtime(dsn: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(netloc=f"{RUNTIME_ROLE}@"))


@pytest.fixture
def owner() -> Iterator[psycopg.Connection]:
    """The owner's connection to a migrated database of its own, whose runtime role has been given nothing yet."""
    with (
        databases.copy_of(databases.migrated(), f"roles_{uuid4().hex[:8]}") as dsn,
        psycopg.connect(dsn, autocommit=True) as server,
    ):
        yield server


@pytest.fixture
def granted(owner: psycopg.Connection) -> psycopg.Connection:
    """The same, after the grants of `migrate`."""
    privileges.grant(owner.cursor(), RUNTIME_ROLE)
    return owner


@pytest.fixture
def runtime(granted: psycopg.Connection) -> Iterator[psycopg.Connection]:
    """The runtime role's connection."""
    with psycopg.connect(as_runtime(databases.address(granted.info.dbname)), autocommit=True) as server:
        yield server


ATTACKS = {
    "truncate the audit log": "TRUNCATE kernel_audit",
    "truncate applications": "TRUNCATE applications_application CASCADE",
    "truncate the queue": "TRUNCATE procrastinate_jobs CASCADE",
    "delete entries": "DELETE FROM kernel_audit",
    "change entries": "UPDATE kernel_audit SET action = 'x'",
    "change seals": "UPDATE kernel_audit_seal SET digest = ''",
    "delete seals": "DELETE FROM kernel_audit_seal",
    "change events": "UPDATE kernel_event SET payload = '{}'",
    "change former versions": "UPDATE kernel_row_version SET values = '{}'",
    "drop a table": "DROP TABLE kernel_audit",
    "disable triggers": "ALTER TABLE kernel_audit DISABLE TRIGGER ALL",
    "drop a trigger": "DROP TRIGGER audit_is_append_only ON kernel_audit",
    "replace a trigger's function": (
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
    ),
    "bypass triggers": "SET session_replication_role = replica",
    "add a column": "ALTER TABLE accounts_user ADD COLUMN x int",
    "make a table": "CREATE TABLE x ()",
    "make a temporary table": "CREATE TEMP TABLE x ()",
    "make a schema": "CREATE SCHEMA x",
    "make a role": "CREATE ROLE x",
    "make a database": "CREATE DATABASE x",
    "become the owner": "SET ROLE jiuye",
    "become a superuser": f"SET SESSION AUTHORIZATION {SUPERUSER}",
    "count ids from the start": "SELECT setval('kernel_audit_id_seq', 1)",
    "forge applied migrations": "DELETE FROM django_migrations",
    "read the server's files": "COPY kernel_audit FROM '/etc/passwd'",
    "run a program": "COPY kernel_audit TO PROGRAM 'true'",
}


@pytest.fixture(scope="module")
def refused() -> Iterator[psycopg.Connection]:
    """The runtime role's connection to a database that stays as it is: everything here is refused."""
    name = f"roles_{uuid4().hex[:8]}"
    with databases.copy_of(databases.migrated(), name) as dsn:
        databases.grant_to_runtime_role(name)
        with psycopg.connect(as_runtime(dsn), autocommit=True) as server:
            yield server


@pytest.mark.parametrize("statement", ATTACKS.values(), ids=ATTACKS)
def test_the_runtime_role_is_refused(refused: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        refused.execute(statement)


def test_it_gives_nobody_rights_that_it_lacks(runtime: psycopg.Connection) -> None:
    runtime.execute("GRANT TRUNCATE ON kernel_audit TO PUBLIC")  # PostgreSQL only warns
    assert privileges.faults(runtime.cursor()) == []


def test_migrating_gives_it_exactly_what_it_needs_and_a_second_time_changes_nothing(
    owner: psycopg.Connection,
) -> None:
    cursor = owner.cursor()
    assert any("kernel_audit: " in line for line in privileges.faults(cursor, RUNTIME_ROLE))
    privileges.grant(cursor, RUNTIME_ROLE)
    assert privileges.faults(cursor, RUNTIME_ROLE) == []
    privileges.grant(cursor, RUNTIME_ROLE)
    assert privileges.faults(cursor, RUNTIME_ROLE) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("GRANT TRUNCATE ON jobs_jobposting TO jiuye_app", "jobs_jobposting: jiuye_app has TRUNCATE"),
        ("GRANT DELETE ON kernel_audit TO PUBLIC", "kernel_audit: jiuye_app has DELETE"),
        ("GRANT UPDATE (action) ON kernel_audit TO jiuye_app", "kernel_audit: jiuye_app has UPDATE (action)"),
        ("REVOKE INSERT ON kernel_audit FROM jiuye_app", "kernel_audit: jiuye_app lacks INSERT"),
        ("GRANT CREATE ON SCHEMA public TO jiuye_app", "jiuye_app may create in the schema"),
        ("GRANT TEMPORARY ON DATABASE {} TO PUBLIC", "jiuye_app may create temporary tables"),
        ("GRANT UPDATE ON SEQUENCE kernel_audit_id_seq TO jiuye_app", "kernel_audit_id_seq: jiuye_app must have USAGE"),
    ],
)
def test_a_privilege_too_many_or_too_few_is_named_and_corrected(
    granted: psycopg.Connection, change: str, told: str
) -> None:
    granted.execute(change.format(granted.info.dbname))
    cursor = granted.cursor()
    assert [line for line in privileges.faults(cursor, RUNTIME_ROLE) if told in line]
    privileges.grant(cursor, RUNTIME_ROLE)
    assert privileges.faults(cursor, RUNTIME_ROLE) == []


def test_a_table_made_later_can_be_used_at_once(granted: psycopg.Connection, runtime: psycopg.Connection) -> None:
    granted.execute("CREATE TABLE later (id bigserial PRIMARY KEY)")
    runtime.execute("INSERT INTO later DEFAULT VALUES")
    assert privileges.faults(runtime.cursor()) == []


@COMMITS
def test_in_production_a_role_that_owns_the_tables_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    privileges.require()  # development: one role
    monkeypatch.setattr(settings, "PRODUCTION", True)
    with pytest.raises(privileges.RefusedRole, match="jiuye owns tables"):
        privileges.require()


def test_a_database_without_grants_is_prepared_first(owner: psycopg.Connection) -> None:
    assert prepared.look(as_runtime(databases.address(owner.info.dbname))) is None


@COMMITS
@pytest.mark.parametrize("command", ["migrate", "prepare"])
def test_migrate_connects_as_the_owner_and_leaves_the_runtime_role_behind(
    owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    place = dict(connection.settings_dict)
    name = owner.info.dbname
    monkeypatch.setattr(settings, "MIGRATIONS_DATABASE", {**place, "NAME": name})
    monkeypatch.setattr(settings, "RUNTIME_ROLE", RUNTIME_ROLE)
    owner.execute("ALTER TABLE runtime_milestone DROP CONSTRAINT runtime_milestone_has_a_name")
    with databases.connected_to(name, user=RUNTIME_ROLE):
        with pytest.raises(privileges.RefusedRole, match="lacks"):
            privileges.require()
        call_command(command, **{"demo": "none"} if command == "prepare" else {}, verbosity=0)
        privileges.require()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (RUNTIME_ROLE,)


@COMMITS
def test_the_site_and_the_worker_do_all_their_work_in_it() -> None:
    """Applying, delivering, erasing, sealing, rotating, and every periodic task."""
    with databases.as_runtime_role():
        privileges.require()
        everything_happens()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (RUNTIME_ROLE,)


def everything_happens() -> None:
    cast = assemble()
    apply(cast.lin, cast.posting)
    assert accounts.browser(cast.people["lin"]).get("/me").status_code == 200
    erasure.ask(cast.people["lin"])
    for record in EventRecord.objects.all():
        events.deliver(record.pk, HANDLERS)
    assert erasure.erase_after(days=8) == 1
    old = clock.now() - events.KEPT * 2
    EventRecord.objects.create(name="Happened", payload={}, occurred_at=old)
    assert events.forget_expired() == 1
    tasks.seal_audit(0)
    assert AuditEntry.objects.filter(position=None).count() == 0
    assert audit_check.check().fault == ""
    with transaction.atomic():
        audit.record(cast.zhou, "account.sign_in")
    call_command("rotate_keys", check=False)
    call_command("rotate_blind_index")
    for periodic in queue.periodic_registry.periodic_tasks.values():
        periodic.task.func(0)
