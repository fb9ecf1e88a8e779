"""Notify people with a given text, in the centre and by text message."""

import re
from uuid import UUID

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side, Sms, notify
from jiuye.notifications.messages import TO_STAFF, Facts, Text, daily_key, fill, parameters

_AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def tell(
    text: Text,
    template: str,
    facts: Facts,
    delivered: Delivered,
    *,
    user_ids: list[UUID],
    by_sms: list[UUID],
    side: Side,
    about: str = "",
) -> None:
    """Notify `user_ids` in the centre, and `by_sms` by text message if `text` has one.

    `about` as for `notify`; by default the thing that the link names, else the same text.
    """
    title, body, link = fill(text.title, facts, 120), fill(text.body, facts, 300), fill(text.link, facts, 200)
    if not about:
        about = f"{template}|{link}" if _AN_ID.search(link) else f"{template}|{link}|{title}|{body}"
    about = f"{side.organisation_id}|{about}"
    sms = None
    if text.sms and by_sms:
        sms = Sms(template, parameters(text, facts), _sms_key(text, template, facts, delivered, side), by_sms)
    notify(
        Actor.system(),
        user_ids=user_ids,
        kind=template,
        title=title,
        body=body,
        link=link,
        dedupe_key=f"{delivered.id}:{template}",
        side=side,
        sms=sms,
        at=delivered.occurred_at,
        about=about,
    )


def tell_staff(kind: str, facts: Facts, delivered: Delivered, user_ids: list[UUID], agency_id: UUID) -> None:
    """Notify members of an agency's staff with a text of `TO_STAFF`, in their centre only."""
    side = Side("agency", agency_id)
    tell(TO_STAFF[kind], f"staff.{kind}", facts, delivered, user_ids=user_ids, by_sms=[], side=side)


def _sms_key(text: Text, template: str, facts: Facts, delivered: Delivered, side: Side) -> str:
    """Return the deduplication key: one for each event, or for each posting and pause, or for each organisation and day."""
    if text.sms_daily:
        return daily_key(side.organisation_id, clock.local(delivered.occurred_at).date())
    if not text.sms_pause:
        return f"{delivered.id}"
    window = int(delivered.occurred_at.timestamp()) // (text.sms_pause * 60)
    return f"{template}:{facts.posting_id}:{window}"
