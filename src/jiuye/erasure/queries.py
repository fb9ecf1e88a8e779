"""The state of one's own erasure request."""

from dataclasses import dataclass
from datetime import datetime

from jiuye.erasure.models import ErasureRequest
from jiuye.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """An open request. It can be cancelled until `due_at`."""

    asked_at: datetime
    due_at: datetime


def standing(actor: Actor) -> Standing | None:
    """Return the actor's open request, if any. One query."""
    row = ErasureRequest.objects.filter(person_id=actor.person, cancelled_at=None, done_at=None).first()
    return Standing(row.asked_at, row.due_at) if row else None
