"""The key that signs ID tokens: made once, kept in the store."""

import json
import secrets
import sqlite3
import time

from joserfc.jwk import ECKey

from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS essc_key (
    kid TEXT PRIMARY KEY, private TEXT NOT NULL, made_at REAL NOT NULL
) WITHOUT ROWID;
"""


def _stored(database: sqlite3.Connection) -> ECKey | None:
    row = database.execute("SELECT private FROM essc_key ORDER BY made_at DESC LIMIT 1").fetchone()
    return ECKey.import_key(json.loads(row["private"])) if row else None


def new_key() -> ECKey:
    """A P-256 key with an id of its own."""
    return ECKey.generate_key("P-256", {"kid": secrets.token_hex(8), "use": "sig", "alg": "ES256"})


def signing_key() -> ECKey:
    """The provider's key, the same after every restart."""
    with store().open() as database:
        key = _stored(database)
    if key:
        return key
    with store().writing() as database:
        key = _stored(database)
        if key is None:
            key = new_key()
            row = (key.kid, json.dumps(key.as_dict(private=True)), time.time())
            database.execute("INSERT INTO essc_key VALUES (?, ?, ?)", row)
    return key
