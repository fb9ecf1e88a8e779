"""A key that is lost, wrong or taken away too early: the site does not start, and says in one line which key it is."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection
from pytest_django import Settings

from jiuye.domains.accounts.models import User
from jiuye.kernel.crypto import proof
from tests.factories import accounts, databases

OLD, NEW, OTHER = "11" * 32, "22" * 32, "33" * 32


@pytest.fixture
def person(settings: Settings, db: None) -> User:
    """Somebody whose name and phone are encrypted with the key `k1`."""
    settings.ENCRYPTION_KEYS = {"k1": OLD}
    return accounts.person("林小满", phone="13800007777")


def test_the_right_keys_are_right(person: User, settings: Settings) -> None:
    assert proof.faults() == []
    settings.ENCRYPTION_KEYS = {"k1": OLD, "k2": NEW}
    assert proof.faults() == []


@pytest.mark.django_db
def test_an_empty_database_fits_every_key() -> None:
    assert proof.faults() == []


@pytest.mark.parametrize(
    ("configured", "told"),
    [
        ({"k2": NEW}, "缺少密钥 k1"),
        ({"k1": OTHER}, "密钥 k1 不是加密 accounts_user"),
        ({"k1": OTHER, "k2": NEW}, "密钥 k1 不是加密 accounts_user"),
    ],
)
def test_a_key_that_is_gone_or_another_is_named(
    person: User, settings: Settings, configured: dict[str, str], told: str
) -> None:
    settings.ENCRYPTION_KEYS = configured
    with pytest.raises(proof.WrongKeys, match=told) as refused:
        proof.require()
    line = str(refused.value)
    assert "\n" not in line
    assert all(key not in line for key in configured.values())


def test_another_key_of_the_indexes_is_named_because_nobody_would_be_found(person: User, settings: Settings) -> None:
    settings.BLIND_INDEX_KEY = OTHER
    with pytest.raises(proof.WrongKeys, match="BLIND_INDEX_KEY 不是"):
        proof.require()


def test_a_key_lost_for_good_is_declared_and_the_site_starts(person: User, settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = {"k2": NEW}
    settings.LOST_ENCRYPTION_KEYS = ["k1"]
    proof.require()


def test_one_altered_row_does_not_make_its_key_wrong(person: User) -> None:
    accounts.person("吴来宾")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET name = phone WHERE id = %s", [person.pk])
    proof.require()


STARTS = """
import sys
sys.argv = ["worker", "imports"]
try:
    import jiuye.config.wsgi
except Exception as problem:
    print("web", problem)
from jiuye.worker.__main__ import main
try:
    main()
except SystemExit as problem:
    print("worker", problem)
"""


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_neither_site_nor_worker_starts() -> None:
    accounts.person("林小满")
    surroundings = os.environ | {
        "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
        "ENCRYPTION_KEYS": json.dumps({"k2": NEW}),
    }
    command = [sys.executable, "-c", STARTS]
    told = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, timeout=120).stdout
    web, worker = told.splitlines()
    assert web.startswith("web ENCRYPTION_KEYS 缺少密钥 dev")
    assert worker.startswith("worker jiuye: ENCRYPTION_KEYS 缺少密钥 dev")
