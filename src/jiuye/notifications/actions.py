"""Notify people, and record delivery."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue

from jiuye.kernel import clock, worlds
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from jiuye.notifications.kinds import Way, group_of
from jiuye.notifications.models import Notification, TextDelivery, TextMessage
from jiuye.notifications.wishes import Wishes, wishes_of

SENDING_TASK = "send_text_message"
TOGETHER = timedelta(hours=6)
"""What is done to one thing in this time, by one person or several and however often, is one message in the centre."""


@dataclass(frozen=True, slots=True)
class Side:
    """The centre in which a message appears: a person's as staff of this organisation; by default the seeker's own."""

    organisation_kind: str = ""
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sms:
    """A text message: its template (`messages.find`), its parameters, and a key that deduplicates it."""

    template: str
    params: Mapping[str, str]
    dedupe_key: str
    user_ids: Collection[UUID] = field(default=())


@transaction.atomic
def notify(
    actor: Actor,
    *,
    user_ids: Collection[UUID],
    kind: str,
    title: str,
    body: str = "",
    link: str = "",
    dedupe_key: str,
    side: Side | None = None,
    sms: Sms | None = None,
    at: datetime | None = None,
    about: str = "",
) -> None:
    """Put a message into each person's centre, and send the text message to the people in `sms`.

    Repeating it with the same `dedupe_key` notifies nobody twice. `about` names what somebody can change again and again:
    what happens to it within `TOGETHER` is one message with the newest text, unread again. Channels that a person has switched off are not
    used. `link` is a path of this site; `at` is when it happened. In a test world the centre keeps the message and nothing is sent.
    """
    side = side or Side()
    moment = at or clock.now()
    wishes = wishes_of({*user_ids, *(sms.user_ids if sms else ())})
    group = group_of(kind, of_staff=side.organisation_id is not None)
    key = _key_together(about, moment) if about else dedupe_key
    Notification.objects.bulk_create(
        [
            Notification(
                user_id=user_id,
                organisation_id=side.organisation_id,
                organisation_kind=side.organisation_kind,
                kind=kind,
                title=title,
                body=body,
                link=link,
                dedupe_key=f"{key}:{user_id}",
                created_at=moment,
            )
            for user_id in user_ids
            if wishes[user_id].wants(group, Way.CENTRE)
        ],
        ignore_conflicts=True,
    )
    if about:
        # The same event delivered again finds its own time there and changes nothing.
        earlier = Notification.objects.filter(dedupe_key__in=[f"{key}:{user_id}" for user_id in user_ids])
        earlier.filter(created_at__lt=moment).update(
            kind=kind, title=title, body=body, link=link, created_at=moment, read_at=None, deleted_at=None
        )
    if sms and not worlds.is_test():
        _defer_texts(sms, wishes)


def _key_together(about: str, moment: datetime) -> str:
    """Return the key of the one message about something in the window of `moment`."""
    window = int(moment.timestamp()) // int(TOGETHER.total_seconds())
    return f"{hashlib.sha256(about.encode()).hexdigest()[:40]}:{window}"


def _defer_texts(sms: Sms, wishes: Mapping[UUID, Wishes]) -> None:
    """Store the text messages that are new and wanted, together with a job for each."""
    moment = clock.now()
    messages = [
        TextMessage(
            id=new_id(),
            user_id=user_id,
            template=sms.template,
            params=dict(sms.params),
            dedupe_key=f"{sms.dedupe_key}:{user_id}",
            created_at=moment,
        )
        for user_id in sms.user_ids
        if wishes[user_id].may_be_texted(sms.template)
    ]
    TextMessage.objects.bulk_create(messages, ignore_conflicts=True)
    made = TextMessage.objects.filter(pk__in=[message.pk for message in messages]).values_list("pk", "user_id")
    for message_id, user_id in made:
        defer_text(message_id, at=wishes[user_id].waits_until(sms.template, moment))


def defer_text(message_id: UUID, *, at: datetime | None = None) -> None:
    """Queue a stored text message for sending, now or at a time. Jobs for one message run one after the other: it is sent once."""
    queue.configure_task(SENDING_TASK, queue="sms", lock=f"text:{message_id}", schedule_at=at).defer(
        message_id=str(message_id)
    )


def record_receipt(actor: Actor, *, message_id: UUID, is_delivered: bool) -> bool:
    """Record the gateway's receipt for a text message. Return whether there is such a message.

    Receipts arrive twice, late and in any order: once a message is delivered, later receipts do not change that.
    """
    message = TextMessage.objects.filter(pk=message_id)
    told = message if is_delivered else message.exclude(delivery=TextDelivery.DELIVERED)
    return (
        bool(told.update(delivery=TextDelivery.DELIVERED if is_delivered else TextDelivery.FAILED)) or message.exists()
    )
