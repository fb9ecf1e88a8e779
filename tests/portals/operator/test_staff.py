"""The page of the platform's operators, and the changes of their roles."""

import html

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import Membership, RoleChange, User
from jiuye.kernel.ids import new_id
from tests.factories import accounts

pytestmark = pytest.mark.django_db
PLATFORM = new_id()
HERE = "/ops/staff"
WHY = "接替离职的同事"


def operator(role: str, name: str = "何经办") -> User:
    return accounts.member(PLATFORM, "platform", role, accounts.person(name))


@pytest.fixture
def owner() -> Client:
    return accounts.browser(operator("owner", "陆管理"), confirmed=True)


@pytest.fixture
def admin() -> Client:
    return accounts.browser(operator("security_admin", "秦安全"), confirmed=True)


@pytest.fixture
def editor() -> User:
    return operator("editor", "温编辑")


def page(client: Client, path: str = HERE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_from_asking_to_the_second_administrators_confirmation(owner: Client, admin: Client, editor: User) -> None:
    asked = owner.post(f"{HERE}/{editor.pk}", {"role": "auditor", "reason": WHY}, follow=True)
    assert "另一位管理员确认后才生效" in asked.content.decode()
    change = RoleChange.objects.get()
    mine, theirs = page(owner), page(admin)
    assert reverse("ops_staff_confirm", args=[change.pk]) not in mine
    assert "等另一位管理员确认" in mine
    assert reverse("ops_staff_confirm", args=[change.pk]) in theirs
    assert WHY in theirs
    confirmed = admin.post(reverse("ops_staff_confirm", args=[change.pk]), follow=True)
    assert "变更立即生效" in confirmed.content.decode()
    assert Membership.objects.get(user=editor).role == "auditor"
    assert "秦安全" in page(owner, f"{HERE}/history")


def test_a_person_joins_by_phone(owner: Client) -> None:
    newcomer = accounts.person("新同事", phone="13800007777")
    owner.post(f"{HERE}/new", {"phone": "138 0000 7777", "role": "support", "reason": WHY})
    assert RoleChange.objects.get().person == newcomer


def test_without_an_account_the_form_says_what_to_do(owner: Client) -> None:
    answer = owner.post(f"{HERE}/new", {"phone": "13800007778", "role": "support", "reason": WHY})
    assert answer.status_code == 422
    assert "先用这个手机号登录一次" in answer.content.decode()
    assert WHY in answer.content.decode()


def test_a_refusal_keeps_the_input(owner: Client, admin: Client) -> None:
    last = Membership.objects.get(role="owner").user
    answer = admin.post(f"{HERE}/{last.pk}", {"role": "none", "reason": WHY})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "至少要有一位管理员" in shown
    assert WHY in shown


def test_one_who_asks_can_withdraw(owner: Client, editor: User) -> None:
    owner.post(f"{HERE}/{editor.pk}", {"role": "none", "reason": WHY})
    owner.post(reverse("ops_staff_decline", args=[RoleChange.objects.get().pk]))
    assert RoleChange.objects.get().state == "withdrawn"
    assert "温编辑" in page(owner)


def test_confirming_needs_a_fresh_proof_of_who_one_is(owner: Client, editor: User) -> None:
    owner.post(f"{HERE}/{editor.pk}", {"role": "auditor", "reason": WHY})
    tired = accounts.browser(operator("security_admin"))
    answer = tired.post(reverse("ops_staff_confirm", args=[RoleChange.objects.get().pk]))
    assert answer.headers["Location"].startswith("/login/confirm")
    assert RoleChange.objects.get().state == "pending"


@pytest.mark.parametrize(
    ("role", "status"), [("audit_admin", 200), ("auditor", 403), ("editor", 403), ("support", 403)]
)
def test_others_do_not_see_it_except_those_who_audit(role: str, status: int) -> None:
    browser = accounts.browser(operator(role))
    assert browser.get(HERE).status_code == status
    assert browser.get(f"{HERE}/new").status_code == 403


def test_the_page_costs_the_same_for_many(
    owner: Client, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        operator("auditor")
    owner.post(f"{HERE}/{editor.pk}", {"role": "auditor", "reason": WHY})
    with django_assert_max_num_queries(8):
        page(owner)
