"""Requests of people to become members of an organisation that is registered already."""

from uuid import UUID

from django.db import IntegrityError, transaction

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.organisations import policies
from jiuye.domains.organisations.actions.members import checked_role, join
from jiuye.domains.organisations.events import MembershipRequestDecided, MembershipRequested
from jiuye.domains.organisations.models import MembershipRequest
from jiuye.domains.organisations.queries.known_organisations import known_organisations
from jiuye.domains.organisations.states import MEMBERSHIP_REQUEST, MembershipRequestState
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit

MEMBERSHIP_NOTE_LIMIT = 200
MEMBERSHIP_REASON_LIMIT = 200
OPEN_AT_MOST = 5
"""Per person."""

ASKED = Limit(
    "membership-requests",
    "申请加入同一家机构",
    "每个人、每家机构",
    3,
    30 * 86_400,
    "您已多次申请加入这家机构，请直接联系机构管理员，或 {wait}后再申请。",
)
"""After three answers they talk to each other."""


def request_membership(actor: Actor, *, credit_code: str, note: str, kind: str = "", name: str = "") -> UUID:
    """Ask the owners of the organisation with this credit code for membership. Return the request's id.

    `kind` chooses between an agency and an employer with one code. `name` is stored for people whose account has none.
    Raises `Invalid` (credit_code, note, name), `NotFound` for a code that nobody registered, `RateLimited`, and `Refused`
    with the code `member`, `already_asked` or `too_many`.
    """
    organisation = next((one for one in known_organisations(credit_code) if kind in ("", one.kind)), None)
    if organisation is None:
        raise NotFound("这个信用代码还没有在平台注册，可以直接注册开通。")
    note = note.strip()
    if len(note) > MEMBERSHIP_NOTE_LIMIT:
        raise Invalid({"note": f"说明最多 {MEMBERSHIP_NOTE_LIMIT} 个字。"})
    ASKED.hit(f"{actor.person}:{organisation.id}")
    try:
        with transaction.atomic():
            return _create(actor, organisation.id, organisation.kind, note, name)
    except IntegrityError as error:  # asked concurrently
        raise _ALREADY from error


@transaction.atomic
def withdraw_membership_request(actor: Actor, *, request_id: UUID) -> None:
    """Withdraw one's own request. Raises `NotFound`, `Refused` (code state_not_allowed)."""
    request = MembershipRequest.objects.select_for_update().filter(pk=request_id, person_id=actor.person).first()
    if request is None:
        raise NotFound
    MEMBERSHIP_REQUEST.find("withdraw", request.state, "person")
    _close(request, MembershipRequestState.WITHDRAWN)
    audit.record(actor, "membership_request.withdraw", request.id)


@transaction.atomic
def accept_membership_request(actor: Actor, *, request_id: UUID, role: str) -> None:
    """Make the person a member.

    Raises `Denied`, `NotFound`, `Invalid` (role), `ConfirmationRequired` for a new owner without recent
    re-authentication, `Refused` (code state_not_allowed).
    """
    request = _own(policies.may_manage_members(actor), request_id)
    role = checked_role(role)
    policies.refuse_unconfirmed_owner(actor, role)
    MEMBERSHIP_REQUEST.find("accept", request.state, "organisation")
    join(
        actor,
        organisation_id=request.organisation_id,
        kind=request.organisation_kind,
        person_id=request.person_id,
        role=role,
    )
    _close(request, MembershipRequestState.ACCEPTED, by=actor.person, role=role)
    audit.record(actor, "membership_request.accept", request.id, person=request.person_id, role=role)
    events.publish(actor, MembershipRequestDecided(request.id))


@transaction.atomic
def refuse_membership_request(actor: Actor, *, request_id: UUID, reason: str) -> None:
    """Refuse with a reason that the person sees. Raises `Denied`, `NotFound`, `Invalid` (reason), `Refused`."""
    request = _own(policies.may_manage_members(actor), request_id)
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": "请写明原因，申请人会看到，例如“不是本机构员工”。"})
    if len(reason) > MEMBERSHIP_REASON_LIMIT:
        raise Invalid({"reason": f"原因最多 {MEMBERSHIP_REASON_LIMIT} 个字。"})
    MEMBERSHIP_REQUEST.find("refuse", request.state, "organisation")
    _close(request, MembershipRequestState.REFUSED, by=actor.person, reason=reason)
    audit.record(actor, "membership_request.refuse", request.id, person=request.person_id)
    events.publish(actor, MembershipRequestDecided(request.id))


def settle_request(actor: Actor, *, organisation_id: UUID, person_id: UUID, role: str) -> None:
    """Close the open request of a person who became a member by an invitation, in the open transaction."""
    for request in MembershipRequest.objects.select_for_update().filter(
        organisation_id=organisation_id, person_id=person_id, state=MembershipRequestState.REQUESTED
    ):
        _close(request, MembershipRequestState.ACCEPTED, role=role)


_ALREADY = Refused("您已经申请过，正在等待管理员处理。可以在本页查看进展。", code="already_asked")


def _create(actor: Actor, organisation_id: UUID, kind: str, note: str, name: str) -> UUID:
    if not User.objects.select_for_update().filter(pk=actor.person, erased_at=None).exists():
        raise NotFound
    if Membership.objects.filter(user_id=actor.person, organisation_id=organisation_id, ended_at=None).exists():
        raise Refused("您已经是这家机构的成员，可以直接进入工作台。", code="member")
    open_ones = MembershipRequest.objects.filter(person_id=actor.person, state=MembershipRequestState.REQUESTED)
    if open_ones.filter(organisation_id=organisation_id).exists():
        raise _ALREADY
    if open_ones.count() >= OPEN_AT_MOST:
        raise Refused(f"同时最多等待 {OPEN_AT_MOST} 家机构的答复，请先撤回不需要的申请。", code="too_many")
    accounts.give_name(actor, name=name)
    request = MembershipRequest.objects.create(
        organisation_id=organisation_id,
        organisation_kind=kind,
        person_id=actor.person,
        note=note,
        requested_at=clock.now(),
    )
    audit.record(actor, "membership_request.create", request.id, organisation=organisation_id)
    events.publish(actor, MembershipRequested(request.id, organisation_id, kind, actor.person))
    return request.id


def _own(organisation_id: UUID, request_id: UUID) -> MembershipRequest:
    request = (
        MembershipRequest.objects.select_for_update().filter(pk=request_id, organisation_id=organisation_id).first()
    )
    if request is None:
        raise NotFound
    return request


def _close(
    request: MembershipRequest,
    state: MembershipRequestState,
    *,
    by: UUID | None = None,
    role: str = "",
    reason: str = "",
) -> None:
    request.state, request.decided_by_id, request.closed_at = state, by, clock.now()
    request.role, request.reason = role, reason
    request.save(update_fields=["state", "decided_by", "closed_at", "role", "reason"])
