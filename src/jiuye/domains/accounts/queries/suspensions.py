"""Suspended accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Suspension:
    """What a person is told about the suspension. `until`: its last day; None: until it is lifted."""

    since: datetime
    until: date | None
    notice: str = field(repr=False)
    link: str


def suspension_in_force(user: str = "") -> Q:
    """Return the condition for people who are suspended today. `user`: the look-up that leads to them, such as `user__`."""
    lasts = Q(**{f"{user}suspended_until": None}) | Q(**{f"{user}suspended_until__gte": clock.today()})
    return Q(**{f"{user}suspended_at__isnull": False}) & lasts


def my_suspension(actor: Actor) -> Suspension | None:
    """Return the suspension of the actor's account; None if it is not suspended. One query."""
    row = User.objects.filter(suspension_in_force(), pk=actor.person).first()
    if row is None or row.suspended_at is None:
        return None
    return Suspension(row.suspended_at, row.suspended_until, row.suspension_notice, row.suspension_link)


def is_suspended(person_id: UUID) -> bool:
    """Return whether the account is suspended today. One query."""
    return User.objects.filter(suspension_in_force(), pk=person_id).exists()
