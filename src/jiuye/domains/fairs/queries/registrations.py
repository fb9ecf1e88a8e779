"""A person's own registrations, and who registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.fairs.models import FairInterest, FairParticipation
from jiuye.domains.fairs.queries.public import FairCard, card
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True)
class Registration:
    """A person's own registration; the entrance scans `code`."""

    fair: FairCard
    code: str
    created_at: datetime
    checked_in_at: datetime | None


def registration(actor: Actor, fair_id: UUID) -> Registration | None:
    """Return the actor's registration at a fair, or None. One query."""
    rows = FairInterest.objects.select_related("fair__agency")
    row = rows.filter(fair_id=fair_id, person_id=actor.person).first()
    return _registration(row, clock.now()) if row else None


def registrations(actor: Actor, *, cursor: str = "") -> Page[Registration]:
    """Return all of the actor's registrations, latest first. One query."""
    moment = clock.now()
    rows = FairInterest.objects.filter(person_id=actor.person).select_related("fair__agency")
    return paginate(rows, ordering=("-created_at", "-id"), cursor=cursor).map(lambda row: _registration(row, moment))


def _registration(row: FairInterest, moment: datetime) -> Registration:
    return Registration(card(row.fair, moment), row.code, row.created_at, row.checked_in_at)


def registered_people(fair_id: UUID, *, at_once: int = 500) -> Iterator[list[UUID]]:
    """Yield registered people who are not checked in, in batches, without erased accounts."""
    rows = FairInterest.objects.filter(fair_id=fair_id, checked_in_at=None, person__erased_at=None)
    last: UUID | None = None
    while found := list(
        (rows.filter(pk__gt=last) if last else rows).order_by("pk").values_list("pk", "person_id")[:at_once]
    ):
        yield [person_id for _, person_id in found]
        last = found[-1][0]


def employers_at(fair_id: UUID) -> list[UUID]:
    """Return the employers at a fair. One query."""
    return list(FairParticipation.objects.filter(fair_id=fair_id).order_by("id").values_list("employer_id", flat=True))
