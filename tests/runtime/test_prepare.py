"""Steps that are done once, and how a later start recognises that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from jiuye.domains.reference.models import Region
from jiuye.runtime import assets, fingerprints, prepared
from jiuye.runtime.models import Milestone
from tests.factories.public_site import wired_engine

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def built_assets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Assets are tested elsewhere."""
    monkeypatch.setattr(assets, "are_built", lambda: True)


@pytest.fixture(autouse=True)
def own_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The index that a test makes is gone after it."""
    with wired_engine(tmp_path, monkeypatch):
        yield


@pytest.fixture
def dsn() -> str:
    """The test database, as the launcher would address it."""
    place = connection.settings_dict
    return make_conninfo(host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"])


@pytest.fixture
def ready() -> None:
    """A database prepared without demonstration data."""
    call_command("prepare", demo="none")


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
    try:
        assert prepared.look(dsn) is None
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")


def test_the_schema_s_fingerprint_follows_what_is_applied() -> None:
    assert fingerprints.of_schema([("a", "0001"), ("b", "0001")]) == fingerprints.of_schema(
        [("b", "0001"), ("a", "0001")]
    )
    assert fingerprints.of_schema([("a", "0001")]) != fingerprints.of_schema([("a", "0002")])
