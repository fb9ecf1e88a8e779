"""Pass text messages to the gateway: outside any transaction, at least once, deduplicated there by their id."""

from datetime import timedelta

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from jiuye.kernel import clock
from jiuye.notifications import reminders
from jiuye.notifications.actions import SENDING_TASK, defer_text
from jiuye.notifications.messages import SIGNATURE, Facts, fill, find
from jiuye.notifications.models import TextMessage
from jiuye.notifications.wishes import wishes_of
from jiuye.ports import sms

log = structlog.get_logger("notifications")
# Waits of 2, 12, 22 … seconds add up to 27 hours of a gateway that is down: longer than a message is worth sending.
PATIENT = RetryStrategy(max_attempts=140, wait=2, linear_wait=10, retry_exceptions={sms.SmsUnavailable})
# Later than this a message only confuses; it is in the notification centre anyway.
STALE = timedelta(hours=24)


@queue.task(name=SENDING_TASK, queue="sms", retry=PATIENT)
def send_text_message(message_id: str) -> None:
    """Send one stored message, once. In quiet hours postpone it; if it is no longer wanted, do nothing.

    Raises `SmsUnavailable` to be retried.
    """
    waiting = TextMessage.objects.filter(pk=message_id, sent_at=None, failed_at=None, withheld_at=None)
    message = waiting.select_related("user").first()
    if message is None:
        return
    moment = clock.now()
    row = TextMessage.objects.filter(pk=message.pk, sent_at=None)
    if not message.user.phone or message.user.erased_at or moment - message.created_at > STALE:
        row.update(failed_at=moment)
        return
    # Checked again here: preferences may have changed since, and a gateway that was down may come back at night.
    wishes = wishes_of([message.user_id])[message.user_id]
    if message.user.test_client_id or not wishes.may_be_texted(message.template):
        row.update(withheld_at=moment)
        return
    if morning := wishes.waits_until(message.template, moment):
        defer_text(message.pk, at=morning)
        return
    try:
        receipt = sms.get().send(_written(message))
    except sms.SmsRejected as problem:
        log.warning("text message rejected by the gateway", message=message_id, reason=str(problem))
        row.update(failed_at=clock.now())
    else:
        row.update(sent_at=clock.now(), provider_id=receipt.provider_id)


def _written(message: TextMessage) -> sms.SmsMessage:
    text = fill(find(message.template).sms, Facts(**message.params), 200)
    return sms.SmsMessage(
        id=str(message.pk),
        phone=message.user.phone,
        template=message.template.replace(".", "_"),
        params=message.params,
        text=SIGNATURE + text,
    )


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="remind", queue="housekeeping", queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Send all reminders that are due. Runs every ten minutes, so that a worker that was down at the hour catches up."""
    reminders.remind_of_tomorrow()
    reminders.remind_of_due()
    reminders.ask_about_retention()
