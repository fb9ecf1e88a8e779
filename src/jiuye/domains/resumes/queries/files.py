"""The resume that its owner uploaded, and what is still to be looked at in it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jiuye.domains.resumes.extraction import Found
from jiuye.domains.resumes.extraction.found import FoundWish
from jiuye.domains.resumes.extraction.stored import from_json
from jiuye.domains.resumes.models import ResumeFile
from jiuye.domains.resumes.queries import file_blocks
from jiuye.domains.resumes.queries.file_blocks import Block
from jiuye.domains.resumes.queries.views import ResumeView
from jiuye.domains.resumes.states import FileState, SectionKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class FileView:
    """An uploaded resume. `blocks` are to be confirmed; `person` and `wish` are name and wanted job in them; `can_attach`: the file
    may become an attachment. `rest`: lines that were not understood.
    """

    id: UUID
    name: str
    state: str
    problem: str
    blocks: tuple[Block, ...]
    person: str
    wish: str
    can_attach: bool
    rest: tuple[str, ...]

    @property
    def is_waiting(self) -> bool:
        return self.state == FileState.WAITING

    @property
    def is_ready(self) -> bool:
        """Whether there is something to confirm."""
        return self.state == FileState.READ and bool(self.blocks)


def resume_file(actor: Actor, resume: ResumeView) -> FileView | None:
    """Return the actor's uploaded resume as it stands beside their resume; None without one. One query."""
    row = ResumeFile.objects.filter(resume__user_id=actor.person).first()
    if row is None:
        return None
    found = from_json(row.found)
    blocks = file_blocks.blocks_of(found, resume, row.settled)
    keys = {block.key for block in blocks}
    return FileView(
        id=row.id,
        name=row.name,
        state=row.state,
        problem=row.problem,
        blocks=tuple(blocks),
        person=found.name if file_blocks.BASICS in keys else "",
        wish=found.wish.title if SectionKind.INTENTION.value in keys else "",
        can_attach=row.can_be_sent and bool(row.key) and file_blocks.FILE not in row.settled,
        rest=tuple(found.rest[:40]),
    )


def found_in_file(actor: Actor) -> Found:
    """Return what was found in the actor's uploaded resume, without wish and newest entries that are settled. One query."""
    row = ResumeFile.objects.filter(resume__user_id=actor.person, state=FileState.READ).first()
    found = from_json(row.found) if row else Found()
    for key in row.settled if row else ():
        if key == SectionKind.INTENTION:
            found.wish = FoundWish()
        elif key == file_blocks.BASICS:
            found.name = ""
        elif key == f"{SectionKind.EMPLOYMENT.value}-0":
            found.employments = []
        elif key == f"{SectionKind.EDUCATION.value}-0":
            found.educations = []
    return found


def block_for_edit(actor: Actor, key: str) -> tuple[SectionKind, dict[str, Any]]:
    """Return the section of a block and the values that were found. Raises `NotFound` for a settled one and those without a form."""
    row = ResumeFile.objects.filter(resume__user_id=actor.person, state=FileState.READ).first()
    values = file_blocks.values_of(from_json(row.found), key) if row and key not in row.settled else None
    if values is None:
        raise NotFound("这一段已经处理过了。")
    return values
