"""Events of job fairs."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class FairIsTomorrow(Event):
    """A fair begins tomorrow; `person_ids` registered and have not been reminded. `when` and `where` in words."""

    fair_id: UUID
    title: str
    when: str
    where: str
    person_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class FairPublished(Event):
    """A fair became public. `when` and `where` in words."""

    fair_id: UUID
    agency_id: UUID
    title: str
    when: str
    where: str


@dataclass(frozen=True)
class FairMoved(Event):
    """A published fair has another time or place; `was` and `now` in words. `is_soon`: within 48 hours."""

    fair_id: UUID
    agency_id: UUID
    title: str
    was: str
    now: str
    is_soon: bool


@dataclass(frozen=True)
class FairCancelled(Event):
    """A published fair was cancelled. `is_soon`: it would have begun within 48 hours."""

    fair_id: UUID
    agency_id: UUID
    title: str
    when: str
    reason: str
    is_soon: bool
