"""Reads of the notification centre, for the actor: a seeker's own, or as staff of one organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet, Subquery

from jiuye.domains.accounts.models import User
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import SignInRequired
from jiuye.notifications.models import Notification


@dataclass(frozen=True, slots=True)
class NotificationView:
    """One message in the centre; `link` is a path of this site or empty."""

    id: UUID
    kind: str
    title: str
    body: str
    link: str
    created_at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a page's header shows to a signed-in person."""

    name: str
    unread: int


def mine(actor: Actor) -> QuerySet[Notification]:
    """Return the actor's messages on their current side. Raises `SignInRequired`."""
    if actor.person_id is None:
        raise SignInRequired
    return Notification.objects.filter(user_id=actor.person_id, organisation_id=actor.organisation_id, deleted_at=None)


def greeting(actor: Actor) -> Greeting | None:
    """Return name and number of unread messages in one query; None for anonymous visitors."""
    if actor.person_id is None:
        return None
    unread = mine(actor).filter(read_at=None).order_by().values("user").annotate(number=Count("id")).values("number")
    row = User.objects.filter(pk=actor.person_id).annotate(unread=Subquery(unread)).only("name").first()
    return Greeting(row.name, row.unread or 0) if row else None


def latest(actor: Actor, *, limit: int = 5) -> Sequence[NotificationView]:
    """Return the newest messages, for a home page. One query."""
    return [view_of(row) for row in mine(actor).order_by("-created_at", "-id")[:limit]]


def view_of(row: Notification) -> NotificationView:
    """Return a message as its reader sees it."""
    return NotificationView(row.id, row.kind, row.title, row.body, row.link, row.created_at, row.read_at is not None)
