"""Events of qualifications."""

from dataclasses import dataclass
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
    """A qualification expires in so many days (30, 14, 7, 1), or has expired (0)."""

    organisation_id: UUID
    organisation_kind: str
    days: int
