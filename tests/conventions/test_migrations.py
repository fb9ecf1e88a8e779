"""Migrations can be applied to a database that is in use (CONTRIBUTING.md, "A migration")."""

import pytest
from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently, NotInTransactionMixin, ValidateConstraint
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

# Sorted, because the loader reads an app's folder as a set: workers must collect the same tests in the same order.
OWN = [
    migration
    for _, migration in sorted(MigrationLoader(None).disk_migrations.items())
    if type(migration).__module__.startswith("jiuye.")
]
WAITS_FOR_OLD_TRANSACTIONS = (NotInTransactionMixin, ValidateConstraint)


def keeps_limits_it_cannot(migration: Migration) -> bool:
    """Return whether a concurrent operation has a timeout: it blocks nobody and takes as long as the table is large."""
    lifted = all(getattr(migration, limit, 0) is None for limit in ("lock_timeout", "statement_timeout"))
    return not lifted and any(isinstance(step, WAITS_FOR_OLD_TRANSACTIONS) for step in migration.operations)


@pytest.mark.parametrize("migration", OWN, ids=str)
def test_concurrent_operations_have_the_timeouts_lifted(migration: Migration) -> None:
    assert not keeps_limits_it_cannot(migration)


def test_a_concurrent_index_under_the_usual_timeouts_is_found() -> None:
    class Hasty(Migration):
        operations = [AddIndexConcurrently("milestone", BrinIndex(fields=["value"], name="by_value"))]

    class Patient(Hasty):
        lock_timeout = None
        statement_timeout = None

    assert keeps_limits_it_cannot(Hasty("x_hasty", "runtime"))
    assert not keeps_limits_it_cannot(Patient("x_patient", "runtime"))
