"""Events of qualifications."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class CaseSubmitted(Event):
    """An organisation submitted its case."""

    case_id: UUID
    organisation_id: UUID


@dataclass(frozen=True)
class CaseDecided(Event):
    """An operator decided on a case; `step` as in `states.DecisionStep`."""

    case_id: UUID
    organisation_id: UUID
    step: str


@dataclass(frozen=True)
class QualificationExpiring(Event):
    """A qualification expires in so many days (0: today is its last day), or `is_over`; `expires_on` is its last day."""

    organisation_id: UUID
    organisation_kind: str
    days: int
    is_over: bool
    expires_on: date
