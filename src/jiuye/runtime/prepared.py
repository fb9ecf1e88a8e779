"""Whether a database is prepared already, asked without Django: the fast path of `up`."""

from dataclasses import dataclass

import psycopg

from jiuye.runtime import fingerprints

SCHEMA, REFERENCE, DEMO, ACCOUNTS = "schema", "reference", "demo", "demo_accounts"


@dataclass(frozen=True)
class Prepared:
    """What the database remembers having been given."""

    milestones: dict[str, str]

    def wants(self, demo: str | None) -> bool:
        """Whether demonstration data of that size has yet to be loaded (None: no wish was given)."""
        present = self.milestones.get(DEMO)
        if present is None:
            return True
        return present == "none" and demo not in (None, "none")

    @property
    def accounts(self) -> str:
        """The demonstration accounts, as lines to show; empty without demonstration data."""
        return self.milestones.get(ACCOUNTS, "")


def look(dsn: str) -> Prepared | None:
    """What is there, or None when schema or reference data are not those of this version. Raises psycopg.Error."""
    with psycopg.connect(dsn, connect_timeout=5, autocommit=True) as connection:
        try:
            applied = connection.execute("SELECT app, name FROM django_migrations").fetchall()
            milestones: dict[str, str] = dict(
                connection.execute("SELECT name, value FROM runtime_milestone").fetchall()
            )
        except psycopg.errors.UndefinedTable:
            return None
    if milestones.get(SCHEMA) != fingerprints.of_schema(applied):
        return None
    if milestones.get(REFERENCE) != fingerprints.of_reference():
        return None
    return Prepared(milestones)
