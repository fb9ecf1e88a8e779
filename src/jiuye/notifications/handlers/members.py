"""Notifications about who belongs to an organisation: to the people concerned, and to its owners."""

from uuid import UUID

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.accounts.states import Role
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.organisations.events import (
    MemberInvited,
    MemberJoined,
    MembershipChanged,
    MembershipRequestDecided,
    MembershipRequested,
)
from jiuye.domains.organisations.models import MemberInvitation, MembershipRequest
from jiuye.kernel.events import Delivered
from jiuye.notifications.actions import Side
from jiuye.notifications.handlers.delivery import tell
from jiuye.notifications.messages import MEMBERS, TO_OWNERS, Facts

_PORTALS = {"agency": "/agency", "employer": "/employer"}
_MINE = "/join/existing"


def tell_of_invitation(event: MemberInvited, delivered: Delivered) -> None:
    """Notify the invited person in their own centre, if the phone has an account. The text message is sent to every phone."""
    row = MemberInvitation.objects.filter(pk=event.invitation_id, state="sent").first()
    person = User.objects.filter(phone_index=row.phone_index, erased_at=None).first() if row else None
    if row is None or person is None:
        return
    link = f"/join/invitations/{organisations.token_of(row.id)}"
    facts = Facts(agency=_name(row.organisation_kind, row.organisation_id), found=_role(row.role), link=link)
    _tell("invited", facts, delivered, [person.pk], about=f"invited|{row.organisation_id}")


def tell_of_request(event: MembershipRequested, delivered: Delivered) -> None:
    """Notify the owners that somebody asks for membership."""
    facts = Facts(
        agency=_name(event.organisation_kind, event.organisation_id),
        link=f"{_PORTALS[event.organisation_kind]}/members",
    )
    side = Side(event.organisation_kind, event.organisation_id)
    _tell_owners("requested", facts, delivered, _owners(event.organisation_id), side)


def tell_of_decided_request(event: MembershipRequestDecided, delivered: Delivered) -> None:
    """Notify the person who asked of the answer."""
    row = MembershipRequest.objects.filter(pk=event.request_id).first()
    if row is None:
        return
    is_accepted = row.state == "accepted"
    facts = Facts(
        agency=_name(row.organisation_kind, row.organisation_id) if is_accepted else "这家机构",
        found=_role(row.role) if is_accepted else "",
        reason=row.reason,
        link=_PORTALS[row.organisation_kind] if is_accepted else _MINE,
    )
    _tell("accepted" if is_accepted else "refused", facts, delivered, [row.person_id])


def tell_of_new_member(event: MemberJoined, delivered: Delivered) -> None:
    """Notify the owners that somebody has accepted their invitation."""
    facts = Facts(
        agency=_name(event.organisation_kind, event.organisation_id),
        title="新成员",
        found=_role(event.role),
        link=f"{_PORTALS[event.organisation_kind]}/members",
    )
    owners = [one for one in _owners(event.organisation_id) if one != event.person_id]
    _tell_owners("joined", facts, delivered, owners, Side(event.organisation_kind, event.organisation_id))


def tell_of_membership(event: MembershipChanged, delivered: Delivered) -> None:
    """Notify a person whose role was changed or whose membership was ended by somebody else."""
    if delivered.actor.person_id == event.person_id:
        return
    facts = Facts(
        agency=_name(event.organisation_kind, event.organisation_id),
        found=_role(event.role) if event.role else "",
        link=_PORTALS[event.organisation_kind],
    )
    kind = "role_changed" if event.role else "ended"
    _tell(kind, facts, delivered, [event.person_id], about=f"membership|{event.organisation_id}")


def _tell(kind: str, facts: Facts, delivered: Delivered, user_ids: list[UUID], about: str = "") -> None:
    """Notify people in their own centres."""
    to = {"user_ids": user_ids, "by_sms": user_ids}
    tell(MEMBERS[kind], f"member.{kind}", facts, delivered, **to, side=Side(), about=about)


def _tell_owners(kind: str, facts: Facts, delivered: Delivered, owners: list[UUID], side: Side) -> None:
    """Notify owners in their portal."""
    tell(TO_OWNERS[kind], f"team.{kind}", facts, delivered, user_ids=owners, by_sms=owners, side=side)


def _owners(organisation_id: UUID) -> list[UUID]:
    rows = Membership.objects.filter(
        organisation_id=organisation_id, role=Role.OWNER, ended_at=None, user__erased_at=None
    )
    return list(rows.order_by("created_at", "id").values_list("user_id", flat=True))


def _name(kind: str, organisation_id: UUID) -> str:
    return organisations.organisation_name(kind, organisation_id)


def _role(role: str) -> str:
    return str(Role(role).label)
