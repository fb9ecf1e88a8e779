"""What happens to checks."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class VerificationRequested(Event):
    """Somebody asked for an item to be checked."""

    case_id: UUID
    user_id: UUID
    kind: str
    subject_id: UUID


@dataclass(frozen=True)
class VerificationAnswered(Event):
    """A check has come to an end: `state` is the item's new one (verified, mismatched, no_record; unverified: no answer)."""

    case_id: UUID
    user_id: UUID
    kind: str
    subject_id: UUID
    state: str
