"""Sanctions on people: the account is suspended until the last of them ends."""

from datetime import date, timedelta

import pytest

from jiuye.domains.accounts.models import User
from jiuye.domains.sanctions import actions, queries
from jiuye.domains.sanctions.actions import Proposal
from jiuye.domains.sanctions.models import Sanction
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Actor:
    return organisations.operator("auditor")


def put(actor: Actor, person: User, level: str, ends_on: date | None = None) -> Sanction:
    proposal = Proposal(
        level=level,
        reason="冒用他人身份发布评价，已核实三次。",
        bases=("false_identity",),
        evidence="评价记录。",
        step_reason="影响恶劣。",
        ends_on=ends_on,
    )
    return Sanction.objects.get(pk=actions.impose(actor, kind="person", subject_id=person.pk, proposal=proposal))


def test_a_suspension_holds_until_its_last_day_and_says_why(auditor: Actor) -> None:
    person = accounts.person()
    last = clock.today() + timedelta(days=90)
    put(auditor, person, "suspend", last)
    person.refresh_from_db()
    assert person.suspended_at is not None
    assert (person.suspended_until, person.suspension_link) == (last, "/me/sanctions")
    assert "冒用" in person.suspension_notice


def test_a_warning_suspends_nobody(auditor: Actor) -> None:
    person = accounts.person()
    put(auditor, person, "warn", clock.today() + timedelta(days=90))
    person.refresh_from_db()
    assert person.suspended_at is None


def test_lifting_one_of_two_leaves_the_longer(auditor: Actor) -> None:
    person = accounts.person()
    near, far = clock.today() + timedelta(days=10), clock.today() + timedelta(days=90)
    long = put(auditor, person, "suspend", far)
    short = put(auditor, person, "suspend", near)
    person.refresh_from_db()
    assert person.suspended_until == far
    actions.lift(auditor, sanction_id=long.pk, reason="已改正。")
    person.refresh_from_db()
    assert person.suspended_until == near
    actions.lift(auditor, sanction_id=short.pk, reason="已改正。")
    person.refresh_from_db()
    assert person.suspended_at is None


def test_a_banned_person_is_listed_and_a_lifted_ban_forgets(auditor: Actor) -> None:
    person = accounts.person()
    ban = put(auditor, person, "ban")
    assert queries.ban_on(person_id=person.pk) is None
    other = organisations.operator("auditor")
    actions.confirm(other, sanction_id=ban.pk)
    assert queries.ban_on(person_id=person.pk) is not None
    actions.lift(other, sanction_id=ban.pk, reason="已改正。")
    assert queries.ban_on(person_id=person.pk) is None
    person.refresh_from_db()
    assert person.suspended_at is None


def test_a_ban_outlives_the_account_and_ends_all_the_same(auditor: Actor) -> None:
    person = accounts.person(phone="13800770077")
    ban = put(auditor, person, "ban")
    actions.confirm(organisations.operator("auditor"), sanction_id=ban.pk)
    User.objects.filter(pk=person.pk).update(erased_at=clock.now(), phone_index=None, phone="")
    again = accounts.person(phone="13800770077")
    assert queries.ban_on(person_id=again.pk) is not None
    actions.lift(auditor, sanction_id=ban.pk, reason="已改正。")
    assert queries.ban_on(person_id=again.pk) is None


def test_an_operator_is_not_sanctioned_as_a_person(auditor: Actor) -> None:
    colleague = User.objects.get(pk=organisations.operator("support").person)
    with pytest.raises(Refused):
        put(auditor, colleague, "suspend")
    assert not Sanction.objects.exists()
