"""What happens around job fairs."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class FairIsTomorrow(Event):
    """A fair begins on the next day; `person_ids` registered and have not been reminded. `when` and `where` in words."""

    fair_id: UUID
    title: str
    when: str
    where: str
    person_ids: tuple[UUID, ...]
