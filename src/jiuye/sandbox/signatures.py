"""Signed HTTP between the sandbox and the product: RFC 9421 message signatures with HMAC-SHA256 and a shared key.

A signature covers the method, the path and the digest of the body (RFC 9530); its parameters hold the time and a
nonce. This is the other party's code: it shares nothing with the product's adapter.
"""

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
import time
from collections.abc import Mapping

SCHEMA = """
CREATE TABLE IF NOT EXISTS nonce (value TEXT PRIMARY KEY, seen_at REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonce_by_age ON nonce (seen_at);
"""
FRESH_SECONDS = 300
_COVERED = '("@method" "@path" "content-digest")'
_INPUT = re.compile(
    r'jiuye=(\("@method" "@path" "content-digest"\)(?:;[a-z]+=(?:[0-9]{1,12}|"[A-Za-z0-9_-]{1,64}")){4})'
)
_PARAMETER = re.compile(r';([a-z]+)="?([^";]*)')
_PARAMETERS = {"created", "keyid", "nonce", "alg"}


class Unsigned(Exception):
    """No valid, fresh signature with an unused nonce."""


def _encoded(content: bytes) -> str:
    return f":{base64.b64encode(content).decode()}:"


def _digest(body: bytes) -> str:
    return f"sha-256={_encoded(hashlib.sha256(body).digest())}"


def _mac(key: str, method: str, path: str, digest: str, parameters: str) -> str:
    base = f'"@method": {method}\n"@path": {path}\n"content-digest": {digest}\n"@signature-params": {parameters}'
    return _encoded(hmac.digest(key.encode(), base.encode(), "sha256"))


def sign(key: str, method: str, path: str, body: bytes) -> dict[str, str]:
    """Return the headers that sign a request made now."""
    nonce = secrets.token_urlsafe(16)
    parameters = f'{_COVERED};created={int(time.time())};keyid="jiuye";nonce="{nonce}";alg="hmac-sha256"'
    digest = _digest(body)
    return {
        "Content-Digest": digest,
        "Signature-Input": f"jiuye={parameters}",
        "Signature": f"jiuye={_mac(key, method, path, digest, parameters)}",
    }


def verify(
    database: sqlite3.Connection, key: str, *, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> None:
    """Check a received request and use up its nonce, in the caller's transaction. Raise Unsigned.

    The nonce is checked last, so that a forger cannot use up anybody's.
    """
    read = _INPUT.fullmatch(headers.get("Signature-Input", ""))
    given = dict(_PARAMETER.findall(read[1])) if read else {}
    fits = given.keys() == _PARAMETERS and given["alg"] == "hmac-sha256" and given["created"].isdecimal()
    if read is None or not fits or len(given["nonce"]) < 16:
        raise Unsigned("no signature that this service reads")
    now = time.time()
    if abs(now - int(given["created"])) > FRESH_SECONDS:
        raise Unsigned("the signature is not of these minutes")
    digest = _digest(body)
    if not hmac.compare_digest(headers.get("Content-Digest", "").encode(), digest.encode()):
        raise Unsigned("the digest is of another body")
    expected = f"jiuye={_mac(key, method, path, digest, read[1])}"
    if not hmac.compare_digest(headers.get("Signature", "").encode(), expected.encode()):
        raise Unsigned("the signature does not fit")
    database.execute("DELETE FROM nonce WHERE seen_at < ?", (now - 2 * FRESH_SECONDS,))
    if database.execute("INSERT OR IGNORE INTO nonce VALUES (?, ?)", (given["nonce"], now)).rowcount == 0:
        raise Unsigned("the nonce was used before")
