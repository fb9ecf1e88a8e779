"""Steps that are done once, and how a later start recognises that."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker

from jiuye.domains.reference.models import Region
from jiuye.runtime import assets, fingerprints, prepared
from jiuye.runtime.models import Milestone
from tests.factories import databases
from tests.factories.public_site import wired_engine


@contextmanager
def surroundings(folder: Path) -> Iterator[None]:
    """Assets are tested elsewhere; the index that is made goes into the folder."""
    with pytest.MonkeyPatch.context() as patch, wired_engine(folder, patch):
        patch.setattr(assets, "are_built", lambda: True)
        yield


@pytest.fixture(scope="module")
def template(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database prepared without demonstration data, to copy."""
    name = f"{connection.settings_dict['NAME']}_prepared"
    with databases.copy_of(databases.migrated(), name):
        with (
            django_db_blocker.unblock(),
            databases.connected_to(name),
            surroundings(tmp_path_factory.mktemp("prepared")),
        ):
            call_command("prepare", demo="none")
        yield name


@pytest.fixture
def ready(template: str, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """Django works on such a database."""
    name = f"{template}_copy"
    with (
        databases.copy_of(template, name),
        django_db_blocker.unblock(),
        databases.connected_to(name),
        surroundings(tmp_path),
    ):
        yield


@pytest.fixture
def dsn(django_db_setup: None) -> str:
    """Django's database, as the launcher would address it."""
    place = connection.settings_dict
    return make_conninfo(host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"])


def test_a_database_that_nothing_was_remembered_of_is_not_ready(dsn: str) -> None:
    assert prepared.look(dsn) is None


def test_a_prepared_database_has_its_reference_data_and_says_so(ready: None, dsn: str) -> None:
    found = prepared.look(dsn)
    assert found is not None
    assert found.milestones[prepared.DEMO] == "none"
    assert Region.objects.exists()


def test_demonstration_data_can_still_be_asked_for_when_there_is_none(ready: None, dsn: str) -> None:
    found = prepared.look(dsn)
    assert found is not None
    assert [found.wants(size) for size in (None, "none", "small")] == [False, False, True]


def test_what_is_remembered_is_not_done_again(ready: None) -> None:
    Region.objects.filter(code="110000").update(name="改过的名字")
    call_command("prepare")
    assert Region.objects.get(code="110000").name == "改过的名字"


def test_other_demonstration_data_than_what_is_there_is_refused(ready: None) -> None:
    Milestone.objects.filter(pk=prepared.DEMO).update(value="small")
    with pytest.raises(CommandError, match="already"):
        call_command("prepare", demo="large")


def test_a_database_with_other_migrations_than_these_is_not_ready(ready: None, dsn: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('runtime', '9999_later', now())")
    assert prepared.look(dsn) is None


def test_the_schema_s_fingerprint_follows_what_is_applied() -> None:
    assert fingerprints.of_schema([("a", "0001"), ("b", "0001")]) == fingerprints.of_schema(
        [("b", "0001"), ("a", "0001")]
    )
    assert fingerprints.of_schema([("a", "0001")]) != fingerprints.of_schema([("a", "0002")])
