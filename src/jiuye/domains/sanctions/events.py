"""Events of sanctions. They name no person and repeat no text: handlers read the sanction."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class SanctionImposed(Event):
    """A sanction is in force."""

    sanction_id: UUID


@dataclass(frozen=True)
class SanctionClosed(Event):
    """A sanction was lifted, or its last day has passed."""

    sanction_id: UUID


@dataclass(frozen=True)
class AppealDecided(Event):
    """An appeal was upheld (which lifts the sanction) or rejected."""

    appeal_id: UUID
