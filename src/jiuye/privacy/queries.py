"""What people see of the copies of their data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.privacy.models import DataExport
from jiuye.privacy.states import ExportState


@dataclass(frozen=True, slots=True)
class ExportView:
    """One copy of a person's data. `size` in bytes."""

    id: UUID
    state: str
    state_label: str
    requested_at: datetime
    expires_at: datetime | None
    size: int


def exports(actor: Actor) -> list[ExportView]:
    """Return the actor's copies that are not deleted yet, newest first. One query."""
    rows = DataExport.objects.filter(person_id=actor.person).exclude(expires_at__lte=clock.now())
    return [
        ExportView(row.pk, row.state, ExportState(row.state).label, row.requested_at, row.expires_at, row.size)
        for row in rows.order_by("-requested_at", "-id")
    ]
