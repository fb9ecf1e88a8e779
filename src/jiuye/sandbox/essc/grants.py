"""Grants: consents, authorisation codes, access tokens. Codes and tokens are stored as hashes only."""

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
import time
from dataclasses import dataclass, field

from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS essc_consent (
    client_id TEXT NOT NULL, phone TEXT NOT NULL, granted_at REAL NOT NULL,
    PRIMARY KEY (client_id, phone)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS essc_code (
    hash TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    redirect_uri TEXT,
    phone TEXT NOT NULL,
    scope TEXT NOT NULL,
    nonce TEXT,
    challenge TEXT NOT NULL,
    issued_at REAL NOT NULL,
    used_at REAL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS essc_token (
    hash TEXT PRIMARY KEY, code_hash TEXT NOT NULL, phone TEXT NOT NULL, scope TEXT NOT NULL, expires_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS essc_token_of_code ON essc_token (code_hash);
"""
CODE_SECONDS = 60
TOKEN_SECONDS = 300
KEPT_SECONDS = 24 * 3600
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class Unusable(Exception):
    """The code cannot be redeemed; the message says why, for the client's log."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A person's permission to tell a client who they are. `redirect_uri` is None for a scanned request."""

    client_id: str
    redirect_uri: str | None
    phone: str = field(repr=False)
    scope: str
    nonce: str | None
    challenge: str


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A redeemed code: its grant, its time (Unix seconds), and the access token."""

    grant: Grant
    granted_at: int
    access_token: str = field(repr=False)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def proves(verifier: str, challenge: str) -> bool:
    """Return whether the verifier matches the S256 challenge (RFC 7636 §4.6)."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return hmac.compare_digest(digest, challenge)


def issue_code(database: sqlite3.Connection, grant: Grant) -> str:
    """Return a single-use code for the grant, valid for a minute; the person's consent is stored."""
    now = time.time()
    database.execute("DELETE FROM essc_code WHERE issued_at < ?", (now - KEPT_SECONDS,))
    database.execute("DELETE FROM essc_token WHERE expires_at < ?", (now - KEPT_SECONDS,))
    database.execute("INSERT OR REPLACE INTO essc_consent VALUES (?, ?, ?)", (grant.client_id, grant.phone, now))
    code = secrets.token_urlsafe(32)
    row = (
        _hash(code), grant.client_id, grant.redirect_uri, grant.phone, grant.scope, grant.nonce, grant.challenge, now
    )  # fmt: skip
    database.execute("INSERT INTO essc_code VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", row)
    return code


def redeem(code: str, *, client_id: str, redirect_uri: str | None, verifier: str) -> Redeemed:
    """Exchange a code. Any attempt uses it up; a second one also revokes the first one's token (RFC 6749 §4.1.2).

    Raise Unusable.
    """
    now, hashed = time.time(), _hash(code)
    with store().writing() as database:
        row = database.execute("SELECT * FROM essc_code WHERE hash = ?", (hashed,)).fetchone()
        if row is None or row["client_id"] != client_id:
            fault = "no such code"
        elif row["used_at"]:
            database.execute("DELETE FROM essc_token WHERE code_hash = ?", (hashed,))
            fault = "the code was used before; its tokens are revoked"
        else:
            database.execute("UPDATE essc_code SET used_at = ? WHERE hash = ?", (now, hashed))
            fault = _fault(row, now, redirect_uri, verifier)
        if not fault:
            return _redeemed(database, row, now)
    raise Unusable(fault)


def _fault(row: sqlite3.Row, now: float, redirect_uri: str | None, verifier: str) -> str:
    if now - row["issued_at"] > CODE_SECONDS:
        return "the code has expired"
    if row["redirect_uri"] != redirect_uri:
        return "redirect_uri differs from the one of the authorisation request"
    return "" if proves(verifier, row["challenge"]) else "code_verifier does not belong to the code_challenge"


def _redeemed(database: sqlite3.Connection, row: sqlite3.Row, now: float) -> Redeemed:
    token = secrets.token_urlsafe(32)
    database.execute(
        "INSERT INTO essc_token VALUES (?, ?, ?, ?, ?)",
        (_hash(token), row["hash"], row["phone"], row["scope"], now + TOKEN_SECONDS),
    )
    grant = Grant(row["client_id"], row["redirect_uri"], row["phone"], row["scope"], row["nonce"], row["challenge"])
    return Redeemed(grant, int(row["issued_at"]), token)


def holder_of(token: str) -> tuple[str, str] | None:
    """Return phone and scope of the access token; None if it is unknown, expired or revoked."""
    query = "SELECT phone, scope FROM essc_token WHERE hash = ? AND expires_at > ?"
    with store().open() as database:
        row = database.execute(query, (_hash(token), time.time())).fetchone()
    return (row["phone"], row["scope"]) if row else None


def has_consented(client_id: str, phone: str) -> bool:
    """Return whether the person has agreed before to tell this client who they are."""
    query = "SELECT 1 FROM essc_consent WHERE client_id = ? AND phone = ?"
    with store().open() as database:
        return database.execute(query, (client_id, phone)).fetchone() is not None


def withdraw_consent(phone: str) -> None:
    """Withdraw all of the person's consents; the next sign-in asks again."""
    with store().writing() as database:
        database.execute("DELETE FROM essc_consent WHERE phone = ?", (phone,))


def is_fresh(database: sqlite3.Connection, code: str) -> bool:
    """Return whether the code can still be redeemed."""
    query = "SELECT 1 FROM essc_code WHERE hash = ? AND used_at IS NULL AND issued_at > ?"
    return database.execute(query, (_hash(code), time.time() - CODE_SECONDS)).fetchone() is not None
