"""Complete phones of members and invited people: for owners, one at a time, with a reason that is audited."""

from uuid import UUID

from jiuye.domains.accounts.models import Membership
from jiuye.domains.organisations import policies
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.domains.organisations.states import InvitationState, PhoneReason
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.rate_limits import Limit

PHONES = Limit(
    "member-phones",
    "查看成员和被邀请人的完整号码",
    "每个账号",
    30,
    3600,
    "每小时最多查看 {most} 次完整号码，请 {wait}后再试。",
)


def unmask_member(actor: Actor, *, person_id: UUID, reason: str) -> str:
    """Return a member's phone. Raises `NotFound`, `Denied`, `Invalid` (reason) and `RateLimited`."""
    organisation_id = _allowed(actor, reason)
    row = (
        Membership.objects.filter(
            organisation_id=organisation_id, user_id=person_id, ended_at=None, user__erased_at=None
        )
        .select_related("user")
        .first()
    )
    if row is None:
        raise NotFound
    audit.record(actor, "member.unmask", person_id, reason=reason)
    return row.user.phone


def unmask_invitation(actor: Actor, *, invitation_id: UUID, reason: str) -> str:
    """Return the phone of an invitation that waits. Raises as `unmask_member`."""
    organisation_id = _allowed(actor, reason)
    row = MemberInvitation.objects.filter(
        pk=invitation_id, organisation_id=organisation_id, state=InvitationState.SENT
    ).first()
    if row is None:
        raise NotFound
    audit.record(actor, "invitation.unmask", invitation_id, reason=reason)
    return row.phone


def _allowed(actor: Actor, reason: str) -> UUID:
    organisation_id = policies.may_manage_members(actor)
    if reason not in PhoneReason.values:
        raise Invalid({"reason": "请选择查看的原因。"})
    PHONES.hit(actor.person)
    return organisation_id
