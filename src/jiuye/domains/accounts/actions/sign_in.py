"""This browser's session: begin it, end it, choose the organisation to act for."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from jiuye.domains.accounts import sessions
from jiuye.domains.accounts.models import Membership, SignInRecord
from jiuye.domains.accounts.queries import factors
from jiuye.domains.accounts.states import SignInMethod
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

PROVING = frozenset({SignInMethod.SMS_CODE, SignInMethod.ESSC_QR})
"""Sign-in methods that prove the person has their phone in hand; a partner app may have been left open."""


def sign_in(
    request: HttpRequest,
    person_id: UUID,
    *,
    method: SignInMethod = SignInMethod.SMS_CODE,
    channel: str = "",
    is_new: bool = False,
) -> None:
    """Sign this browser in under a new session id, and add it to the person's sign-in history."""
    is_confirmed = method in PROVING and not factors.has_second_factor(person_id)
    with transaction.atomic():
        sessions.sign_in(request, person_id, method=method, channel=channel, is_confirmed=is_confirmed)
        about = sessions.store_of(request).about
        SignInRecord.objects.create(user_id=person_id, is_new_account=is_new, signed_in_at=clock.now(), **about)


def sign_out(actor: Actor, request: HttpRequest) -> None:
    """End this browser's session. Idempotent."""
    if actor.is_signed_in:
        audit.record(actor, "account.sign_out", actor.person_id)
    sessions.sign_out(request)


def work_for(actor: Actor, request: HttpRequest, *, organisation_id: UUID) -> str:
    """Act for this organisation in its portal from now on. Return its kind. Raises `NotFound` for non-members."""
    if actor.person_id is None:
        raise NotFound
    membership = Membership.objects.filter(
        user_id=actor.person_id, organisation_id=organisation_id, ended_at=None, user__erased_at=None
    ).first()
    if membership is None:
        raise NotFound
    sessions.choose_organisation(request, membership.organisation_kind, organisation_id)
    return membership.organisation_kind
