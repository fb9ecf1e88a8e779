"""Request the erasure of one's account, and cancel the request."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts import actions as accounts
from jiuye.domains.accounts import duties
from jiuye.domains.accounts.models import User
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.erasure.models import ErasureRequest
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ConfirmationRequired, Invalid, NotFound

TIME_TO_THINK = timedelta(days=7)
SHORTEST_REASON = 4


def request_erasure(actor: Actor) -> UUID:
    """Request the erasure, carried out after `TIME_TO_THINK`. Return the request's id. Idempotent.

    Raises `ConfirmationRequired` without recent re-authentication, `Refused` (code only_owner) for the only owner of
    an organisation, `NotFound` for an erased account.
    """
    if not actor.is_confirmed:
        raise ConfirmationRequired
    return _request(actor, actor.person, whose="您")


def request_erasure_for(actor: Actor, *, person_id: UUID, reason: str) -> UUID:
    """Request the erasure of a person who asked an operator for it and cannot sign in. They are told by text message and
    can cancel it. Return the request's id. Idempotent.

    Raises `Denied` for anybody but a security administrator, `ConfirmationRequired`, `Invalid` (reason), and as
    `request_erasure`.
    """
    duties.require_security_admin(actor)
    if not actor.is_confirmed:
        raise ConfirmationRequired
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Invalid({"reason": "请写清楚来由和怎样核对了本人身份，会记入审计日志。"})
    with transaction.atomic():
        request_id = _request(actor, person_id, whose="该用户", reason=reason)
        phone = User.objects.values_list("phone", flat=True).get(pk=person_id)
        accounts.tell_phone(
            phone,
            template="erasure_requested",
            text="【就业在线】已按您的请求登记注销账号，7 天后生效。不是您本人要求的，请登录后在“我的”里撤销，或拨打 12333。",
        )
    return request_id


@transaction.atomic
def _request(actor: Actor, person_id: UUID, *, whose: str, **noted: str) -> UUID:
    if not User.objects.select_for_update().filter(pk=person_id, erased_at=None).exists():
        raise NotFound
    organisations.refuse_last_owner(person_id, doing="注销", whose=whose)
    moment = clock.now()
    row, is_new = ErasureRequest.objects.get_or_create(
        person_id=person_id,
        cancelled_at=None,
        done_at=None,
        defaults={"asked_at": moment, "due_at": moment + TIME_TO_THINK},
    )
    if is_new:
        resumes.pause_visibility(Actor(person_id=person_id, ip=actor.ip), is_paused=True)
        audit.record(actor, "account.ask_erasure", person_id, request=row.id, **noted)
    return row.id


@transaction.atomic
def cancel_erasure(actor: Actor) -> bool:
    """Cancel the request and keep the account. Return whether there was an open request. Idempotent."""
    row = (
        ErasureRequest.objects.select_for_update()
        .filter(person_id=actor.person, cancelled_at=None, done_at=None)
        .first()
    )
    if row is None:
        return False
    row.cancelled_at = clock.now()
    row.save(update_fields=["cancelled_at"])
    resumes.pause_visibility(actor, is_paused=False)
    audit.record(actor, "account.cancel_erasure", actor.person, request=row.id)
    return True
