"""Events of resumes."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ResumeChanged(Event):
    """A person edited their resume; read models update theirs."""

    user_id: UUID
    resume_id: UUID


@dataclass(frozen=True)
class VisibilityChanged(Event):
    """A person chose who may find their resume; `level` is a `states.VisibilityLevel`."""

    user_id: UUID
    level: str
    version: int


@dataclass(frozen=True)
class BlocksChanged(Event):
    """A person added or removed a block. The event does not name the organisation: that is private."""

    user_id: UUID


@dataclass(frozen=True)
class ResumeSeen(Event):
    """A member of an organisation saw or downloaded a resume. `purpose` is a short Chinese phrase."""

    user_id: UUID
    organisation_id: UUID
    organisation_name: str
    kind: str
    purpose: str
    application_id: UUID | None
