"""Questions to the registers: the answer, and the newest of them for the page."""

import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime

from jiuye.sandbox.clock import CHINA
from jiuye.sandbox.registers import tries
from jiuye.sandbox.registers.entries import REGISTERS, Entry, Register, stored

SCHEMA = """
CREATE TABLE IF NOT EXISTS register_lookup (
    id INTEGER PRIMARY KEY, register TEXT NOT NULL, key TEXT NOT NULL, found INTEGER NOT NULL, asked_at REAL NOT NULL
);
"""
KEPT = 200


@dataclass(frozen=True, slots=True)
class Lookup:
    """One question in the page's list."""

    register: Register
    key: str
    found: bool
    asked: datetime


def find(database: sqlite3.Connection, register: Register, key: str) -> Entry | None:
    """Return the entry: one that was added, else one for tries by hand, else None."""
    return stored(database, register, key) or tries.find(register, key)


def answer(database: sqlite3.Connection, register: Register, key: str) -> Entry | None:
    """Return the entry and remember the question."""
    entry = find(database, register, key)
    row = (register.name, key, entry is not None, time.time())
    database.execute("INSERT INTO register_lookup (register, key, found, asked_at) VALUES (?, ?, ?, ?)", row)
    database.execute("DELETE FROM register_lookup WHERE id <= (SELECT max(id) FROM register_lookup) - ?", (KEPT,))
    return entry


def newest(database: sqlite3.Connection, *, limit: int = 20) -> list[Lookup]:
    """Return the newest questions, newest first."""
    rows = database.execute("SELECT * FROM register_lookup ORDER BY id DESC LIMIT ?", (limit,))
    return [
        Lookup(
            REGISTERS[row["register"]], row["key"], bool(row["found"]), datetime.fromtimestamp(row["asked_at"], CHINA)
        )
        for row in rows
    ]
