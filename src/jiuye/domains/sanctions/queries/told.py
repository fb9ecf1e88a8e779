"""What messages about sanctions need."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jiuye.domains.sanctions.models import Appeal, Sanction
from jiuye.domains.sanctions.states import Level


@dataclass(frozen=True, slots=True)
class ToTell:
    """A sanction and whom it is about."""

    id: UUID
    kind: str
    subject_id: UUID
    level_label: str
    state: str
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class AppealToTell:
    """A decided appeal and its sanction."""

    sanction: ToTell
    is_upheld: bool


def to_tell(sanction_id: UUID) -> ToTell:
    """Return a sanction for its message. One query. Raises `Sanction.DoesNotExist`."""
    return _of(Sanction.objects.get(pk=sanction_id))


def appeal_to_tell(appeal_id: UUID) -> AppealToTell:
    """Return a decided appeal for its message. One query. Raises `Appeal.DoesNotExist`."""
    appeal = Appeal.objects.select_related("sanction").get(pk=appeal_id)
    return AppealToTell(_of(appeal.sanction), appeal.state == "upheld")


def _of(row: Sanction) -> ToTell:
    return ToTell(row.pk, row.kind.value, row.subject_id, str(Level(row.level).label), row.state, row.ends_on)
