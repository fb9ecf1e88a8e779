"""The log of who saw one's resume."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from jiuye.domains.accounts.states import Role
from jiuye.domains.resumes.models import ResumeAccess
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import SignInRequired
from jiuye.kernel.paging import Page, paginate


@dataclass(frozen=True, slots=True)
class AccessView:
    """One access to the resume: organisation, role, API client (empty without one), kind, purpose, time, job."""

    id: UUID
    organisation_id: UUID
    organisation_name: str
    role: str
    client_name: str
    kind: str
    kind_label: str
    purpose: str
    posting_id: UUID | None
    application_id: UUID | None
    accessed_at: datetime


@dataclass(frozen=True, slots=True)
class Looker:
    """An organisation that saw the resume: how often by kind, and when last. `kinds`: label and number."""

    organisation_id: UUID
    name: str
    total: int
    kinds: Sequence[tuple[str, int]]
    last_at: datetime


def accesses(
    actor: Actor,
    *,
    organisation_id: UUID | None = None,
    kind: str = "",
    since: datetime | None = None,
    cursor: str = "",
    size: int = 20,
) -> Page[AccessView]:
    """Return accesses to the actor's resume, latest first; of one organisation, kind (an `AccessKind`) or time. One query."""
    rows = _mine(actor, since)
    if organisation_id:
        rows = rows.filter(organisation_id=organisation_id)
    if kind in AccessKind.values:
        rows = rows.filter(kind=kind)
    return paginate(rows, ordering=("-accessed_at", "-id"), cursor=cursor, size=size).map(_view)


def lookers(actor: Actor, *, since: datetime | None = None, most: int = 50) -> list[Looker]:
    """Return who saw the actor's resume, latest first, with the name at that time. Two queries."""
    rows = _mine(actor, since)
    counted = rows.values("organisation_id", "kind").annotate(n=Count("id"), last=Max("accessed_at"))
    kinds: dict[UUID, dict[str, int]] = {}
    last: dict[UUID, datetime] = {}
    for row in counted.order_by("organisation_id", "kind"):
        kinds.setdefault(row["organisation_id"], {})[row["kind"]] = row["n"]
        last[row["organisation_id"]] = max(row["last"], last.get(row["organisation_id"], row["last"]))
    newest = rows.order_by("organisation_id", "-accessed_at", "-id").distinct("organisation_id")
    names = dict(newest.values_list("organisation_id", "organisation_name"))
    latest = sorted(kinds, key=lambda one: last[one], reverse=True)[:most]
    return [
        Looker(
            one,
            names[one],
            sum(kinds[one].values()),
            [(str(AccessKind(kind).label), kinds[one][kind]) for kind in AccessKind.values if kind in kinds[one]],
            last[one],
        )
        for one in latest
    ]


def _mine(actor: Actor, since: datetime | None) -> QuerySet[ResumeAccess]:
    if actor.person_id is None:
        raise SignInRequired
    rows = ResumeAccess.objects.filter(user_id=actor.person_id)
    return rows.filter(accessed_at__gte=since) if since else rows


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
    """Whether the actor, for this organisation, has opened the resume in this application (logged for its owner). One query."""
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
        client_name=row.client_name,
        kind=row.kind,
        kind_label=str(AccessKind(row.kind).label),
        purpose=row.purpose,
        posting_id=row.posting_id,
        application_id=row.application_id,
        accessed_at=row.accessed_at,
    )
