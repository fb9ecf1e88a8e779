"""Notes among the members of an agency about an application."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.applications.models import ApplicationNote
from jiuye.domains.applications.queries.views import ApplicationView
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note. `is_own`: the actor may delete it. `client_name`: the API client through which it was written, or empty."""

    id: UUID
    text: str
    author_id: UUID
    author_name: str
    client_name: str
    written_at: datetime
    is_own: bool


def notes_on(actor: Actor, application: ApplicationView) -> list[NoteView]:
    """Return the notes on an application of the actor's agency, latest first; none after the applicant withdrew. One query.

    Raises `NotFound`.
    """
    if not actor.acts_for("agency", application.agency_id):
        raise NotFound
    if application.is_withdrawn:
        return []
    rows = ApplicationNote.objects.filter(application_id=application.id).select_related("author")
    return [_view(row, actor) for row in rows.order_by("-written_at", "-id")]


def _view(row: ApplicationNote, actor: Actor) -> NoteView:
    return NoteView(
        id=row.id,
        text=row.text,
        author_id=row.author_id,
        author_name=row.author.name or "工作人员",
        client_name=row.client_name,
        written_at=row.written_at,
        is_own=row.author_id == actor.person_id,
    )
