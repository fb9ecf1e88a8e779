"""Accepted requests and their answers.

The outcome and the time of an answer are decided when the request is accepted, from the records and the switches at
that time. Whether it is still pending follows from the clock, so a restart changes nothing.
"""

import json
import os
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from jiuye.sandbox import callbacks
from jiuye.sandbox.authority import insurances, judgement
from jiuye.sandbox.authority.statements import Statement
from jiuye.sandbox.clock import CHINA
from jiuye.sandbox.registers import lookups
from jiuye.sandbox.registers.entries import ENTERPRISES, INSTITUTIONS
from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS authority_request (
    request_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    statement TEXT NOT NULL,
    answer TEXT NOT NULL,
    accepted_at REAL NOT NULL,
    due_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS authority_request_by_age ON authority_request (accepted_at);
"""
SERVICE = "authority"
USUAL_DELAY = float(os.environ.get("AUTHORITY_DELAY", "1"))  # seconds; tests do not wait that long
KEPT_SECONDS = 7 * 24 * 3600


class Conflict(Exception):
    """The request id was used before for something else."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An accepted request; `answer` is the JSON object that the product gets once it is due."""

    statement: Statement
    answer: Mapping[str, Any]
    accepted_at: float
    due_at: float

    @property
    def is_pending(self) -> bool:
        return time.time() < self.due_at


def _taken(row: sqlite3.Row) -> Taken:
    statement = Statement(**json.loads(row["statement"]))
    return Taken(statement, json.loads(row["answer"]), row["accepted_at"], row["due_at"])


def accept(database: sqlite3.Connection, statement: Statement, switched: Mapping[str, float]) -> Taken:
    """Accept a request once: a repeated one gets the same answer. Raise Conflict for the same id with other content."""
    known = find(database, statement.request_id)
    if known:
        if known.statement != statement:
            raise Conflict(statement.request_id)
        return known
    now = time.time()
    database.execute("DELETE FROM authority_request WHERE accepted_at < ?", (now - KEPT_SECONDS,))
    due_at = now + USUAL_DELAY + switched["delay"]
    taken = Taken(
        statement, _answer(judgement.judge(statement, _added(database, statement)), statement, due_at), now, due_at
    )
    stated, answer = json.dumps(asdict(statement), ensure_ascii=False), json.dumps(taken.answer, ensure_ascii=False)
    row = (statement.request_id, statement.kind, stated, answer, now, due_at)
    database.execute("INSERT INTO authority_request VALUES (?, ?, ?, ?, ?, ?)", row)
    times = 0 if switched["no_callback"] else 2 if switched["answer_twice"] else 1
    forged = bool(switched["forged_signature"])
    for _ in range(times):
        told = callbacks.Callback(SERVICE, statement.request_id, statement.callback_url, answer, due_at, forged)
        callbacks.enqueue(database, told)
    return taken


def _added(database: sqlite3.Connection, statement: Statement) -> judgement.Added:
    code = statement.claims.get("credit_code", "")
    units = [lookups.find(database, register, code) for register in (ENTERPRISES, INSTITUTIONS)] if code else []
    name = next((unit["legal_name"] for unit in units if unit), "")
    return judgement.Added(insurances.added(database, statement.id_number), name)


def _answer(judged: judgement.Judgement, statement: Statement, at: float) -> dict[str, Any]:
    return {
        "request_id": statement.request_id,
        "status": "answered",
        "outcome": judged.outcome,
        "source": judgement.SOURCES[statement.kind],
        "answered_at": datetime.fromtimestamp(at, CHINA).isoformat(timespec="seconds"),
        "differences": [asdict(difference) for difference in judged.differences],
    }


def find(database: sqlite3.Connection, request_id: str) -> Taken | None:
    """Return a request by its sender's id."""
    row = database.execute("SELECT * FROM authority_request WHERE request_id = ?", (request_id,)).fetchone()
    return _taken(row) if row else None


@dataclass(frozen=True, slots=True)
class Line:
    """A request in the page's list, with the state of its callbacks."""

    taken: Taken
    told: tuple[sqlite3.Row, ...]

    @property
    def differs(self) -> dict[str, str]:
        """Field → recorded value, of a mismatch that has been answered."""
        found = () if self.taken.is_pending else self.taken.answer["differences"]
        return {one["field"]: one["recorded"] for one in found}

    @property
    def accepted(self) -> datetime:
        """The time of acceptance, in China's time."""
        return datetime.fromtimestamp(self.taken.accepted_at, CHINA)


def newest(*, limit: int = 30) -> list[Line]:
    """Return the newest requests, newest first."""
    with store().open() as database:
        query = "SELECT * FROM authority_request ORDER BY accepted_at DESC, rowid DESC LIMIT ?"
        found = [_taken(row) for row in database.execute(query, (limit,))]
        return [Line(taken, tuple(callbacks.of(database, SERVICE, taken.statement.request_id))) for taken in found]
