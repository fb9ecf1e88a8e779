"""Events of feedback."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class FeedbackAnswered(Event):
    """The platform answered; `author_id` is None for people without an account."""

    feedback_id: UUID
    number: str
    author_id: UUID | None
