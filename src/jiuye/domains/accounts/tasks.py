"""Jobs of accounts: hand login codes to the SMS gateway."""

from uuid import UUID

import orjson
import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.domains.accounts import actions
from jiuye.domains.accounts.models import LoginCode
from jiuye.domains.accounts.states import CodeDelivery, CodePurpose
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import decrypt
from jiuye.ports import sms

log = structlog.get_logger("accounts")
# Waits of 1, 3, 5 … seconds cover the five minutes in which a code is worth sending.
UNTIL_EXPIRY = RetryStrategy(max_attempts=18, wait=1, linear_wait=2, retry_exceptions={sms.SmsUnavailable})

# Account notices are retried for a day.
UNTIL_TOLD = RetryStrategy(max_attempts=30, wait=5, linear_wait=200, retry_exceptions={sms.SmsUnavailable})


@queue.task(name=actions.SENDING_TASK, queue="codes", retry=UNTIL_EXPIRY)
def send_login_code(code_id: str, envelope: str) -> None:
    """Send one code, once: the gateway knows the message by the code's id. Raises `SmsUnavailable` for a retry."""
    code = LoginCode.objects.filter(pk=code_id, used_at=None, expires_at__gt=clock.now()).first()
    if code is None or code.delivery in (CodeDelivery.SENT, CodeDelivery.DELIVERED, CodeDelivery.FAILED):
        return
    secret = orjson.loads(decrypt(envelope))
    try:
        sms.get().send(_message(code, secret["phone"], secret["code"]))
    except sms.SmsRejected as problem:
        log.warning("login code rejected by the gateway", code=code_id, reason=str(problem))
        reached = CodeDelivery.REFUSED
    except sms.SmsUnavailable:
        actions.record_delivery(Actor.system(), code_id=UUID(code_id), delivery=CodeDelivery.DELAYED)
        raise
    else:
        reached = CodeDelivery.SENT
    actions.record_delivery(Actor.system(), code_id=UUID(code_id), delivery=reached)


@queue.task(name=actions.NOTICE_TASK, queue="sms", retry=UNTIL_TOLD)
def send_account_notice(notice_id: str, envelope: str) -> None:
    """Notify a phone of a change to its account. Raises `SmsUnavailable` for a retry."""
    notice = orjson.loads(decrypt(envelope))
    message = sms.SmsMessage(notice_id, notice["phone"], notice["template"], notice.get("params", {}), notice["text"])
    try:
        sms.get().send(message)
    except sms.SmsRejected as problem:
        log.warning("account notice rejected by the gateway", notice=notice_id, reason=str(problem))


def _message(code: LoginCode, phone: str, digits: str) -> sms.SmsMessage:
    purpose = CodePurpose(code.purpose)
    return sms.SmsMessage(
        id=str(code.id),
        phone=phone,
        template=f"code_{purpose}",
        params={"code": digits, "minutes": "5"},
        text=f"【就业在线】{purpose.label}验证码 {digits}，5 分钟内有效。工作人员不会向您索要验证码，请勿告诉任何人。",
    )
