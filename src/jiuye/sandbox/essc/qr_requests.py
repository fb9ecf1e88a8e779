"""QR requests: shown by a website as a QR code, answered on a phone, polled by the website.

`waiting` → a phone opens it → `scanned` → `approved` or `refused`; `expired` if that took too long. The website knows
a request by its `reference`, the phone by another token, so that neither can act as the other.
"""

import json
import random
import secrets
import sqlite3
import time
from dataclasses import dataclass, field

from jiuye.sandbox.essc import grants
from jiuye.sandbox.essc.grants import Grant
from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS essc_qr (
    token TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    client_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT NOT NULL,
    challenge TEXT NOT NULL,
    device TEXT NOT NULL,
    match TEXT NOT NULL,
    choices TEXT NOT NULL,
    made_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    answer TEXT,
    phone TEXT,
    code TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS essc_qr_by_age ON essc_qr (made_at);
"""
KEPT_SECONDS = 24 * 3600
CHOICES = 3


@dataclass(frozen=True, slots=True)
class Ask:
    """The website's input. `match` are the two digits that it shows, `device` its description of the browser."""

    client_id: str
    scope: str
    nonce: str = field(repr=False)
    challenge: str
    match: str
    device: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request and its state; `phone` is the one that opened it."""

    token: str = field(repr=False)
    reference: str = field(repr=False)
    client_id: str
    device: str
    match: str = field(repr=False)
    choices: tuple[str, ...]
    made_at: float
    expires_at: float
    answer: str | None
    phone: str | None

    @property
    def state(self) -> str:
        """`waiting`, `scanned`, `approved`, `refused` or `expired`."""
        if self.answer:
            return self.answer
        if time.time() >= self.expires_at:
            return "expired"
        return "scanned" if self.phone else "waiting"


def _request(row: sqlite3.Row) -> Request:
    return Request(
        row["token"], row["reference"], row["client_id"], row["device"], row["match"], tuple(json.loads(row["choices"])),
        row["made_at"], row["expires_at"], row["answer"], row["phone"],
    )  # fmt: skip


def make(ask: Ask) -> Request:
    """Return a new request, waiting for a phone."""
    now = time.time()
    others = random.sample([f"{number:02d}" for number in range(10, 100) if f"{number:02d}" != ask.match], CHOICES - 1)
    choices = [ask.match, *others]
    random.shuffle(choices)
    token, reference = secrets.token_urlsafe(24), secrets.token_urlsafe(32)
    with store().writing() as database:
        database.execute("DELETE FROM essc_qr WHERE made_at < ?", (now - KEPT_SECONDS,))
        database.execute(
            "INSERT INTO essc_qr VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
            (
                token, reference, ask.client_id, ask.scope, ask.nonce, ask.challenge, ask.device, ask.match,
                json.dumps(choices), now, now + ask.seconds,
            ),
        )  # fmt: skip
        return _request(_row(database, token))


def _row(database: sqlite3.Connection, token: str) -> sqlite3.Row:
    row: sqlite3.Row | None = database.execute("SELECT * FROM essc_qr WHERE token = ?", (token,)).fetchone()
    if row is None:
        raise LookupError("no such request")
    return row


def find(token: str) -> Request:
    """Return the request of a QR code. Raise LookupError."""
    with store().open() as database:
        return _request(_row(database, token))


def open_requests() -> list[Request]:
    """Return the requests that a phone can still answer, newest first: what a camera could see on screens nearby."""
    query = "SELECT * FROM essc_qr WHERE answer IS NULL AND expires_at > ? ORDER BY made_at DESC LIMIT 20"
    with store().open() as database:
        return [_request(row) for row in database.execute(query, (time.time(),))]


def scan(token: str, phone: str) -> Request:
    """Open the request on a phone; it then belongs to that phone. Raise LookupError."""
    with store().writing() as database:
        database.execute(
            "UPDATE essc_qr SET phone = ? WHERE token = ? AND phone IS NULL AND answer IS NULL AND expires_at > ?",
            (phone, token, time.time()),
        )
        return _request(_row(database, token))


def answer(token: str, phone: str, *, agrees: bool, choice: str) -> Request:
    """Answer the request on the phone that opened it, once; a wrong number refuses it.

    Nothing changes if the request is not open on this phone. Raise LookupError.
    """
    with store().writing() as database:
        row = _row(database, token)
        known = _request(row)
        if known.state == "scanned" and known.phone == phone:
            is_right = agrees and choice == known.match
            code = None
            if is_right:
                grant = Grant(
                    row["client_id"], None, phone, row["scope"], row["nonce"], row["challenge"]
                )  # fmt: skip
                code = grants.issue_code(database, grant)
            outcome = ("approved" if is_right else "refused", code, token)
            database.execute("UPDATE essc_qr SET answer = ?, code = ? WHERE token = ?", outcome)
        return _request(_row(database, token))


def follow(reference: str, client_id: str) -> tuple[Request, str | None]:
    """Return the state of the client's request, with its code while that can be redeemed. Raise LookupError."""
    query = "SELECT * FROM essc_qr WHERE reference = ? AND client_id = ?"
    with store().open() as database:
        row = database.execute(query, (reference, client_id)).fetchone()
        if row is None:
            raise LookupError("no such request")
        return _request(row), row["code"] if row["code"] and grants.is_fresh(database, row["code"]) else None
