"""Delivery receipts, sent to the sender once a message's outcome is known."""

import json
import sqlite3
from datetime import datetime

from jiuye.sandbox.callbacks import Callback, enqueue
from jiuye.sandbox.clock import CHINA
from jiuye.sandbox.sms.messages import Message

PATH = "/callbacks/sms-receipts"


def promise(database: sqlite3.Connection, taken: Message, *, site: str) -> None:
    """Queue a receipt for each copy when the message is due (one if it fails), within the caller's transaction."""
    told = {
        "message_id": taken.submission.message_id,
        "provider_id": taken.provider_id,
        "status": "delivered" if taken.copies else "failed",
        "at": datetime.fromtimestamp(taken.due_at, CHINA).isoformat(timespec="seconds"),
    }
    for _ in range(max(taken.copies, 1)):
        enqueue(database, Callback("sms", taken.provider_id, f"{site}{PATH}", json.dumps(told), taken.due_at))
