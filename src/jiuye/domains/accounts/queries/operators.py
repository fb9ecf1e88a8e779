"""The platform's operators and the requested changes of their roles."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from jiuye.domains.accounts import duties
from jiuye.domains.accounts.models import Authenticator, Membership, Passkey, RoleChange, Session
from jiuye.domains.accounts.states import OPERATOR_ROLES, ROLE_CHANGE_LABELS, OrganisationKind, Role
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.identifiers import mask_phone
from jiuye.kernel.paging import Page, paginate

ROLES = tuple((str(role), role.label) for role in OPERATOR_ROLES)
"""(code, Chinese) of the operators' roles."""
NOBODY = "不再是运营人员"


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator; the phone is masked. `last_active_at`: the last sign-in or use, None for never."""

    person_id: UUID
    name: str
    phone: str
    role: str
    role_label: str
    since: datetime
    last_active_at: datetime | None
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A requested change. `is_mine`: the actor asked for it; `is_about_me`: it changes the actor's own role."""

    id: UUID
    person_id: UUID
    person: str
    before: str
    after: str
    reason: str
    state: str
    state_label: str
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    is_mine: bool
    is_about_me: bool


def operators(actor: Actor) -> list[Operator]:
    """Return all operators, longest first. Raises `Denied`. One query."""
    duties.require_staff_list(actor)
    used = Session.objects.filter(person_id=OuterRef("user_id")).order_by().values("person_id")
    mine = {"user_id": OuterRef("user_id")}
    rows = (
        Membership.objects.filter(
            organisation_id=duties.platform_of(actor),
            organisation_kind=OrganisationKind.PLATFORM,
            ended_at=None,
            user__erased_at=None,
        )
        .select_related("user")
        .annotate(
            active_at=Greatest("user__last_login_at", Subquery(used.annotate(last=Max("last_seen_at")).values("last"))),
            has_factor=Exists(Authenticator.objects.filter(**mine, confirmed_at__isnull=False))
            | Exists(Passkey.objects.filter(**mine)),
        )
        .order_by("created_at", "id")
    )
    return [
        Operator(
            person_id=row.user_id,
            name=row.user.name or "未填写姓名",
            phone=mask_phone(row.user.phone),
            role=row.role,
            role_label=str(Role(row.role).label),
            since=row.created_at,
            last_active_at=row.active_at,
            has_second_factor=row.has_factor,
        )
        for row in rows
    ]


def operator(actor: Actor, person_id: UUID) -> Operator:
    """Return one operator. Raises `Denied` and `NotFound`. One query."""
    found = next((one for one in operators(actor) if one.person_id == person_id), None)
    if found is None:
        raise NotFound
    return found


def pending_role_changes(actor: Actor) -> list[Change]:
    """Return the changes that wait for a confirmation, oldest first. Raises `Denied`. One query."""
    duties.require_staff_list(actor)
    rows = _changes(actor).filter(state="pending").order_by("requested_at", "id")
    return [_change(actor, row) for row in rows]


def decided_role_changes(actor: Actor, *, cursor: str = "", size: int = 20) -> Page[Change]:
    """Return earlier changes, newest first. Raises `Denied`. One query."""
    duties.require_staff_list(actor)
    rows = _changes(actor).exclude(state="pending")
    page = paginate(rows, ordering=("-requested_at", "-id"), cursor=cursor, size=size)
    return page.map(lambda row: _change(actor, row))


def _changes(actor: Actor) -> "QuerySet[RoleChange]":
    rows = RoleChange.objects.filter(organisation_id=duties.platform_of(actor))
    return rows.select_related("person", "requested_by", "decided_by")


def _change(actor: Actor, row: RoleChange) -> Change:
    return Change(
        id=row.id,
        person_id=row.person_id,
        person=row.person.name or mask_phone(row.person.phone),
        before=str(Role(row.before).label) if row.before else "不是运营人员",
        after=str(Role(row.after).label) if row.after else NOBODY,
        reason=row.reason,
        state=row.state,
        state_label=ROLE_CHANGE_LABELS[row.state],
        requested_by=row.requested_by.name or mask_phone(row.requested_by.phone),
        requested_at=row.requested_at,
        decided_by=(row.decided_by.name or mask_phone(row.decided_by.phone)) if row.decided_by else "",
        decided_at=row.decided_at,
        is_mine=row.requested_by_id == actor.person_id,
        is_about_me=row.person_id == actor.person_id,
    )
