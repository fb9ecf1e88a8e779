"""Having read messages, and taking them out of the centre; both can be taken back."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.notifications.centre import chosen_rows
from jiuye.notifications.kinds import Group
from jiuye.notifications.models import Notification
from jiuye.notifications.queries import mine


def open_message(actor: Actor, *, notification_id: UUID) -> str:
    """The actor goes where a message leads: it and all that lead there are read. Returns the path (or empty). Raises `NotFound`."""
    row = _one(actor, notification_id)
    _read(actor, row, clock.now())
    return row.link


def mark_read(actor: Actor, *, notification_id: UUID) -> datetime:
    """A message, and all that lead where it does, count as read; returns the moment, by which that can be taken back. Raises `NotFound`."""
    moment = clock.now()
    _read(actor, _one(actor, notification_id), moment)
    return moment


def mark_all_read(actor: Actor, *, group: Group | None = None) -> datetime:
    """Everything of a group, or everything on this side, counts as read; returns the moment."""
    moment = clock.now()
    chosen_rows(actor, group).filter(read_at=None).update(read_at=moment)
    return moment


def delete_message(actor: Actor, *, notification_id: UUID) -> datetime:
    """Take one message out of the centre; returns the moment. Safe to repeat. Raises `NotFound`.

    It is forgotten for good after `retention.DELETED_KEPT`; until then its key keeps it from being sent again.
    """
    moment = clock.now()
    rows = _all(actor).filter(pk=notification_id)
    if not rows.filter(deleted_at=None).update(deleted_at=moment) and not rows.exists():
        raise NotFound
    return moment


def take_back(actor: Actor, *, at: datetime) -> int:
    """Make undone what the actor marked read or deleted at this moment; returns how many messages that were."""
    unread = mine(actor).filter(read_at=at).update(read_at=None)
    return unread + _all(actor).filter(deleted_at=at).update(deleted_at=None)


def _one(actor: Actor, notification_id: UUID) -> Notification:
    row = mine(actor).filter(pk=notification_id).first()
    if row is None:
        raise NotFound
    return row


def _read(actor: Actor, row: Notification, moment: datetime) -> None:
    alike = mine(actor).filter(link=row.link) if row.link else mine(actor).filter(pk=row.pk)
    # What came after the one that was seen has not been seen.
    alike.filter(read_at=None, created_at__lte=row.created_at).update(read_at=moment)


def _all(actor: Actor) -> QuerySet[Notification]:
    """Those taken out of the centre, too."""
    return Notification.objects.filter(user_id=actor.person, organisation_id=actor.organisation_id)
