"""Accepted messages and their delivery.

Nothing runs in the background: a message's outcome and time of delivery are decided when it is accepted (from the
switches at that time), and its state follows from the clock, so a restart changes nothing.
"""

import json
import re
import sqlite3
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from jiuye.sandbox.store import store

SCHEMA = """
CREATE TABLE IF NOT EXISTS sms_message (
    provider_id TEXT PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL,
    template TEXT NOT NULL,
    params TEXT NOT NULL,
    text TEXT NOT NULL,
    accepted_at REAL NOT NULL,
    due_at REAL NOT NULL,
    copies INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS sms_message_of_phone ON sms_message (phone, due_at);
CREATE INDEX IF NOT EXISTS sms_message_by_age ON sms_message (accepted_at);
"""
KEPT_SECONDS = 7 * 24 * 3600
_CODE = re.compile(r"(?<!\d)\d{4,8}(?!\d)")


class Conflict(Exception):
    """The message id was used before for something else."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The sender's input; `phone` in 11 digits."""

    message_id: str
    phone: str
    template: str
    params: Mapping[str, str]
    text: str

    @property
    def code(self) -> str | None:
        """The verification code in it, if there is one."""
        if "code" in self.params:
            return self.params["code"]
        match = _CODE.search(self.text) if "验证码" in self.text else None
        return match.group() if match else None


@dataclass(frozen=True, slots=True)
class Message:
    """An accepted message; `copies` is how often the phone shows it: 0 if delivery fails, 2 if duplicated."""

    provider_id: str
    submission: Submission
    accepted_at: float
    due_at: float
    copies: int

    @property
    def status(self) -> str:
        """`accepted` until due, then `delivered` or `failed`."""
        if time.time() < self.due_at:
            return "accepted"
        return "delivered" if self.copies else "failed"


def _message(row: sqlite3.Row) -> Message:
    sent = Submission(row["message_id"], row["phone"], row["template"], json.loads(row["params"]), row["text"])
    return Message(row["provider_id"], sent, row["accepted_at"], row["due_at"], row["copies"])


def accept(database: sqlite3.Connection, sent: Submission, *, delay: float, copies: int) -> Message:
    """Accept a message once: a repeated id gets the first answer and no second message.

    Raise Conflict if the id belongs to a message with other content. `delay` is in seconds.
    """
    now = time.time()
    known = find(database, sent.message_id)
    if known:
        if known.submission != sent:
            raise Conflict(sent.message_id)
        return known
    database.execute("DELETE FROM sms_message WHERE accepted_at < ?", (now - KEPT_SECONDS,))
    taken = Message(uuid.uuid4().hex, sent, now, now + delay, copies)
    params = json.dumps(dict(sent.params), ensure_ascii=False)
    row = (
        taken.provider_id, sent.message_id, sent.phone, sent.template, params, sent.text, now, taken.due_at, copies
    )  # fmt: skip
    database.execute("INSERT INTO sms_message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return taken


def find(database: sqlite3.Connection, message_id: str) -> Message | None:
    """Return a message by the sender's id or by the gateway's."""
    query = "SELECT * FROM sms_message WHERE message_id = ? OR provider_id = ?"
    row = database.execute(query, (message_id, message_id)).fetchone()
    return _message(row) if row else None


def inbox(phone: str, *, limit: int = 50) -> list[Message]:
    """Return what the phone has received, newest first; a duplicated message appears twice."""
    query = (
        "SELECT * FROM sms_message WHERE phone = ? AND due_at <= ? AND copies > 0 "
        "ORDER BY due_at DESC, accepted_at DESC LIMIT ?"
    )
    with store().open() as database:
        received = [_message(row) for row in database.execute(query, (phone, time.time(), limit))]
    return [message for message in received for _ in range(message.copies)][:limit]


def recent_phones(*, limit: int = 12) -> list[Message]:
    """Return the newest message of each phone that last received one."""
    # SQLite takes the other columns of a group from the row with the maximum.
    query = (
        "SELECT * FROM sms_message WHERE due_at <= ? AND copies > 0 "
        "GROUP BY phone HAVING MAX(due_at) ORDER BY due_at DESC LIMIT ?"
    )
    with store().open() as database:
        return [_message(row) for row in database.execute(query, (time.time(), limit))]
