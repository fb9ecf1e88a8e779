"""Notes among the agency's members about an application."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import application_answers as answers
from jiuye.api.v1.agency.application_schemas import ApplicationNote, ApplicationNotes
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.applications import actions, queries
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import access

router = Router(tags=["agency-applications"])
_notes = "/agency/applications/{uuid:application_id}/notes"


class NoteInput(StrictBody):
    """A new note."""

    text: str = Field(description=f"最多 {actions.LONGEST_APPLICATION_NOTE} 字。", examples=["下周一再联系。"])


@router.get(
    _notes,
    summary="内部备注",
    description="最近的在前。只有本机构的成员看得到，求职者和企业都看不到。",
    operation_id="listApplicationNotes",
    response={200: ApplicationNotes, **refusals.OF_READS},
)
@access(client(Scope.APPLICATIONS_READ))
def list_application_notes(request: HttpRequest, application_id: UUID) -> Any:
    """All notes on an application."""
    actor = actor_of(request)
    found = queries.disclosed_to_agency(actor, application_id)
    return {"items": [answers.note(one) for one in queries.notes_on(actor, found)]}


@router.post(
    _notes,
    summary="添加内部备注",
    description="只有本机构的成员看得到。",
    operation_id="addApplicationNote",
    response={201: ApplicationNote, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def add_application_note(request: HttpRequest, application_id: UUID, note: NoteInput) -> Any:
    """Add a note."""
    actor = actor_of(request)
    made = actions.add_note(actor, application_id=application_id, text=note.text)
    notes = queries.notes_on(actor, queries.for_agency(actor, application_id))
    return Status(201, answers.note(next(one for one in notes if one.id == made)))


@router.delete(
    _notes + "/{uuid:note_id}",
    summary="删除内部备注",
    description="只能删除所代表的成员自己写的。",
    operation_id="deleteApplicationNote",
    response={204: None, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def delete_application_note(request: HttpRequest, application_id: UUID, note_id: UUID) -> Any:
    """Delete one's own note."""
    actions.delete_note(actor_of(request), application_id=application_id, note_id=note_id)
    return Status(204, None)
