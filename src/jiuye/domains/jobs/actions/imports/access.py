"""Who may import."""

from uuid import UUID

from jiuye.domains.jobs import policies
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound


def editor_of(actor: Actor) -> tuple[UUID, UUID]:
    """Return agency and person of an actor who may change its postings. Raises NotFound and Denied."""
    policies.may_edit(actor)
    if actor.organisation_id is None or actor.person_id is None:
        raise NotFound
    return actor.organisation_id, actor.person_id
