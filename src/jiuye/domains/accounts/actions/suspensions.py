"""Suspend a person's account, and restore it: what a sanction (处置) on a person does to the account.

A suspended person can still sign in, but reaches only the notice, the appeal and the privacy centre (个人信息保护法 arts. 44–47
hold for everybody). Sessions read the suspension with each request, so it takes effect with the next one.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts import duties
from jiuye.domains.accounts.models import Membership, Session, User
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.kernel import audit, clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@transaction.atomic
def suspend_account(
    actor: Actor, *, person_id: UUID, until: date | None, notice: str, link: str = "", reason: str = ""
) -> None:
    """Suspend an account to the end of the day `until` (Beijing), or until it is restored. Again: the new terms hold.

    `notice` is shown to the person; `link` is the path of the page with the decision and the appeal, on a route that is
    `open_when_suspended`; `reason` is for the audit log. Sessions of staff end at once. Raises `Denied`, `NotFound`, and
    `Refused` for oneself and for operators, whose role must be ended first.
    """
    _require_operator(actor)
    person = _locked(person_id)
    if person_id == actor.person_id:
        raise Refused("不能暂停自己的账号。", code="own_account")
    memberships = Membership.objects.filter(user=person, ended_at=None)
    if memberships.filter(organisation_kind=OrganisationKind.PLATFORM).exists():
        raise Refused("这是平台运营人员的账号。请先由两位管理员结束其运营身份，再作处置。", code="operator")
    person.suspended_at = person.suspended_at or clock.now()
    person.suspended_until, person.suspension_notice, person.suspension_link = until, notice, link
    _save(person)
    ended = Session.objects.filter(person=person).delete()[0] if memberships.exists() else 0
    audit.record(
        actor, "account.suspend", person_id, until=until.isoformat() if until else "", sessions=ended, reason=reason
    )


@transaction.atomic
def restore_account(actor: Actor, *, person_id: UUID, reason: str = "") -> None:
    """End a suspension. Idempotent. Raises `Denied` and `NotFound`."""
    _require_operator(actor)
    person = _locked(person_id)
    if person.suspended_at is None:
        return
    person.suspended_at, person.suspended_until = None, None
    person.suspension_notice = person.suspension_link = ""
    _save(person)
    audit.record(actor, "account.restore", person_id, reason=reason)


def _require_operator(actor: Actor) -> None:
    if not actor.is_system:
        duties.require_operator(actor)


def _locked(person_id: UUID) -> User:
    person = User.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
    if person is None:
        raise NotFound
    return person


def _save(person: User) -> None:
    person.save(update_fields=["suspended_at", "suspended_until", "suspension_notice", "suspension_link"])
