"""The members page of an organisation: its members, the invitations that wait, the requests that wait."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import DateTimeField, F, Max, OuterRef, Subquery
from django.db.models.functions import Greatest

from jiuye.domains.accounts.models import Membership, Session, SignInRecord, User
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations.models import MemberInvitation, MembershipRequest
from jiuye.domains.organisations.policies import MANAGED_KINDS
from jiuye.domains.organisations.queries.members import organisation_name
from jiuye.domains.organisations.states import InvitationState, MembershipRequestState
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.identifiers import mask_name, mask_phone
from jiuye.kernel.paging import Page, paginate

_PAGE = 50
_WAITING = 50


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member. `phone` is masked (`actions.unmask_member`); `active_at` is the last use of the account."""

    person_id: UUID
    name: str
    phone: str
    role: str
    role_label: str
    since: datetime
    active_at: datetime | None
    is_me: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that waits or whose time is over. `phone` is masked (`actions.unmask_invitation`)."""

    id: UUID
    phone: str
    role_label: str
    invited_by: str
    sent_at: datetime
    times_sent: int
    expires_at: datetime
    is_expired: bool


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request that waits for an owner. `phone` is masked."""

    id: UUID
    name: str
    phone: str
    note: str
    requested_at: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """The head of the page."""

    name: str
    owners: int


def team(actor: Actor) -> Team:
    """Return the actor's own organisation and its number of owners. Raises `NotFound`. Two queries."""
    organisation_id = _organisation(actor)
    owners = Membership.objects.filter(organisation_id=organisation_id, role=Role.OWNER, ended_at=None).count()
    return Team(organisation_name(actor.organisation_kind, organisation_id), owners)


def members(actor: Actor, *, cursor: str = "") -> Page[MemberRow]:
    """Return the members of the actor's own organisation, longest first. Raises `NotFound`. One query."""
    seen = Session.objects.filter(person_id=OuterRef("user_id")).order_by().values("person_id")
    came = SignInRecord.objects.filter(user_id=OuterRef("user_id")).order_by().values("user_id")
    rows = (
        Membership.objects.filter(organisation_id=_organisation(actor), ended_at=None, user__erased_at=None)
        .select_related("user")
        .annotate(
            active_at=Greatest(
                Subquery(seen.annotate(at=Max("last_seen_at")).values("at"), output_field=DateTimeField()),
                Subquery(came.annotate(at=Max("signed_in_at")).values("at"), output_field=DateTimeField()),
                F("user__last_login_at"),
            )
        )
    )
    page = paginate(rows, ordering=("created_at", "id"), cursor=cursor, size=_PAGE)
    return page.map(lambda row: _member(actor, row))


def member(actor: Actor, person_id: UUID) -> MemberRow:
    """Return one member of the actor's own organisation. Raises `NotFound`. One query."""
    row = (
        Membership.objects.filter(organisation_id=_organisation(actor), user_id=person_id, ended_at=None)
        .select_related("user")
        .first()
    )
    if row is None:
        raise NotFound("这位成员已不在本机构。请刷新页面查看最新名单。")
    return _member(actor, row)


def waiting_invitations(actor: Actor) -> list[InvitationRow]:
    """Return the invitations of the actor's own organisation that are not accepted, newest first. One query."""
    rows = (
        MemberInvitation.objects.filter(organisation_id=_organisation(actor), state=InvitationState.SENT)
        .select_related("invited_by")
        .order_by("-created_at", "-id")[:_WAITING]
    )
    return [_invitation(row) for row in rows]


def waiting_invitation(actor: Actor, invitation_id: UUID) -> InvitationRow:
    """Return one invitation that is not accepted. Raises `NotFound`. One query."""
    row = (
        MemberInvitation.objects.filter(
            pk=invitation_id, organisation_id=_organisation(actor), state=InvitationState.SENT
        )
        .select_related("invited_by")
        .first()
    )
    if row is None:
        raise NotFound("这份邀请已被接受或取消。请刷新页面查看最新情况。")
    return _invitation(row)


def waiting_requests(actor: Actor) -> list[RequestRow]:
    """Return the requests that wait for the owners of the actor's own organisation, oldest first. One query."""
    rows = (
        MembershipRequest.objects.filter(
            organisation_id=_organisation(actor),
            state=MembershipRequestState.REQUESTED,
            person__erased_at=None,
        )
        .select_related("person")
        .order_by("requested_at", "id")[:_WAITING]
    )
    return [_request(actor, row) for row in rows]


def waiting_request(actor: Actor, request_id: UUID) -> RequestRow:
    """Return one request that waits. Raises `NotFound`. One query."""
    row = (
        MembershipRequest.objects.filter(
            pk=request_id, organisation_id=_organisation(actor), state=MembershipRequestState.REQUESTED
        )
        .select_related("person")
        .first()
    )
    if row is None:
        raise NotFound("这份申请已经处理过，或已被撤回。请刷新页面查看最新情况。")
    return _request(actor, row)


def _organisation(actor: Actor) -> UUID:
    if actor.organisation_id is None or actor.organisation_kind not in MANAGED_KINDS:
        raise NotFound
    return actor.organisation_id


def _member(actor: Actor, row: Membership) -> MemberRow:
    person: User = row.user
    return MemberRow(
        person_id=person.pk,
        name=person.name or "未填写姓名",
        phone=mask_phone(person.phone),
        role=row.role,
        role_label=str(Role(row.role).label),
        since=row.created_at,
        active_at=getattr(row, "active_at", None),
        is_me=person.pk == actor.person_id,
    )


def _invitation(row: MemberInvitation) -> InvitationRow:
    return InvitationRow(
        id=row.id,
        phone=mask_phone(row.phone),
        role_label=str(Role(row.role).label),
        invited_by=row.invited_by.name,
        sent_at=row.sent_at,
        times_sent=row.times_sent,
        expires_at=row.expires_at,
        is_expired=row.expires_at <= clock.now(),
    )


def _request(actor: Actor, row: MembershipRequest) -> RequestRow:
    is_owner = actor.role == Role.OWNER
    return RequestRow(
        id=row.id,
        name=row.person.name if is_owner else mask_name(row.person.name),
        phone=mask_phone(row.person.phone),
        note=row.note if is_owner else "",
        requested_at=row.requested_at,
    )
