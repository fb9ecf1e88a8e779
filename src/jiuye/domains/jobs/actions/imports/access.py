"""Who may import."""

from uuid import UUID

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.models import ImportBatch
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


def editor_of(actor: Actor) -> tuple[UUID, UUID]:
    """Return agency and person of an actor who may change its postings. Raises NotFound and Denied."""
    policies.may_edit(actor)
    if actor.organisation_id is None or actor.person_id is None:
        raise NotFound
    return actor.organisation_id, actor.person_id


def locked_batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return an import of the actor's agency, locked. Raises NotFound and Denied."""
    agency_id, _ = editor_of(actor)
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, agency_id=agency_id).first()
    if batch is None:
        raise NotFound
    return batch
