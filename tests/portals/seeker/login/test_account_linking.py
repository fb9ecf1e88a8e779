"""Linking a card to the signed-in account, over real HTTP with the sandbox's card service and its phones."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import CardIdentity, QrSignIn, RealName, User
from jiuye.sandbox import people
from tests.factories import accounts
from tests.factories.sandbox import Sandbox
from tests.portals.seeker.login.browser import html, post

pytestmark = pytest.mark.django_db
PAGE = "/me/real-name/card"
CARD = "19900001001"


@pytest.fixture
def user(world: Sandbox) -> User:
    """A person who signed in by SMS, with another phone number than the card's."""
    return accounts.person("小夏", phone="13900008801")


@pytest.fixture
def browser(user: User) -> Client:
    return accounts.browser(user, checks_csrf=True, confirmed=True)


def show(browser: Client) -> QrSignIn:
    """Press “显示二维码”; return the request."""
    answer = post(browser, PAGE, PAGE)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    return QrSignIn.objects.latest("created_at")


def refresh(browser: Client, shown: QrSignIn) -> Any:
    """Press “刷新状态”."""
    return post(browser, f"{PAGE}/{shown.pk}", PAGE)


def approve(world: Sandbox, shown: QrSignIn, phone: str = CARD) -> None:
    assert world.scan(phone, shown.uri, choice=shown.match)["state"] == "approved"


def test_who_approves_on_the_phone_has_a_proven_name(browser: Client, user: User, world: Sandbox) -> None:
    shown = show(browser)
    approve(world, shown)

    answer = refresh(browser, shown)

    assert (answer.status_code, answer["Location"]) == (303, "/me/real-name")
    assert "已关联电子社保卡" in html(browser.get("/me/real-name"))
    card = people.by_phone(CARD)
    assert card is not None
    assert RealName.objects.get(pk=user.pk).id_number == card.id_number
    user.refresh_from_db()
    assert (user.name, user.phone) == (card.name, "13900008801")


def test_the_page_shows_a_code_and_the_digits(browser: Client) -> None:
    assert "显示二维码" in html(browser.get(PAGE))
    shown = show(browser)

    page = html(browser.get(PAGE))

    assert "<svg" in page
    assert f'<span aria-hidden="true">{shown.match}</span>' in page
    assert f'action="{PAGE}/{shown.pk}"' in page


def test_by_script_the_page_hears_of_the_end_and_is_led_on(browser: Client, world: Sandbox) -> None:
    shown = show(browser)
    headers = {"HX-Request": "true", "X-CSRFToken": browser.cookies["csrftoken"].value}
    assert browser.post(f"{PAGE}/{shown.pk}", {"state": "waiting"}, headers=headers).status_code == 204
    approve(world, shown)

    answer = browser.post(f"{PAGE}/{shown.pk}", {"state": "waiting"}, headers=headers)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/me/real-name")


def test_a_card_of_another_account_is_explained_and_not_linked(browser: Client, user: User, world: Sandbox) -> None:
    other = accounts.person("林知夏", phone="13900008802")
    by_card = accounts.browser(other, checks_csrf=True, confirmed=True)
    first = show(by_card)
    approve(world, first)
    refresh(by_card, first)
    shown = show(browser)
    approve(world, shown)

    refresh(browser, shown)

    page = html(browser.get(PAGE))
    assert "这次没有成功" in page
    assert "另一个账号" in page
    assert not CardIdentity.objects.filter(pk=user.pk).exists()


def test_another_browser_cannot_end_it(browser: Client, world: Sandbox) -> None:
    shown = show(browser)
    approve(world, shown)
    stranger = accounts.browser(accounts.person(), checks_csrf=True, confirmed=True)
    show(stranger)

    assert refresh(stranger, shown).status_code == 404
    assert not RealName.objects.exists()


def test_it_wants_a_fresh_confirmation(user: User) -> None:
    stale = accounts.browser(user, checks_csrf=True)

    answer = stale.get(PAGE)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/confirm")


def test_visitors_are_asked_to_sign_in(visitor: Client) -> None:
    answer = visitor.get(PAGE)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/login?")


def test_a_foreign_page_cannot_post(browser: Client) -> None:
    browser.get(PAGE)

    assert browser.post(PAGE, headers={"Origin": "https://evil.example"}).status_code == 403


def test_the_real_name_page_leads_there(browser: Client) -> None:
    assert f'href="{PAGE}"' in html(browser.get("/me/real-name"))


def test_showing_the_code_asks_the_database_once(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    show(browser)
    browser.get(PAGE)

    with django_assert_num_queries(1):
        browser.get(PAGE)
