"""Events of accounts."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class PersonRegistered(Event):
    """A person signed in for the first time and became a job seeker."""

    person_id: UUID


@dataclass(frozen=True)
class ManyCodesRequested(Event):
    """Others have asked for many codes to the phone of an account; told once a `day` (ISO)."""

    person_id: UUID
    codes: int
    day: str


@dataclass(frozen=True)
class RoleChangeRequested(Event):
    """An administrator asked for a change of an operator's role."""

    change_id: UUID
    person_id: UUID
    requested_by_id: UUID


@dataclass(frozen=True)
class RoleChangeDecided(Event):
    """A change of an operator's role was confirmed, refused or withdrawn; `state` as in `states.RoleChangeState`."""

    change_id: UUID
    person_id: UUID
    requested_by_id: UUID
    state: str
