"""Events of verification."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class VerificationRequested(Event):
    """A person requested verification of an item."""

    case_id: UUID
    user_id: UUID
    kind: str
    subject_id: UUID


@dataclass(frozen=True)
class VerificationAnswered(Event):
    """A case has ended: `state` is the item's new one (verified, mismatched, no_record; unverified: no answer)."""

    case_id: UUID
    user_id: UUID
    kind: str
    subject_id: UUID
    state: str
