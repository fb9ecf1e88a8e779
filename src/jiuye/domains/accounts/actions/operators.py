"""Operators' roles, changed by two administrators together: one asks, another confirms (GB/T 22239-2019 §8.1.4.2).

Nothing changes before the confirmation. An administrator is an owner or a security administrator of the platform.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts import duties
from jiuye.domains.accounts.events import RoleChangeDecided, RoleChangeRequested
from jiuye.domains.accounts.models import Membership, RoleChange, Session, User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.accounts.queries.suspensions import suspension_in_force
from jiuye.domains.accounts.states import OPERATOR_ROLES, ROLE_CHANGE, OrganisationKind, Role
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.text.tidying import tidy_line

CHANGE_WAITS = timedelta(days=7)
"""A request that nobody confirmed by then can only be withdrawn and made again."""
_SHORTEST_REASON, _LONGEST_REASON = 4, 200


@transaction.atomic
def request_role_change(actor: Actor, *, person_id: UUID, role: str, reason: str) -> UUID:
    """Ask for a person to have `role` at the platform; empty: to stop being an operator. Return the request's id.

    Raises `Denied`, `NotFound`, `Invalid` (role, reason), and `Refused` for no change, for the last owner, and while another
    request about this person waits.
    """
    duties.require_security_admin(actor)
    if role and role not in OPERATOR_ROLES:
        raise Invalid({"role": "请选择一个运营角色。"})
    reason = _checked(reason)
    staff = _locked_staff(actor)
    before = _role_of(staff, person_id)
    if not role and not before:
        raise NotFound
    if role and not _may_be_operator(person_id):
        raise Refused("这个账号已注销或已被暂停，不能担任运营人员。", code="account_gone")
    if before == role:
        raise Refused(f"这个人现在就是{Role(role).label}，不需要变更。", code="no_change")
    _keep_an_owner(staff, person_id, role)
    if (
        waiting := RoleChange.objects.filter(person_id=person_id, state="pending")
        .select_related("requested_by")
        .first()
    ):
        raise Refused(
            f"{waiting.requested_by.name or '一位管理员'}已经提出过对这个人的变更，请先确认或撤回。", code="pending"
        )
    row = RoleChange.objects.create(
        organisation_id=duties.platform_of(actor),
        person_id=person_id,
        before=before,
        after=role,
        reason=reason,
        requested_by_id=actor.person,
        requested_at=clock.now(),
    )
    events.publish(actor, RoleChangeRequested(change_id=row.id, person_id=person_id, requested_by_id=actor.person))
    audit.record(actor, "operator.role_request", person_id, change=row.id, before=before, after=role, reason=reason)
    return row.id


@transaction.atomic
def confirm_role_change(actor: Actor, *, change_id: UUID) -> None:
    """Confirm another administrator's request: it takes effect now, and the sessions of a person who leaves end.

    Raises `Denied`, `NotFound`, and `Refused` for one's own request, for a change of one's own role, for a request that is
    decided, older than seven days, or by somebody who is no administrator any more, and for the last owner.
    """
    duties.require_security_admin(actor)
    staff, row = _locked_staff(actor), _locked(actor, change_id)
    target = ROLE_CHANGE.find("confirm", row.state, "operator").target
    if actor.person_id == row.requested_by_id:
        raise Refused("自己提出的变更，要由另一位管理员确认。", code="own_request")
    if actor.person_id == row.person_id:
        raise Refused("关于自己的变更，要由另一位管理员确认。", code="own_role")
    _still_stands(staff, row)
    _keep_an_owner(staff, row.person_id, row.after)
    ended = _apply(row)
    _decide(actor, row, target, before=row.before, after=row.after, sessions=ended)


@transaction.atomic
def decline_role_change(actor: Actor, *, change_id: UUID) -> None:
    """Refuse another administrator's request, or withdraw one's own. Raises `Denied`, `NotFound` and `Refused`."""
    duties.require_security_admin(actor)
    row = _locked(actor, change_id)
    verb = "withdraw" if actor.person_id == row.requested_by_id else "refuse"
    _decide(actor, row, ROLE_CHANGE.find(verb, row.state, "operator").target)


@transaction.atomic
def appoint_operator(actor: Actor, *, phone: str, role: str) -> None:
    """Give a person a role at the platform while it has fewer than two administrators. For the system, on the server.

    Raises `Invalid` (phone), `NotFound` for an unknown phone, and `Refused` once two administrators can confirm changes, for
    operators, and for the first one if they are not to be an owner.
    """
    if not actor.is_system:
        raise Denied
    person = User.objects.filter(phone_index=phone_index(parse_mobile(phone)), erased_at=None).first()
    if person is None:
        raise NotFound
    rows = Membership.objects.select_for_update(of=("self",)).filter(
        organisation_kind=OrganisationKind.PLATFORM, ended_at=None
    )
    staff = {row.user_id: row for row in rows.order_by("id")}
    if sum(row.role in duties.SECURITY_ROLES for row in staff.values()) >= 2:
        raise Refused("平台已有两位管理员，请在运营后台的“运营人员”页提出并确认变更。", code="two_administrators")
    if person.pk in staff:
        raise Refused(f"这个人现在是{Role(staff[person.pk].role).label}，请在运营后台变更。", code="operator")
    if not staff and role != Role.OWNER:
        raise Refused("平台的第一位运营人员要是管理员（owner）。", code="first_owner")
    earlier = (
        Membership.objects.filter(organisation_kind=OrganisationKind.PLATFORM).order_by("created_at", "id").first()
    )
    Membership.objects.create(
        user=person,
        organisation_id=earlier.organisation_id if earlier else new_id(),
        organisation_kind=OrganisationKind.PLATFORM,
        role=role,
        created_at=clock.now(),
    )
    audit.record(actor, "operator.appoint", person.pk, role=role)


def _locked_staff(actor: Actor) -> dict[UUID, Membership]:
    """Return the operators by person, locked: two changes at once could leave the platform without an owner."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(
        organisation_id=duties.platform_of(actor), ended_at=None, user__erased_at=None
    )
    return {row.user_id: row for row in rows.order_by("id")}


def _may_be_operator(person_id: UUID) -> bool:
    return User.objects.filter(pk=person_id, erased_at=None).exclude(suspension_in_force()).exists()


def _role_of(staff: dict[UUID, Membership], person_id: UUID) -> str:
    return staff[person_id].role if person_id in staff else ""


def _keep_an_owner(staff: dict[UUID, Membership], person_id: UUID, role: str) -> None:
    others = [one for one in staff.values() if one.role == Role.OWNER and one.user_id != person_id]
    if role != Role.OWNER and _role_of(staff, person_id) == Role.OWNER and not others:
        raise Refused("平台至少要有一位管理员（owner）。请先让另一个人成为管理员。", code="last_owner")


def _locked(actor: Actor, change_id: UUID) -> RoleChange:
    rows = RoleChange.objects.select_for_update(of=("self",)).filter(organisation_id=duties.platform_of(actor))
    row = rows.filter(pk=change_id).first()
    if row is None:
        raise NotFound
    return row


def _still_stands(staff: dict[UUID, Membership], row: RoleChange) -> None:
    if clock.now() - row.requested_at > CHANGE_WAITS:
        raise Refused(f"这个变更提出已超过 {CHANGE_WAITS.days} 天，请撤回后重新提出。", code="too_old")
    if _role_of(staff, row.requested_by_id) not in duties.SECURITY_ROLES:
        raise Refused("提出这个变更的人已不是管理员，请重新提出。", code="requester_gone")
    if not _may_be_operator(row.person_id) and row.after:
        raise Refused("这个账号已注销或已被暂停，不能担任运营人员。", code="account_gone")
    if _role_of(staff, row.person_id) != row.before:
        raise Refused("这个人的角色在此期间已经改变，请重新提出。", code="changed_meanwhile")


def _apply(row: RoleChange) -> int:
    """Change the membership. Return how many sessions ended."""
    current = Membership.objects.filter(user=row.person, organisation_id=row.organisation_id, ended_at=None)
    if not row.after:
        current.update(ended_at=clock.now())
        return Session.objects.filter(person=row.person).delete()[0]
    if not current.update(role=row.after):
        Membership.objects.create(
            user=row.person,
            organisation_id=row.organisation_id,
            organisation_kind=OrganisationKind.PLATFORM,
            role=row.after,
            created_at=clock.now(),
        )
    return 0


def _decide(actor: Actor, row: RoleChange, state: str, **detail: object) -> None:
    row.state, row.decided_by_id, row.decided_at = state, actor.person, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    events.publish(
        actor,
        RoleChangeDecided(change_id=row.id, person_id=row.person_id, requested_by_id=row.requested_by_id, state=state),
    )
    audit.record(actor, f"operator.role_{state}", row.person_id, change=row.id, **detail)


def _checked(reason: str) -> str:
    reason = tidy_line(reason)
    if len(reason) < _SHORTEST_REASON:
        raise Invalid({"reason": "请写清楚原因，例如“接替离职的王审核”。会记入审计日志。"})
    if len(reason) > _LONGEST_REASON:
        raise Invalid({"reason": f"原因太长了，最多 {_LONGEST_REASON} 个字。"})
    return reason
