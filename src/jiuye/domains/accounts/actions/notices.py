"""Text messages about a person's own account, to its current or former phone."""

import orjson
from procrastinate.contrib.django import app as queue

from jiuye.kernel import worlds
from jiuye.kernel.crypto import encrypt
from jiuye.kernel.ids import new_id

NOTICE_TASK = "send_account_notice"


def tell_phone(phone: str, *, template: str, text: str) -> None:
    """Send it once the open transaction has committed. The job's row contains neither number nor text in plain text.

    In a test world nothing is sent.
    """
    if worlds.is_test():
        return
    envelope = encrypt(orjson.dumps({"phone": phone, "template": template, "text": text}).decode())
    queue.configure_task(NOTICE_TASK, queue="sms").defer(notice_id=str(new_id()), envelope=envelope)
