"""Check without Django whether a database is prepared: the fast path of `up`."""

from dataclasses import dataclass

import psycopg

from jiuye.runtime import fingerprints

SCHEMA, REFERENCE, DEMO, ACCOUNTS = "schema", "reference", "demo", "demo_accounts"


@dataclass(frozen=True)
class Prepared:
    """The milestones recorded in the database."""

    milestones: dict[str, str]

    def wants(self, demo: str | None) -> bool:
        """Return whether demonstration data of this size must be loaded (None: no preference)."""
        present = self.milestones.get(DEMO)
        if present is None:
            return True
        return present == "none" and demo not in (None, "none")

    @property
    def accounts(self) -> str:
        """The demonstration accounts as lines to show; empty without demonstration data."""
        return self.milestones.get(ACCOUNTS, "")


def look(dsn: str) -> Prepared | None:
    """Return the milestones, or None if schema, reference data or privileges are not those of this version. Raises psycopg.Error."""
    with psycopg.connect(dsn, connect_timeout=5, autocommit=True) as connection:
        try:
            applied = connection.execute("SELECT app, name FROM django_migrations").fetchall()
            milestones: dict[str, str] = dict(
                connection.execute("SELECT name, value FROM runtime_milestone").fetchall()
            )
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
            return None
    if milestones.get(SCHEMA) != fingerprints.of_schema(applied):
        return None
    if milestones.get(REFERENCE) != fingerprints.of_reference():
        return None
    return Prepared(milestones)
