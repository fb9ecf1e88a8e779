"""Events of accounts."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class PersonRegistered(Event):
    """A person signed in for the first time and became a job seeker."""

    person_id: UUID
