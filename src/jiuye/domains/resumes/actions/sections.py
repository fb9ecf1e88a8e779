"""Adding, changing, moving and removing the entries of a resume's sections."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from jiuye.domains.resumes import policies
from jiuye.domains.resumes.actions.changes import begin_change, settle
from jiuye.domains.resumes.actions.invalidation import reset_if_other
from jiuye.domains.resumes.entries import EducationEntry, Entry
from jiuye.domains.resumes.merge import merged
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries.rows import MODELS, entry_of, row_values
from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification import actions as verification
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@dataclass(frozen=True, slots=True)
class Removed:
    """A removed entry and its position: `save_section(actor, entry=…, position=…)` restores it."""

    entry: Entry
    position: int


@transaction.atomic
def save_section(
    actor: Actor, *, entry: Entry, section_id: UUID | None = None, position: int | None = None, seen: str = ""
) -> UUID:
    """Add an entry to the actor's resume, or change the one with `section_id`. Return its id.

    A new entry goes to `position`, by default according to its dates, else to the end; an identical entry is not
    added twice (double clicks). `seen` (see `merge`): the state that the form was rendered from. Raises `Invalid`
    with a message for each field, `NotFound` for an entry of somebody else, `Refused` when the section is full,
    `ChangedElsewhere` for fields that were changed elsewhere since.
    """
    resume = begin_change(actor)
    checked = policies.checked_entry(entry, birth_year=resume.birth_year)
    if section_id is None:
        saved = add_entry(resume, checked, position)
    else:
        row = _rows(resume, checked.kind).filter(pk=section_id).first()
        if row is None:
            raise NotFound("这一条内容不存在，可能已被删除。")
        before = entry_of(checked.kind, row)
        checked = policies.checked_entry(merged(before, checked, seen), birth_year=resume.birth_year)
        reset_if_other(actor, section_id=section_id, before=before, after=checked)
        for column, value in row_values(checked).items():
            setattr(row, column, value)
        row.save()
        saved = row.id
    if isinstance(checked, EducationEntry) and not resume.education:
        resume.education = checked.level
        resume.save(update_fields=["education"])
    settle(actor, resume, checked.kind)
    return saved


@transaction.atomic
def remove_section(actor: Actor, *, kind: SectionKind, section_id: UUID) -> Removed:
    """Delete an entry. Return what is needed to restore it. Raises `NotFound`."""
    resume = begin_change(actor)
    row = _rows(resume, kind).filter(pk=section_id).first()
    if row is None:
        raise NotFound("这一条内容不存在，可能已被删除。")
    place = [one.pk for one in _ordered(resume, kind)].index(row.pk)
    removed = Removed(entry_of(kind, row), place)
    row.delete()
    verification.reset(actor, subject_ids=[section_id])
    settle(actor, resume, kind)
    return removed


@transaction.atomic
def move_section(actor: Actor, *, kind: SectionKind, section_id: UUID, up: bool) -> None:
    """Swap an entry with its neighbour above (`up`) or below; at the end nothing changes. Raises `NotFound`."""
    resume = begin_change(actor)
    rows = _ordered(resume, kind)
    place = next((index for index, row in enumerate(rows) if row.pk == section_id), None)
    if place is None:
        raise NotFound("这一条内容不存在，可能已被删除。")
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _renumber(kind, rows)
        settle(actor, resume, kind)


def add_entry(resume: Resume, entry: Entry, position: int | None = None) -> UUID:
    """Insert a checked entry into a locked resume. Raises `Refused` when the section is full."""
    rows = _ordered(resume, entry.kind)
    same = next((row for row in rows if entry_of(entry.kind, row) == entry), None)
    if same is not None:
        return cast(UUID, same.pk)
    if len(rows) >= policies.MOST_ENTRIES[entry.kind]:
        most = policies.MOST_ENTRIES[entry.kind]
        raise Refused(f"“{entry.kind.label}”最多添加 {most} 条，请先删除不需要的内容。", code="section_full")
    place = _place(rows, entry) if position is None else max(0, min(position, len(rows)))
    row = cast(Any, MODELS[entry.kind])(resume=resume, position=place, **row_values(entry))
    row.save(force_insert=True)
    rows.insert(place, row)
    _renumber(entry.kind, rows)
    return cast(UUID, row.pk)


def _place(rows: list[Any], entry: Entry) -> int:
    """Return the position of a new entry: dated ones before the first that began earlier, others at the end."""
    began: date | None = getattr(entry, "start_on", None)
    if began is None:
        return len(rows)
    return next((index for index, row in enumerate(rows) if row.start_on < began), len(rows))


def _rows(resume: Resume, kind: SectionKind) -> Any:
    return cast(Any, MODELS[kind]).objects.filter(resume=resume)


def _ordered(resume: Resume, kind: SectionKind) -> list[Any]:
    return list(_rows(resume, kind).order_by("position", "id"))


def _renumber(kind: SectionKind, rows: list[Any]) -> None:
    moved = []
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
            moved.append(row)
    if moved:
        cast(Any, MODELS[kind]).objects.bulk_update(moved, ["position"])
