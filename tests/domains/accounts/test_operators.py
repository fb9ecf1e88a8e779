"""Operators' roles change only when a second administrator confirms it."""

from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from jiuye.domains.accounts import actions, queries
from jiuye.domains.accounts.events import RoleChangeDecided, RoleChangeRequested
from jiuye.domains.accounts.models import Membership, RoleChange, Session, User
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts

pytestmark = pytest.mark.django_db
PLATFORM = new_id()
WHY = "接替离职的同事"


def operator(role: str) -> Actor:
    return accounts.staff_actor(accounts.member(PLATFORM, "platform", role))


@pytest.fixture
def owner() -> Actor:
    return operator("owner")


@pytest.fixture
def admin() -> Actor:
    return operator("security_admin")


@pytest.fixture
def editor() -> User:
    return accounts.member(PLATFORM, "platform", "editor")


def ask(actor: Actor, person_id: UUID, role: str = "auditor") -> UUID:
    return actions.request_role_change(actor, person_id=person_id, role=role, reason=WHY)


def role_of(person_id: UUID) -> str:
    """The person's role at the platform; empty for none."""
    rows = Membership.objects.filter(user_id=person_id, organisation_id=PLATFORM, ended_at=None)
    return rows.values_list("role", flat=True).first() or ""


class TestAChange:
    def test_takes_effect_when_another_administrator_confirms_it(
        self, owner: Actor, admin: Actor, editor: User
    ) -> None:
        change = ask(owner, editor.pk)
        assert role_of(editor.pk) == "editor"
        actions.confirm_role_change(admin, change_id=change)
        assert role_of(editor.pk) == "auditor"

    def test_makes_somebody_an_operator(self, owner: Actor, admin: Actor) -> None:
        newcomer = accounts.seeker()
        actions.confirm_role_change(admin, change_id=ask(owner, newcomer.pk, "support"))
        assert role_of(newcomer.pk) == "support"

    def test_ends_a_role_and_its_sessions_at_once(self, owner: Actor, admin: Actor, editor: User) -> None:
        browser = accounts.browser(editor)
        assert browser.get("/ops/policies").status_code == 200
        change = ask(owner, editor.pk, "")
        assert browser.get("/ops/policies").status_code == 200
        actions.confirm_role_change(admin, change_id=change)
        assert not Session.objects.filter(person=editor).exists()
        assert browser.get("/ops/policies").headers["Location"].startswith("/login")
        assert accounts.browser(editor).get("/ops/policies").status_code == 403

    def test_has_effect_at_the_next_request(self, owner: Actor, admin: Actor, editor: User) -> None:
        browser = accounts.browser(editor)
        assert browser.get("/ops/postings").status_code == 403
        actions.confirm_role_change(admin, change_id=ask(owner, editor.pk, "auditor"))
        assert browser.get("/ops/postings").status_code == 200
        assert browser.get("/ops/policies/new").status_code == 403

    def test_is_audited_by_both(self, owner: Actor, admin: Actor, editor: User) -> None:
        actions.confirm_role_change(admin, change_id=ask(owner, editor.pk))
        entries = AuditEntry.objects.filter(subject_id=str(editor.pk)).order_by("id")
        assert [(one.action, one.actor_person_id) for one in entries] == [
            ("operator.role_request", owner.person_id),
            ("operator.role_confirmed", admin.person_id),
        ]
        assert entries[1].detail["after"] == "auditor"
        names = set(EventRecord.objects.values_list("name", flat=True))
        assert {RoleChangeRequested.name, RoleChangeDecided.name} <= names


class TestNobodyAlone:
    def test_confirms_their_own_request(self, owner: Actor, editor: User) -> None:
        change = ask(owner, editor.pk)
        with pytest.raises(Refused, match="另一位管理员"):
            actions.confirm_role_change(owner, change_id=change)
        assert role_of(editor.pk) == "editor"

    def test_confirms_a_change_of_their_own_role(self, owner: Actor, admin: Actor) -> None:
        change = ask(owner, admin.person, "owner")
        with pytest.raises(Refused, match="关于自己"):
            actions.confirm_role_change(admin, change_id=change)
        assert role_of(admin.person) == "security_admin"

    def test_the_database_refuses_it_too(self, owner: Actor, editor: User) -> None:
        change = ask(owner, editor.pk)
        with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
            RoleChange.objects.filter(pk=change).update(
                state="confirmed", decided_by=owner.person, decided_at=clock.now()
            )

    @pytest.mark.parametrize("role", ["auditor", "editor", "support", "audit_admin"])
    def test_without_being_an_administrator_asks_or_decides(self, owner: Actor, editor: User, role: str) -> None:
        other = operator(role)
        with pytest.raises(Denied):
            ask(other, editor.pk)
        change = ask(owner, editor.pk)
        for decide in (actions.confirm_role_change, actions.decline_role_change):
            with pytest.raises(Denied):
                decide(other, change_id=change)
        assert role_of(editor.pk) == "editor"

    def test_from_another_organisation(self, owner: Actor, editor: User) -> None:
        change = ask(owner, editor.pk)
        stranger = accounts.staff_actor(accounts.member(new_id(), "agency", "owner"))
        elsewhere = accounts.staff_actor(accounts.member(new_id(), "platform", "owner"))
        with pytest.raises(Denied):
            actions.confirm_role_change(stranger, change_id=change)
        with pytest.raises(NotFound):
            actions.confirm_role_change(elsewhere, change_id=change)

    def test_whose_own_role_has_ended_meanwhile(self, owner: Actor, admin: Actor, editor: User) -> None:
        change = ask(admin, editor.pk)
        Membership.objects.filter(user_id=admin.person).update(ended_at=clock.now())
        with pytest.raises(Refused, match="已不是管理员"):
            actions.confirm_role_change(owner, change_id=change)
        assert role_of(editor.pk) == "editor"


class TestTheLastOwner:
    def test_stays(self, owner: Actor, admin: Actor) -> None:
        for role in ("", "editor"):
            with pytest.raises(Refused, match="至少要有一位管理员"):
                ask(admin, owner.person, role)

    def test_stays_when_the_other_one_left_meanwhile(self, owner: Actor, admin: Actor) -> None:
        second = accounts.member(PLATFORM, "platform", "owner")
        change = ask(admin, owner.person, "editor")
        Membership.objects.filter(user=second).update(ended_at=clock.now())
        with pytest.raises(Refused, match="至少要有一位管理员"):
            actions.confirm_role_change(operator("security_admin"), change_id=change)
        assert role_of(owner.person) == "owner"


class TestARequest:
    def test_waits_for_seven_days(self, owner: Actor, admin: Actor, editor: User) -> None:
        change = ask(owner, editor.pk)
        with clock.frozen(clock.now() + timedelta(days=8)), pytest.raises(Refused, match="超过 7 天"):
            actions.confirm_role_change(admin, change_id=change)

    def test_is_withdrawn_by_who_made_it_and_refused_by_others(self, owner: Actor, admin: Actor, editor: User) -> None:
        for who, state in ((owner, "withdrawn"), (admin, "refused")):
            change = ask(owner, editor.pk)
            actions.decline_role_change(who, change_id=change)
            assert RoleChange.objects.get(pk=change).state == state
            with pytest.raises(Refused, match="当前状态"):
                actions.confirm_role_change(admin, change_id=change)
        assert role_of(editor.pk) == "editor"

    def test_is_one_at_a_time(self, owner: Actor, admin: Actor, editor: User) -> None:
        ask(owner, editor.pk)
        with pytest.raises(Refused, match="已经提出过"):
            ask(admin, editor.pk, "support")

    def test_is_void_when_the_role_has_changed_meanwhile(self, owner: Actor, admin: Actor, editor: User) -> None:
        change = ask(owner, editor.pk)
        Membership.objects.filter(user=editor).update(role="support")
        with pytest.raises(Refused, match="在此期间"):
            actions.confirm_role_change(admin, change_id=change)

    def test_changes_something(self, owner: Actor, editor: User) -> None:
        with pytest.raises(Refused, match="不需要变更"):
            ask(owner, editor.pk, "editor")
        with pytest.raises(NotFound):
            ask(owner, accounts.seeker().pk, "")
        with pytest.raises(Invalid):
            ask(owner, editor.pk, "recruiter")
        with pytest.raises(Invalid):
            actions.request_role_change(owner, person_id=editor.pk, role="support", reason="嗯")

    def test_is_not_about_suspended_accounts(self, owner: Actor, admin: Actor) -> None:
        person = accounts.seeker()
        change = ask(owner, person.pk, "support")
        actions.suspend_account(admin, person_id=person.pk, until=None, notice="暂停")
        with pytest.raises(Refused, match="暂停"):
            actions.confirm_role_change(admin, change_id=change)
        with pytest.raises(Refused, match="暂停"):
            ask(admin, person.pk, "support")


def test_who_the_operators_are_is_shown_to_those_who_look_after_it(owner: Actor, editor: User) -> None:
    accounts.browser(editor)
    found = {one.person_id: one for one in queries.operators(owner)}
    assert set(found) == {owner.person_id, editor.pk}
    assert found[editor.pk].role_label == "内容编辑"
    assert found[editor.pk].last_active_at
    with pytest.raises(Denied):
        queries.operators(accounts.staff_actor(editor))


class TestTheFirstOnes:
    def test_are_appointed_on_the_server(self) -> None:
        first, second = accounts.person("顾明远", "13800006001"), accounts.person("秦知远", "13800006002")
        with pytest.raises(CommandError, match="第一位"):
            call_command("appoint_operator", "13800006001", "editor")
        call_command("appoint_operator", "13800006001", "owner", stdout=StringIO())
        call_command("appoint_operator", "13800006002", "security_admin", stdout=StringIO())
        places = Membership.objects.filter(organisation_kind="platform").order_by("created_at")
        assert [(one.user_id, one.role) for one in places] == [(first.pk, "owner"), (second.pk, "security_admin")]
        assert len({one.organisation_id for one in places}) == 1
        assert AuditEntry.objects.filter(action="operator.appoint").count() == 2

    def test_only_until_there_are_two_administrators(self, owner: Actor, admin: Actor) -> None:
        accounts.person("新人", "13800006003")
        with pytest.raises(CommandError, match="已有两位管理员"):
            call_command("appoint_operator", "13800006003", "owner")

    def test_only_people_who_have_signed_in_once(self) -> None:
        with pytest.raises(CommandError, match="nobody"):
            call_command("appoint_operator", "13800006004", "owner")
        with pytest.raises(CommandError, match="手机号"):
            call_command("appoint_operator", "12", "owner")
        with pytest.raises(Denied):
            actions.appoint_operator(accounts.actor(accounts.seeker()), phone="13800006004", role="owner")
