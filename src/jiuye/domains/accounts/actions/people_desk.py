"""Operators' help with other people's accounts. Every step is audited, including every look-up."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts import duties
from jiuye.domains.accounts.models import Session, User
from jiuye.domains.accounts.phones import parse_mobile, phone_index
from jiuye.kernel import audit
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound

_SHORTEST_REASON, _LONGEST_REASON = 4, 200


def look_up_person(actor: Actor, *, phone: str) -> UUID | None:
    """Return the account with exactly this number, or None. The number itself is stored nowhere.

    Raises `Denied`, `Invalid` (phone) and `RateLimited`.
    """
    duties.require_people_desk(actor)
    number = parse_mobile(phone)
    duties.LOOKED_UP.hit(actor.person)
    person_id = (
        User.objects.filter(phone_index=phone_index(number), erased_at=None).values_list("id", flat=True).first()
    )
    audit.record(actor, "account.look_up", person_id, found=person_id is not None)
    return person_id


def unmask_phone(actor: Actor, *, person_id: UUID, reason: str) -> str:
    """Return the person's number in 11 digits. Raises `Denied`, `NotFound`, `Invalid` (reason) and `RateLimited`."""
    duties.require_people_desk(actor)
    reason = _checked(reason)
    duties.UNMASKED.hit(actor.person)
    person = _living(person_id)
    audit.record(actor, "account.unmask", person_id, field="phone", reason=reason)
    return person.phone


def end_sessions_of(actor: Actor, *, person_id: UUID, reason: str) -> int:
    """Sign a person out everywhere. Return the number of browsers. Raises `Denied`, `NotFound` and `Invalid` (reason)."""
    duties.require_security_admin(actor)
    reason = _checked(reason)
    with transaction.atomic():
        _living(person_id)
        ended, _ = Session.objects.filter(person_id=person_id).delete()
        audit.record(actor, "session.end", person_id, sessions=ended, reason=reason)
    return ended


def _living(person_id: UUID) -> User:
    person = User.objects.filter(pk=person_id, erased_at=None).first()
    if person is None:
        raise NotFound
    return person


def _checked(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < _SHORTEST_REASON:
        raise Invalid({"reason": "请写清楚原因，例如“来电求助，核对登录记录”。会记入审计日志。"})
    if len(reason) > _LONGEST_REASON:
        raise Invalid({"reason": f"原因太长了，最多 {_LONGEST_REASON} 个字。"})
    return reason
