"""Who saw my resume."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.states import Role
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import SignInRequired
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True, slots=True)
class AccessView:
    """One look at the resume: which organisation, in which role, what was done, why, when, under which job."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    role: str
    kind: str
    kind_label: str
    purpose: str
    posting_id: UUID | None
    application_id: UUID | None
    accessed_at: datetime


def accesses(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[AccessView]:
    """Looks at the actor's own resume, the latest first. One query."""
    if actor.person_id is None:
        raise SignInRequired
    rows = ResumeAccess.objects.filter(user_id=actor.person_id)
    return paginate(rows, ordering=("-accessed_at", "-id"), cursor=cursor, size=size).map(_view)


def saw_contacts(actor: Actor, *, owner_id: UUID, application_id: UUID, since: datetime) -> bool:
    """Whether the actor, for this organisation, gave a reason and saw the contacts in this application since then. One query."""
    if actor.person_id is None or actor.organisation_id is None:
        return False
    return ResumeAccess.objects.filter(
        user_id=owner_id,
        application_id=application_id,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        kind=AccessKind.CONTACT,
        accessed_at__gte=since,
    ).exists()


def has_looked(actor: Actor, *, owner_id: UUID, application_id: UUID) -> bool:
    """Whether the actor, for this organisation, has opened the resume in this application: the owner can read of it. One query."""
    if actor.person_id is None or actor.organisation_id is None:
        return False
    return ResumeAccess.objects.filter(
        user_id=owner_id,
        application_id=application_id,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
    ).exists()


def _view(row: ResumeAccess) -> AccessView:
    return AccessView(
        id=row.id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        role=str(Role(row.person_role).label) if row.person_role in Role.values else "工作人员",
        kind=row.kind,
        kind_label=str(AccessKind(row.kind).label),
        purpose=row.purpose,
        posting_id=row.posting_id,
        application_id=row.application_id,
        accessed_at=row.accessed_at,
    )
