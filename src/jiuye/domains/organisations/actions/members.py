"""An organisation's members: another role, the end of a membership, and the hand-over of ownership."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import Membership
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations import policies
from jiuye.domains.organisations.actions.ownership import lock_team, refuse_ownerless
from jiuye.domains.organisations.events import MembershipChanged
from jiuye.domains.organisations.states import MEMBER_ROLES
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Denied, Invalid, NotFound, Refused


@transaction.atomic
def change_role(actor: Actor, *, person_id: UUID, role: str) -> bool:
    """Give a member another role. Return whether it changed.

    Raises `NotFound`, `Denied`, `Invalid` (role), `ConfirmationRequired` for a new owner without recent
    re-authentication, and `Refused` (code only_owner).
    """
    policies.may_manage_members(actor)
    role = checked_role(role)
    team, member = _locked(actor, person_id)
    if member.role == role:
        return False
    policies.refuse_unconfirmed_owner(actor, role)
    if member.role == Role.OWNER:
        refuse_ownerless(team.values(), person_id, doing="改为其他角色")
    _set_role(actor, member, role)
    return True


@transaction.atomic
def end_membership(actor: Actor, *, person_id: UUID) -> None:
    """End a colleague's membership; they lose the portal with their next request.

    Raises `NotFound`, `Denied`, `Refused` (code only_owner, or own_membership: people leave by `leave_organisation`).
    """
    policies.may_manage_members(actor)
    if person_id == actor.person_id:
        raise Refused("这是您自己。要离开机构，请用“离开机构”。", code="own_membership")
    team, member = _locked(actor, person_id)
    if member.role == Role.OWNER:
        refuse_ownerless(team.values(), person_id, doing="移出")
    _end(actor, member, "member.end")


@transaction.atomic
def leave_organisation(actor: Actor) -> None:
    """End the actor's own membership. Raises `NotFound` and `Refused` (code only_owner)."""
    if actor.organisation_id is None or actor.organisation_kind not in policies.MANAGED_KINDS:
        raise NotFound
    team = lock_team(actor.organisation_id, actor.person)
    member = team.get(actor.person)
    if member is None:
        raise NotFound
    if member.role == Role.OWNER:
        refuse_ownerless(team.values(), actor.person, doing="离开")
    _end(actor, member, "member.leave")


@transaction.atomic
def transfer_ownership(actor: Actor, *, person_id: UUID) -> None:
    """Make another member the owner, and the actor a recruiter.

    Raises `NotFound`, `Denied`, `ConfirmationRequired`, and `Refused` (code own_membership) for oneself.
    """
    policies.may_manage_members(actor)
    if not actor.is_confirmed:
        raise ConfirmationRequired
    if person_id == actor.person_id:
        raise Refused("您已经是管理员。请选择要接手的同事。", code="own_membership")
    team, member = _locked(actor, person_id)
    if member.role != Role.OWNER:
        _set_role(actor, member, Role.OWNER)
    _set_role(actor, team[actor.person], Role.RECRUITER)


def checked_role(role: str) -> Role:
    """Return the role of a member. Raises `Invalid` (role)."""
    if role not in MEMBER_ROLES:
        raise Invalid({"role": "请从列表中选择角色。"})
    return Role(role)


def join(actor: Actor, *, organisation_id: UUID, kind: str, person_id: UUID, role: str) -> bool:
    """Create a current membership unless there is one, in the open transaction. Return whether it is new.

    For the actions that have checked an invitation or a request.
    """
    row = Membership(
        user_id=person_id, organisation_id=organisation_id, organisation_kind=kind, role=role, created_at=clock.now()
    )
    Membership.objects.bulk_create([row], ignore_conflicts=True)
    is_new = Membership.objects.filter(pk=row.pk).exists()
    if is_new:
        audit.record(actor, "member.join", person_id, organisation=organisation_id, role=role)
    return is_new


def _locked(actor: Actor, person_id: UUID) -> tuple[dict[UUID, Membership], Membership]:
    """Lock the owners and one member. Raises `Denied` if the actor is no owner any more, `NotFound` for no member."""
    if actor.organisation_id is None:
        raise NotFound
    team = lock_team(actor.organisation_id, person_id, actor.person)
    if actor.person not in team or team[actor.person].role != Role.OWNER:
        raise Denied("您已不是本机构的管理员，不能再管理成员。")
    if person_id not in team:
        raise NotFound("这位成员已不在本机构。请刷新页面查看最新名单。")
    return team, team[person_id]


def _set_role(actor: Actor, member: Membership, role: str) -> None:
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    audit.record(
        actor, "member.change_role", member.user_id, organisation=member.organisation_id, before=before, role=role
    )
    events.publish(
        actor, MembershipChanged(member.organisation_id, member.organisation_kind, member.user_id, str(role))
    )


def _end(actor: Actor, member: Membership, action: str) -> None:
    member.ended_at = clock.now()
    member.save(update_fields=["ended_at"])
    audit.record(actor, action, member.user_id, organisation=member.organisation_id, role=member.role)
    events.publish(actor, MembershipChanged(member.organisation_id, member.organisation_kind, member.user_id, ""))
