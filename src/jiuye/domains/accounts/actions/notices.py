"""Text messages about a person's own account, to its current or former phone."""

from collections.abc import Mapping

import orjson
from procrastinate.contrib.django import app as queue

from jiuye.kernel import worlds
from jiuye.kernel.crypto import encrypt
from jiuye.kernel.ids import new_id

NOTICE_TASK = "send_account_notice"


def tell_phone(phone: str, *, template: str, text: str, params: Mapping[str, str] | None = None) -> None:
    """Send it once the open transaction has committed. The job's row contains neither number nor text in plain text.

    In a test world nothing is sent.
    """
    if worlds.is_test():
        return
    notice = {"phone": phone, "template": template, "text": text, "params": dict(params or {})}
    envelope = encrypt(orjson.dumps(notice).decode())
    queue.configure_task(NOTICE_TASK, queue="sms").defer(notice_id=str(new_id()), envelope=envelope)
