"""What happens to accounts."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class PersonRegistered(Event):
    """Somebody signed in for the first time and thereby became a job seeker."""

    person_id: UUID
