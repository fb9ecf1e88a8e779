"""Mark messages as read and delete them from the centre; both can be undone."""

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
    """Mark a message, and all with the same link, as read. Return the path (or empty). Raises `NotFound`."""
    row = _one(actor, notification_id)
    _read(actor, row, clock.now())
    return row.link


def mark_read(actor: Actor, *, notification_id: UUID) -> datetime:
    """Mark a message, and all with the same link, as read. Return the moment, by which that can be undone. Raises `NotFound`."""
    moment = clock.now()
    _read(actor, _one(actor, notification_id), moment)
    return moment


def mark_all_read(actor: Actor, *, group: Group | None = None) -> datetime:
    """Mark all messages of a group, or of this side, as read. Return the moment."""
    moment = clock.now()
    chosen_rows(actor, group).filter(read_at=None).update(read_at=moment)
    return moment


def delete_message(actor: Actor, *, notification_id: UUID) -> datetime:
    """Delete one message from the centre. Return the moment. Idempotent. Raises `NotFound`.

    The row is deleted after `retention.DELETED_KEPT`; until then its key keeps it from being sent again.
    """
    moment = clock.now()
    rows = _all(actor).filter(pk=notification_id)
    if not rows.filter(deleted_at=None).update(deleted_at=moment) and not rows.exists():
        raise NotFound
    return moment


def take_back(actor: Actor, *, at: datetime) -> int:
    """Undo what the actor marked read or deleted at this moment. Return how many messages that were."""
    unread = mine(actor).filter(read_at=at).update(read_at=None)
    return unread + _all(actor).filter(deleted_at=at).update(deleted_at=None)


def _one(actor: Actor, notification_id: UUID) -> Notification:
    row = mine(actor).filter(pk=notification_id).first()
    if row is None:
        raise NotFound
    return row


def _read(actor: Actor, row: Notification, moment: datetime) -> None:
    alike = mine(actor).filter(link=row.link) if row.link else mine(actor).filter(pk=row.pk)
    # Messages newer than the one that was seen have not been seen.
    alike.filter(read_at=None, created_at__lte=row.created_at).update(read_at=moment)


def _all(actor: Actor) -> QuerySet[Notification]:
    """Include messages deleted from the centre."""
    return Notification.objects.filter(user_id=actor.person, organisation_id=actor.organisation_id)
