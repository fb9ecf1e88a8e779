"""Events of reports."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.kernel.events import Event


@dataclass(frozen=True)
class ReportsDecided(Event):
    """An operator decided on a posting's open reports together; `is_banned`: it was banned."""

    posting_id: UUID
    agency_id: UUID
    title: str
    reporter_ids: list[UUID]
    is_upheld: bool
    is_banned: bool
    answer: str
