"""What happens to resumes."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ResumeChanged(Event):
    """A person edited their resume: whoever recommends or searches by it reads it anew."""

    user_id: UUID
    resume_id: UUID
