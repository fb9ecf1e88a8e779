"""Notes among the members of an agency about an application."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.transitions import lock
from jiuye.domains.applications.models import ApplicationNote
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.text.tidying import tidy_lines

LONGEST_NOTE = 500
MOST_NOTES = 100


@transaction.atomic
def add_note(actor: Actor, *, application_id: UUID, text: str) -> UUID:
    """Add a note that only the agency's members see. Return its id.

    Raises `Invalid` (text), `Refused` (too_many) past `MOST_NOTES`, `ConsentWithdrawn`, `Denied` for read-only members, `NotFound`.
    """
    application, party = lock(actor, application_id)
    if party != "agency":
        raise NotFound
    policies.refuse_withdrawn(application)
    kept = tidy_lines(text)
    if not kept:
        raise Invalid({"text": "请写下备注的内容。"})
    if len(kept) > LONGEST_NOTE:
        raise Invalid({"text": f"最多 {LONGEST_NOTE} 个字，现在有 {len(kept)} 个字，请删减一些。"})
    if ApplicationNote.objects.filter(application=application).count() >= MOST_NOTES:
        raise Refused(f"一份投递最多 {MOST_NOTES} 条备注，请先删除不再需要的。", code="too_many")
    note = ApplicationNote.objects.create(
        application=application,
        author_id=actor.person,
        client_name=actor.client_name,
        text=kept,
        written_at=clock.now(),
    )
    audit.record(actor, "application.add_note", application.id, note=note.id)
    return note.id


@transaction.atomic
def delete_note(actor: Actor, *, application_id: UUID, note_id: UUID) -> None:
    """Delete one of the actor's own notes. Raises `NotFound`, also for other members' notes, and `Denied` for read-only members."""
    application, party = lock(actor, application_id)
    own = ApplicationNote.objects.filter(pk=note_id, application=application, author_id=actor.person)
    if party != "agency" or not own.delete()[0]:
        raise NotFound("没有找到您写的这条备注，它可能已被删除。")
    audit.record(actor, "application.delete_note", application.id, note=note_id)
