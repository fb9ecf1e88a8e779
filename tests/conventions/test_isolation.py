"""A run begins with an empty database, whatever an earlier one has left."""

import os

import psycopg
import pytest

from tests.factories import databases

pytestmark = pytest.mark.django_db


def test_a_database_that_an_aborted_run_left_is_not_used_again() -> None:
    name = f"left_by_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with databases.copy_of(databases.migrated(), name) as address:
        with psycopg.connect(address) as aborted:
            aborted.execute("CREATE TABLE left_behind ()")
        with databases.copy_of(databases.migrated(), name) as again, psycopg.connect(again) as fresh:
            assert fresh.execute("SELECT to_regclass('left_behind')").fetchone() == (None,)
