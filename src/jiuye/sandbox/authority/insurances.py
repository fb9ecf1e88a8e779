"""Social-insurance records added on the authority's page, beside those that people have from the start."""

import re
import sqlite3
import time

from jiuye.sandbox import numbers, people
from jiuye.sandbox.people import Employment, Person

SCHEMA = """
CREATE TABLE IF NOT EXISTS insurance (
    id_number TEXT NOT NULL, employer TEXT NOT NULL, start TEXT NOT NULL, end TEXT NOT NULL, added_at REAL NOT NULL,
    PRIMARY KEY (id_number, employer, start)
) WITHOUT ROWID;
"""
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def add(database: sqlite3.Connection, *, phone: str, employer: str, start: str, end: str = "") -> Person:
    """Insure the card holder of this number; the same period again replaces its end. Raise ValueError with a text for the user."""
    person = people.by_phone(numbers.national(phone) or "")
    if person is None:
        raise ValueError("这个手机号没有电子社保卡，请填 199000 开头的号码")
    if not 2 <= len(employer.strip()) <= 100:
        raise ValueError("请填写单位名称，2 到 100 个字")
    if not _MONTH.fullmatch(start) or (end and not _MONTH.fullmatch(end)):
        raise ValueError("月份请写成 2025-03 这样")
    row = (person.id_number, employer.strip(), start, end, time.time())
    database.execute("INSERT OR REPLACE INTO insurance VALUES (?, ?, ?, ?, ?)", row)
    return person


def added(database: sqlite3.Connection, id_number: str) -> tuple[Employment, ...]:
    """Return the periods that were added for the person."""
    query = "SELECT employer, start, end FROM insurance WHERE id_number = ? ORDER BY start, employer"
    rows = database.execute(query, (id_number,))
    return tuple(Employment(row["employer"], row["start"], row["end"]) for row in rows)
