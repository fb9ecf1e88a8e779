"""What happens to resumes."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ResumeChanged(Event):
    """A person edited their resume: whoever recommends or searches by it reads it anew."""

    user_id: UUID
    resume_id: UUID


@dataclass(frozen=True)
class VisibilityChanged(Event):
    """A person chose anew who may find their resume; `level` is a `states.VisibilityLevel`."""

    user_id: UUID
    level: str
    version: int


@dataclass(frozen=True)
class BlocksChanged(Event):
    """A person blocked an organisation, or does so no longer. Which one is nobody's business but theirs."""

    user_id: UUID


@dataclass(frozen=True)
class ResumeSeen(Event):
    """Somebody of an organisation saw or took a resume: its owner may be told. `purpose` is a short Chinese phrase."""

    user_id: UUID
    organisation_id: UUID
    organisation_name: str
    kind: str
    purpose: str
    application_id: UUID | None
