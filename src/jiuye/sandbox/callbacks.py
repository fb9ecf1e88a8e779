"""Callbacks of the simulated services: signed POSTs, kept in the store until the product accepts them.

A callback is stored in the same transaction as what it reports, so that a restart (or kill -9) loses none. One thread
of the serving process delivers due callbacks and retries with growing delays.
"""

import sqlite3
import sys
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from flask import Flask

from jiuye.sandbox import signatures
from jiuye.sandbox.store import Store

SCHEMA = """
CREATE TABLE IF NOT EXISTS callback (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    about TEXT NOT NULL,
    url TEXT NOT NULL,
    body TEXT NOT NULL,
    forged INTEGER NOT NULL,
    due_at REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'waiting',
    heard TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS callback_due ON callback (due_at) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS callback_about ON callback (service, about);
"""
# Seconds before the next attempt. The last attempt is about a minute after the first, then the callback is given up.
PATIENCE = (1, 2, 4, 8, 15, 30)
KEPT_SECONDS = 7 * 24 * 3600
_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class Callback:
    """One POST of `body` (JSON text) to `url`, no sooner than `due_at` (Unix seconds); `about` identifies its subject.

    A `forged` one is signed with a wrong key.
    """

    service: str
    about: str
    url: str
    body: str
    due_at: float
    forged: bool = False


def enqueue(database: sqlite3.Connection, callback: Callback) -> None:
    """Store the callback within the caller's transaction."""
    database.execute("DELETE FROM callback WHERE due_at < ?", (time.time() - KEPT_SECONDS,))
    row = (callback.service, callback.about, callback.url, callback.body, callback.forged, callback.due_at)
    database.execute("INSERT INTO callback (service, about, url, body, forged, due_at) VALUES (?, ?, ?, ?, ?, ?)", row)


def of(database: sqlite3.Connection, service: str, about: str) -> list[sqlite3.Row]:
    """Return the callbacks about a subject, oldest first: `state` (`waiting`, `taken`, `given_up`), `attempts`, and
    `heard`: the last response.
    """
    query = "SELECT * FROM callback WHERE service = ? AND about = ? ORDER BY id"
    return database.execute(query, (service, about)).fetchall()


class Courier:
    """Delivers the callbacks of an application."""

    def __init__(self, app: Flask) -> None:
        self._store: Store = app.extensions["store"]
        self._keys: dict[str, str] = app.config["CALLBACK_KEYS"]
        self._client = httpx.Client(timeout=httpx.Timeout(3, connect=1), trust_env=False)

    def deliver_due(self) -> int:
        """Send each due callback once. Return how many there were. A service in an outage sends nothing."""
        query = (
            "SELECT * FROM callback WHERE state = 'waiting' AND due_at <= ? AND service NOT IN "
            "(SELECT service FROM switch WHERE name = 'outage' AND value > 0) ORDER BY due_at, id LIMIT 100"
        )
        with self._store.open() as database:
            due = database.execute(query, (time.time(),)).fetchall()
        for row in due:
            self._note(row, *self._attempt(row))
        return len(due)

    def keep_delivering(self) -> None:
        """Deliver for ever."""
        while True:
            try:
                self.deliver_due()
            except sqlite3.Error as problem:  # busy or full: the callbacks stay in the store
                sys.stderr.write(f"sandbox: callbacks wait: {type(problem).__name__}\n")
            time.sleep(_PAUSE)

    def _attempt(self, row: sqlite3.Row) -> tuple[bool, str]:
        """Return whether the product accepted it, and its response."""
        key, body = self._keys[row["service"]], row["body"].encode()
        signed = signatures.sign(f"not {key}" if row["forged"] else key, "POST", urlsplit(row["url"]).path, body)
        headers = {"Content-Type": "application/json", "User-Agent": "jiuye-sandbox", **signed}
        try:
            answer = self._client.post(row["url"], content=body, headers=headers)
        except httpx.HTTPError as problem:
            return False, type(problem).__name__
        return answer.is_success, str(answer.status_code)

    def _note(self, row: sqlite3.Row, taken: bool, heard: str) -> None:
        attempts = row["attempts"] + 1
        state = "taken" if taken else "given_up" if attempts > len(PATIENCE) else "waiting"
        due_at = time.time() + PATIENCE[attempts - 1] if state == "waiting" else row["due_at"]
        update = "UPDATE callback SET state = ?, attempts = ?, heard = ?, due_at = ? WHERE id = ?"
        with self._store.writing() as database:
            database.execute(update, (state, attempts, heard, due_at, row["id"]))


def start(app: Flask) -> None:
    """Deliver in a thread for the life of this process."""
    threading.Thread(target=Courier(app).keep_delivering, name="callbacks", daemon=True).start()
