"""The log of who saw a resume."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.resumes.events import ResumeSeen
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied


@transaction.atomic
def record_access(
    actor: Actor,
    *,
    owner_id: UUID,
    organisation_name: str,
    kind: AccessKind,
    purpose: str,
    posting_id: UUID | None = None,
    application_id: UUID | None = None,
) -> None:
    """Record that the actor's organisation saw or downloaded the resume, for its owner (个人信息保护法 arts. 7, 44).

    Call it in the transaction that discloses. `purpose` is a short Chinese phrase, e.g. 处理投递. Raises `Denied` for
    an actor without an organisation.
    """
    if actor.person_id is None or actor.organisation_id is None:
        raise Denied
    ResumeAccess.objects.create(
        user_id=owner_id,
        organisation_id=actor.organisation_id,
        organisation_name=organisation_name[:100],
        person_id=actor.person_id,
        person_role=actor.role,
        client_name=actor.client_name,
        kind=kind,
        purpose=purpose[:100],
        posting_id=posting_id,
        application_id=application_id,
        accessed_at=clock.now(),
    )
    seen = ResumeSeen(owner_id, actor.organisation_id, organisation_name[:100], kind, purpose[:100], application_id)
    events.publish(actor, seen)
    action = "unmask" if kind == AccessKind.CONTACT else kind
    audit.record(actor, f"resume.{action}", owner_id, posting_id=posting_id, application_id=application_id)
