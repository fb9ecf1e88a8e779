"""What the gateway tells the sender by itself once a message's fate is known."""

import json
import sqlite3
from datetime import datetime, timedelta, timezone

from jiuye.sandbox.callbacks import Callback, enqueue
from jiuye.sandbox.sms.messages import Message

PATH = "/callbacks/sms-receipts"
# China keeps one time zone and no summer time.
_CHINA = timezone(timedelta(hours=8))


def promise(database: sqlite3.Connection, taken: Message, *, site: str) -> None:
    """A receipt for each copy when the message is due (one when it fails), within the caller's transaction."""
    told = {
        "message_id": taken.submission.message_id,
        "provider_id": taken.provider_id,
        "status": "delivered" if taken.copies else "failed",
        "at": datetime.fromtimestamp(taken.due_at, _CHINA).isoformat(timespec="seconds"),
    }
    for _ in range(max(taken.copies, 1)):
        enqueue(database, Callback("sms", taken.provider_id, f"{site}{PATH}", json.dumps(told), taken.due_at))
