"""What pages show of a sanction, its files and its appeals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from jiuye.domains.accounts.models import User
from jiuye.domains.sanctions.bases import BASES, bases_for
from jiuye.domains.sanctions.models import Appeal, EvidenceFile, Sanction
from jiuye.domains.sanctions.queries.wording import EFFECTS
from jiuye.domains.sanctions.states import APPEAL_LABELS, SANCTION_LABELS, Level, Subject
from jiuye.kernel import clock
from jiuye.kernel.identifiers import mask_name, mask_phone


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a sanction or an appeal; `size` in bytes."""

    id: UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal. `decided_by` is for operators only: empty for the subject."""

    id: UUID
    state: str
    state_label: str
    text: str = field(repr=False)
    submitted_at: datetime
    due_on: date
    is_late: bool
    answer: str
    decided_at: datetime | None
    decided_by: str
    files: Sequence[FileView]


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A sanction in a list. `subject` is an organisation's name, or a person's masked name and number."""

    id: UUID
    kind: str
    kind_label: str
    subject_id: UUID
    subject: str
    level: str
    level_label: str
    state: str
    state_label: str
    decided_at: datetime
    starts_at: datetime | None
    ends_on: date | None
    closed_at: datetime | None
    effect: str


def row_of(sanction: Sanction) -> SanctionRow:
    """Return the row of a sanction with its subject loaded; no query."""
    kind, level = sanction.kind, Level(sanction.level)
    return SanctionRow(
        id=sanction.pk,
        kind=kind.value,
        kind_label=str(kind.label),
        subject_id=sanction.subject_id,
        subject=subject_name(sanction),
        level=level.value,
        level_label=str(level.label),
        state=sanction.state,
        state_label=SANCTION_LABELS[sanction.state],
        decided_at=sanction.decided_at,
        starts_at=sanction.starts_at,
        ends_on=sanction.ends_on,
        closed_at=sanction.closed_at,
        effect=EFFECTS[kind][level],
    )


def subject_name(sanction: Sanction) -> str:
    """Return an organisation's name, or a person's masked name and number."""
    if sanction.kind == Subject.PERSON:
        return masked(sanction.person)
    party = sanction.agency or sanction.employer
    return party.legal_name if party else ""


def masked(person: User | None) -> str:
    """Return a person's masked name and number."""
    if person is None or person.erased_at:
        return "已注销的账号"
    return " ".join(part for part in (mask_name(person.name), mask_phone(person.phone)) if part)


def bases_of(sanction: Sanction) -> list[str]:
    """Return the legal bases in words."""
    return [BASES[code].label for code in sanction.bases if code in BASES]


def appeal_of(appeal: Appeal, files: Iterable[EvidenceFile], decided_by: str = "") -> AppealView:
    """Return an appeal with its own files among `files`; no query."""
    return AppealView(
        id=appeal.pk,
        state=appeal.state,
        state_label=APPEAL_LABELS[appeal.state],
        text=appeal.text,
        submitted_at=appeal.submitted_at,
        due_on=appeal.due_on,
        is_late=appeal.state == "open" and appeal.due_on < clock.today(),
        answer=appeal.answer,
        decided_at=appeal.decided_at,
        decided_by=decided_by,
        files=[file_of(one) for one in files if one.appeal_id == appeal.pk],
    )


def file_of(file: EvidenceFile) -> FileView:
    """Return a file; no query."""
    return FileView(file.pk, file.name, file.size)


def bases_to_choose(kind: str) -> list[tuple[str, str]]:
    """Return the legal bases for a kind of subject as (code, words)."""
    return [(code, basis.label) for code, basis in bases_for(Subject(kind)).items()]
