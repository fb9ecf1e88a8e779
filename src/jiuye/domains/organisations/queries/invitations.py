"""An invitation of a member as its link shows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing

from jiuye.domains.accounts.models import User
from jiuye.domains.accounts.states import OrganisationKind, Role
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.domains.organisations.queries.members import organisation_name
from jiuye.domains.organisations.states import InvitationState
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.identifiers import hide_given_name, mask_phone

INVITATION_GONE = "这个邀请链接不完整或已失效。请从短信里完整打开，或请机构管理员重新邀请。"
_LINKS = signing.Signer(salt="jiuye.member_invitation", sep=".")


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What anybody who has the link may see. `is_mine`: the signed-in person's phone is the invited one.

    `state` is also `expired` for an invitation whose time is over. `has_name`: the signed-in person's account has a name.
    """

    organisation_name: str
    organisation_kind: str
    kind_label: str
    role_label: str
    invited_by: str
    phone: str
    state: str
    expires_at: datetime
    is_mine: bool
    accepted_by_me: bool
    has_name: bool


def token_of(invitation_id: UUID) -> str:
    """Return the token of an invitation's link. The link alone is not enough: only the invited phone can accept."""
    return _LINKS.sign(invitation_id.hex)


def id_of(token: str) -> UUID:
    """Return the invitation of a token. Raises `NotFound` for a token that we did not sign."""
    try:
        return UUID(_LINKS.unsign(token))
    except (signing.BadSignature, ValueError) as problem:
        raise NotFound(INVITATION_GONE) from problem


def invitation(actor: Actor, *, token: str) -> InvitationView:
    """Return the invitation of a link. Raises `NotFound`. Three queries."""
    row = MemberInvitation.objects.select_related("invited_by").filter(pk=id_of(token)).first()
    if row is None:
        raise NotFound(INVITATION_GONE)
    person = User.objects.filter(pk=actor.person_id, erased_at=None).first() if actor.person_id else None
    is_over = row.state == InvitationState.SENT and row.expires_at <= clock.now()
    return InvitationView(
        organisation_name=organisation_name(row.organisation_kind, row.organisation_id),
        organisation_kind=row.organisation_kind,
        kind_label=str(OrganisationKind(row.organisation_kind).label),
        role_label=str(Role(row.role).label),
        invited_by=hide_given_name(row.invited_by.name),
        phone=mask_phone(row.phone),
        state=InvitationState.EXPIRED if is_over else row.state,
        expires_at=row.expires_at,
        is_mine=person is not None and person.phone_index == row.phone_index,
        accepted_by_me=person is not None and row.accepted_by_id == person.pk,
        has_name=person is not None and bool(person.name),
    )
