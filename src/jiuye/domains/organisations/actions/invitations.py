"""Invitations of members by phone: sent, sent again, cancelled, accepted."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations import policies
from jiuye.domains.organisations.actions.members import checked_role, join
from jiuye.domains.organisations.actions.membership_requests import settle_request
from jiuye.domains.organisations.events import MemberInvited, MemberJoined
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.domains.organisations.queries.invitations import INVITATION_GONE, id_of, token_of
from jiuye.domains.organisations.queries.members import organisation_name
from jiuye.domains.organisations.states import INVITATION, InvitationState
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, RateLimited, Refused
from jiuye.kernel.rate_limits import Limit, whole_seconds

VALID_FOR = timedelta(days=7)
SEND_AGAIN_AFTER = timedelta(minutes=10)
TIMES_SENT_AT_MOST = 5
OPEN_AT_MOST = 50
"""Per organisation: more than a team invites in a week."""

INVITED = Limit(
    "invitations-sent",
    "发送成员邀请短信",
    "每家机构",
    50,
    86_400,
    "今天发出的邀请太多了，请 {wait}后再邀请。",
)
TEXTED = Limit(
    "invitations-received",
    "收到成员邀请短信",
    "每个手机号（所有机构合计）",
    3,
    86_400,
    "这个手机号今天收到的邀请短信已经很多，请 {wait}后再发；已收到的链接 7 天内有效。",
)
"""A phone cannot be flooded by inviting it from many organisations."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The organisation that somebody has joined."""

    organisation_id: UUID
    kind: str
    name: str
    role_label: str


def invite_member(actor: Actor, *, phone: str, role: str) -> UUID:
    """Invite a phone and send the link. Return the invitation's id.

    Raises `Denied`, `NotFound`, `Invalid` (phone, role), `ConfirmationRequired` for an owner without recent
    re-authentication, `Refused` (code too_many) and `RateLimited`.
    """
    organisation_id = policies.may_manage_members(actor)
    number, role = parse_mobile(phone), checked_role(role)
    policies.refuse_unconfirmed_owner(actor, role)
    index = phone_index(number)
    _refuse_known(organisation_id, index)
    _count(organisation_id, index)
    try:
        with transaction.atomic():
            invitation = _create(actor, organisation_id, number, role)
            _send(actor, invitation)
    except IntegrityError as error:  # invited concurrently
        raise Invalid({"phone": _ALREADY}) from error
    return invitation.id


@transaction.atomic
def resend_invitation(actor: Actor, *, invitation_id: UUID) -> None:
    """Send the link again; it is valid for seven days from now. Raises as `invite_member`, and `Refused` (code state_not_allowed)."""
    organisation_id = policies.may_manage_members(actor)
    invitation = _own(organisation_id, invitation_id)
    moment = clock.now()
    if invitation.state != InvitationState.SENT:
        raise Refused("这份邀请已经结束，请重新邀请。", code="state_not_allowed")
    if wait := whole_seconds(invitation.sent_at + SEND_AGAIN_AFTER - moment):
        raise RateLimited(wait, "邀请短信刚刚发过，请 {wait}后再重发；也可以当面请对方打开短信里的链接。")
    if invitation.times_sent >= TIMES_SENT_AT_MOST:
        raise Refused(
            f"这份邀请已经发过 {TIMES_SENT_AT_MOST} 次。请与对方核对手机号，再取消并重新邀请。", code="too_many"
        )
    _count(organisation_id, invitation.phone_index)
    invitation.sent_at, invitation.expires_at = moment, moment + VALID_FOR
    invitation.times_sent += 1
    invitation.save(update_fields=["sent_at", "expires_at", "times_sent"])
    audit.record(actor, "member.resend_invitation", invitation.id)
    _send(actor, invitation)


@transaction.atomic
def cancel_invitation(actor: Actor, *, invitation_id: UUID) -> None:
    """Cancel an invitation: its link no longer works. Raises `Denied`, `NotFound`, `Refused` (code state_not_allowed)."""
    invitation = _own(policies.may_manage_members(actor), invitation_id)
    INVITATION.find("cancel", invitation.state, "organisation")
    _close(invitation, InvitationState.CANCELLED)
    audit.record(actor, "member.cancel_invitation", invitation.id)


@transaction.atomic
def accept_invitation(actor: Actor, *, token: str, name: str = "") -> Joined:
    """Become a member by the invitation of a link. Idempotent for the person who accepted it.

    `name` is stored for people whose account has none. Raises `NotFound` for an unknown link, `Refused` with the code
    `other_phone` for a person whose phone was not invited (nothing is used up), `used`, `cancelled` or `expired`, and
    `Invalid` (name).
    """
    invitation = MemberInvitation.objects.select_for_update().filter(pk=id_of(token)).first()
    if invitation is None:
        raise NotFound(INVITATION_GONE)
    place = invitation.organisation_id, invitation.organisation_kind
    if invitation.accepted_by_id == actor.person:
        return _joined(invitation)
    person = User.objects.select_for_update().filter(pk=actor.person, erased_at=None).first()
    if person is None or person.phone_index != invitation.phone_index:
        raise Refused("这份邀请是发给另一个手机号的，请换成收到短信的账号再接受。", code="other_phone")
    _refuse_over(invitation)
    accounts.give_name(actor, name=name)
    is_new = join(actor, organisation_id=place[0], kind=place[1], person_id=actor.person, role=invitation.role)
    _close(invitation, InvitationState.ACCEPTED, by=actor.person)
    settle_request(actor, organisation_id=place[0], person_id=actor.person, role=invitation.role)
    audit.record(actor, "member.accept_invitation", invitation.id, organisation=place[0])
    if is_new:
        events.publish(actor, MemberJoined(*place, actor.person, invitation.role))
    return _joined(invitation)


_ALREADY = "已经邀请过这个手机号，还在等待接受。可以在下面的列表里重发或取消。"


def _refuse_known(organisation_id: UUID, index: str) -> None:
    if Membership.objects.filter(
        organisation_id=organisation_id, user__phone_index=index, user__erased_at=None, ended_at=None
    ).exists():
        raise Invalid({"phone": "这个手机号已经是本机构的成员。要调整角色，请在成员列表里修改。"})
    waiting = MemberInvitation.objects.filter(organisation_id=organisation_id, state=InvitationState.SENT)
    if waiting.filter(phone_index=index, expires_at__gt=clock.now()).exists():
        raise Invalid({"phone": _ALREADY})
    if waiting.filter(expires_at__gt=clock.now()).count() >= OPEN_AT_MOST:
        raise Refused(f"等待接受的邀请已有 {OPEN_AT_MOST} 份，请先取消不需要的，再邀请新的成员。", code="too_many")


def _count(organisation_id: UUID, index: str) -> None:
    INVITED.hit(organisation_id)
    TEXTED.hit(index)


def _create(actor: Actor, organisation_id: UUID, number: str, role: Role) -> MemberInvitation:
    index, moment = phone_index(number), clock.now()
    for old in MemberInvitation.objects.select_for_update().filter(
        organisation_id=organisation_id, phone_index=index, state=InvitationState.SENT, expires_at__lte=moment
    ):
        _close(old, InvitationState.EXPIRED)
    invitation = MemberInvitation.objects.create(
        organisation_id=organisation_id,
        organisation_kind=actor.organisation_kind,
        phone=number,
        phone_index=index,
        role=role,
        invited_by_id=actor.person,
        created_at=moment,
        sent_at=moment,
        expires_at=moment + VALID_FOR,
    )
    audit.record(actor, "member.invite", invitation.id, organisation=organisation_id, role=role)
    return invitation


def _send(actor: Actor, invitation: MemberInvitation) -> None:
    name = organisation_name(invitation.organisation_kind, invitation.organisation_id)
    until = clock.local(invitation.expires_at)
    accounts.tell_phone(
        invitation.phone,
        template="member_invitation",
        text=f"【就业在线】{name}邀请您加入，角色为{Role(invitation.role).label}。请在 {until.month}月{until.day}日 {until:%H:%M} 前"
        f"打开链接确认：{settings.SITE_URL}/join/invitations/{token_of(invitation.id)} 不认识对方请忽略，不要转发。",
    )
    events.publish(actor, MemberInvited(invitation.id))


def _own(organisation_id: UUID, invitation_id: UUID) -> MemberInvitation:
    invitation = (
        MemberInvitation.objects.select_for_update().filter(pk=invitation_id, organisation_id=organisation_id).first()
    )
    if invitation is None:
        raise NotFound
    return invitation


def _close(invitation: MemberInvitation, state: InvitationState, by: UUID | None = None) -> None:
    invitation.state, invitation.accepted_by_id, invitation.closed_at = state, by, clock.now()
    invitation.save(update_fields=["state", "accepted_by", "closed_at"])


def _refuse_over(invitation: MemberInvitation) -> None:
    """Raises `Refused` for an invitation that can no longer be accepted."""
    if invitation.state == InvitationState.ACCEPTED:
        raise Refused("这份邀请已经用过了。", code="used")
    if invitation.state == InvitationState.CANCELLED:
        raise Refused("对方已取消这份邀请。如仍需加入，请联系机构管理员重新邀请。", code="cancelled")
    if invitation.state == InvitationState.EXPIRED or invitation.expires_at <= clock.now():
        raise Refused("这份邀请已过 7 天有效期。请联系机构管理员重发邀请。", code="expired")


def _joined(invitation: MemberInvitation) -> Joined:
    return Joined(
        invitation.organisation_id,
        invitation.organisation_kind,
        organisation_name(invitation.organisation_kind, invitation.organisation_id),
        Role(invitation.role).label,
    )
