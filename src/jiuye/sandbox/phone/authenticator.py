"""The authenticator app on a phone: its secrets, and the current six digits (TOTP, RFC 6238)."""

import hashlib
import re
import sqlite3
import time
import uuid
from dataclasses import dataclass, field

import pyotp

from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS totp_account (
    id TEXT PRIMARY KEY,
    phone TEXT NOT NULL,
    issuer TEXT NOT NULL,
    name TEXT NOT NULL,
    secret TEXT NOT NULL,
    digits INTEGER NOT NULL,
    period INTEGER NOT NULL,
    digest TEXT NOT NULL,
    added_at REAL NOT NULL,
    UNIQUE (phone, secret)
);
"""
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}
_BASE32 = re.compile(r"[A-Z2-7]{23,128}")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Account:
    """One account in the app."""

    id: str
    issuer: str
    name: str
    secret: str = field(repr=False)
    digits: int
    period: int
    digest: str

    def _totp(self) -> pyotp.TOTP:
        return pyotp.TOTP(self.secret, digits=self.digits, digest=_DIGESTS[self.digest], interval=self.period)

    @property
    def code(self) -> str:
        """The current digits."""
        return self._totp().at(int(time.time()))

    @property
    def next_code(self) -> str:
        """The digits of the period after this one."""
        return self._totp().at(int(time.time()) + self.period)

    @property
    def seconds_left(self) -> int:
        """How long the code is still valid, in whole seconds."""
        return self.period - int(time.time()) % self.period


def _from_uri(uri: str) -> tuple[str, str, str, int, int, str]:
    try:
        parsed = pyotp.parse_uri(uri)
    except ValueError as fault:
        raise ValueError("这不是完整的验证器设置链接（otpauth://totp/…）") from fault
    if not isinstance(parsed, pyotp.TOTP):
        raise ValueError("只支持按时间变化的验证码（totp）")
    digest = str(parsed.digest().name)
    return parsed.issuer or "", parsed.name or "", parsed.secret, parsed.digits, parsed.interval, digest


def _decodes(secret: str) -> bool:
    """Return whether it is complete base32 of an allowed length (RFC 4226 R6)."""
    try:
        pyotp.TOTP(secret)
    except ValueError:
        return False
    return True


def add(phone: str, *, uri: str = "", secret: str = "", name: str = "") -> Account:
    """Add an account to the phone's app, from a setup link or a typed secret; the same secret is stored once.

    Raise ValueError with a text for the user.
    """
    if uri.strip():
        issuer, named, secret, digits, period, digest = _from_uri(uri.strip())
    else:
        issuer, named, digits, period, digest = "", name.strip() or "手动添加", 6, 30, "sha1"
    secret = re.sub(r"[\s-]", "", secret).rstrip("=").upper()
    if not _BASE32.fullmatch(secret) or not _decodes(secret):
        raise ValueError("密钥不完整或有错：只含字母 A–Z 和数字 2–7，至少 23 位。请对照网页重新输入")
    if digest not in _DIGESTS or not 6 <= digits <= 8 or not 15 <= period <= 120:
        raise ValueError("这个设置链接要求的验证码格式不受支持")
    row = (
        uuid.uuid4().hex, phone, issuer[:_LONGEST_NAME], named[:_LONGEST_NAME], secret, digits, period, digest, time.time()
    )  # fmt: skip
    with store().writing() as database:
        database.execute("INSERT OR REPLACE INTO totp_account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return _account(database.execute("SELECT * FROM totp_account WHERE id = ?", (row[0],)).fetchone())


def accounts(phone: str) -> list[Account]:
    """Return the accounts in the phone's app, newest first."""
    query = "SELECT * FROM totp_account WHERE phone = ? ORDER BY added_at DESC, id"
    with store().open() as database:
        return [_account(row) for row in database.execute(query, (phone,))]


def remove(phone: str, account_id: str) -> None:
    """Remove an account; nothing happens if there is none."""
    with store().writing() as database:
        database.execute("DELETE FROM totp_account WHERE phone = ? AND id = ?", (phone, account_id))


def _account(row: sqlite3.Row) -> Account:
    return Account(
        row["id"], row["issuer"], row["name"], row["secret"], row["digits"], row["period"], row["digest"]
    )  # fmt: skip
