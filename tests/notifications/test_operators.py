"""Changes of operators' roles: who may confirm is told, then the person, and who asked when it was refused."""

from uuid import UUID

import pytest

from jiuye.domains.accounts import actions
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories import accounts
from tests.notifications.test_delivery import deliver, texted, told

pytestmark = pytest.mark.django_db
PLATFORM = new_id()


def operator(role: str) -> Actor:
    return accounts.staff_actor(accounts.member(PLATFORM, "platform", role))


@pytest.fixture
def owner() -> Actor:
    return operator("owner")


@pytest.fixture
def admin() -> Actor:
    return operator("security_admin")


@pytest.fixture
def editor() -> Actor:
    return operator("editor")


def asked(owner: Actor, person: Actor, role: str) -> UUID:
    return actions.request_role_change(owner, person_id=person.person, role=role, reason="接替离职的同事")


def test_a_request_is_told_to_those_who_may_confirm_it(owner: Actor, admin: Actor, editor: Actor) -> None:
    asked(owner, editor, "auditor")
    deliver()
    assert told(admin) == texted(admin) == ["operator.role_requested"]
    assert told(owner) == told(editor) == []


def test_one_about_an_administrator_is_not_theirs_to_confirm(owner: Actor, admin: Actor) -> None:
    asked(owner, admin, "auditor")
    deliver()
    assert told(admin) == []


@pytest.mark.parametrize(("role", "kind"), [("auditor", "operator.role_changed"), ("", "operator.role_ended")])
def test_what_takes_effect_is_told_to_the_person(
    owner: Actor, admin: Actor, editor: Actor, role: str, kind: str
) -> None:
    actions.confirm_role_change(admin, change_id=asked(owner, editor, role))
    deliver()
    assert told(editor) == [kind]
    assert told(owner) == []


def test_a_refusal_is_told_to_who_asked(owner: Actor, admin: Actor, editor: Actor) -> None:
    actions.decline_role_change(admin, change_id=asked(owner, editor, "auditor"))
    deliver()
    assert told(owner) == ["operator.role_declined"]
    assert told(editor) == []
