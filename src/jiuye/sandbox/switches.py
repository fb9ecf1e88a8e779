"""Switches that make a simulated service misbehave: declared as data, stored, for people and tests."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS switch (
    service TEXT NOT NULL, name TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (service, name)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Switch:
    """One fault. A `flag` is 0 or 1; `seconds` are 0 to 600."""

    name: str
    kind: Literal["flag", "seconds"]
    label: str
    effect: str

    @property
    def most(self) -> float:
        return 1 if self.kind == "flag" else 600


@dataclass(frozen=True, slots=True)
class Service:
    """A simulated service with its switches, as the control page shows it."""

    name: str
    label: str
    summary: str
    switches: tuple[Switch, ...]

    def values(self) -> dict[str, float]:
        """Return each switch's current value; 0 is off."""
        with store().open() as database:
            return self.values_in(database)

    def values_in(self, database: sqlite3.Connection) -> dict[str, float]:
        """Return the same inside the caller's transaction."""
        rows = database.execute("SELECT name, value FROM switch WHERE service = ?", (self.name,))
        stored = {row["name"]: row["value"] for row in rows}
        return {switch.name: stored.get(switch.name, 0.0) for switch in self.switches}

    def press(self, wanted: dict[str, object]) -> dict[str, float]:
        """Set the named switches, leave the others. Return all values.

        Raise ValueError, naming the switch, for an unknown name or a value out of range; nothing is changed then.
        """
        known = {switch.name: switch for switch in self.switches}
        rows = []
        for name, value in wanted.items():
            if name not in known:
                raise ValueError(f"unknown switch: {name}")
            if not isinstance(value, bool | int | float) or not 0 <= float(value) <= known[name].most:
                raise ValueError(f"{name}: between 0 and {known[name].most:g}")
            rows.append((self.name, name, float(value)))
        with store().writing() as database:
            database.executemany("INSERT OR REPLACE INTO switch (service, name, value) VALUES (?, ?, ?)", rows)
            return self.values_in(database)

    def release(self) -> dict[str, float]:
        """Switch everything off."""
        return self.press({switch.name: 0 for switch in self.switches})
