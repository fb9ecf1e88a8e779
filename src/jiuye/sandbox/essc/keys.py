"""The keys that sign ID tokens: created once, kept in the store.

A client's tokens are signed by the algorithm it has registered. The platform's is ES256; RS256 is there as well
because OpenID Connect Discovery §3 requires it of every provider.
"""

import json
import secrets
import sqlite3
import time

from joserfc.jwk import ECKey, RSAKey

from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS essc_signing_key (
    algorithm TEXT PRIMARY KEY, private TEXT NOT NULL, made_at REAL NOT NULL
) WITHOUT ROWID;
"""
ALGORITHMS = ("ES256", "RS256")
Key = ECKey | RSAKey


def new_key(algorithm: str) -> Key:
    """Return a new key with an id: P-256 for ES256, 2048 bits for RS256."""
    if algorithm == "ES256":
        return ECKey.generate_key("P-256", {"kid": secrets.token_hex(8), "use": "sig", "alg": algorithm})
    return RSAKey.generate_key(2048, {"kid": secrets.token_hex(8), "use": "sig", "alg": algorithm})


def _stored(database: sqlite3.Connection) -> dict[str, Key]:
    kinds: dict[str, type[Key]] = {"ES256": ECKey, "RS256": RSAKey}
    rows = database.execute("SELECT algorithm, private FROM essc_signing_key")
    return {row["algorithm"]: kinds[row["algorithm"]].import_key(json.loads(row["private"])) for row in rows}


def signing_keys() -> dict[str, Key]:
    """Return the provider's keys by algorithm, the same after every restart."""
    with store().open() as database:
        known = _stored(database)
    if known:
        return known
    made = {algorithm: new_key(algorithm) for algorithm in ALGORITHMS}
    with store().writing() as database:
        # If two processes created keys, the first one's stay.
        for algorithm, key in made.items():
            row = (algorithm, json.dumps(key.as_dict(private=True)), time.time())
            database.execute("INSERT OR IGNORE INTO essc_signing_key VALUES (?, ?, ?)", row)
        return _stored(database)
