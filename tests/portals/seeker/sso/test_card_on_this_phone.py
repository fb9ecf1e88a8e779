"""The card on the phone that shows the site: signing in with it, and linking it to one's account, over real HTTP."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from jiuye.domains.accounts.models import CardIdentity, RealName, Session, User
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry
from tests.factories import accounts
from tests.factories.sandbox import Sandbox
from tests.portals.seeker.login.browser import html, post
from tests.portals.seeker.sso.arriving import NEWCOMER, arrive

pytestmark = pytest.mark.django_db
SIGN_IN, LINK = "/sso/card", "/sso/card/link"


def refusals() -> list[tuple[str, str]]:
    """Return (method, reason) from the audit log."""
    rows = AuditEntry.objects.filter(action="account.sign_in_refused").order_by("id")
    return [(row.detail["method"], row.detail["reason"]) for row in rows]


def asked(answer: Any) -> dict[str, list[str]]:
    """The question to the card service."""
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer["Location"]).query)


class TestSigningIn:
    def come(self, visitor: Client, world: Sandbox, answer: str = "agree", **query: str) -> Any:
        return arrive(visitor, world.authorize(NEWCOMER, visitor.get(SIGN_IN, query)["Location"], answer))

    def test_a_newcomer_has_an_account_without_typing_anything(self, visitor: Client, world: Sandbox) -> None:
        answer = self.come(visitor, world)

        assert (answer.status_code, answer["Location"]) == (303, "/me")
        assert RealName.objects.get().user_id == User.objects.get().pk
        assert Session.objects.get(person__isnull=False).method == "essc_phone"
        assert "jiuye_app" not in visitor.cookies

    def test_one_returns_to_where_one_came_from(self, visitor: Client, world: Sandbox) -> None:
        assert self.come(visitor, world, next="/jobs?page=2")["Location"] == "/jobs?page=2"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
    def test_nobody_is_led_off_the_site(self, visitor: Client, world: Sandbox, elsewhere: str) -> None:
        assert self.come(visitor, world, next=elsewhere)["Location"] == "/me"

    def test_the_question_names_no_channel_and_keeps_its_secrets(self, visitor: Client, world: Sandbox) -> None:
        question = asked(visitor.get(SIGN_IN))

        assert question["code_challenge_method"] == ["S256"]
        assert not {"channel", "verifier", "code_verifier"} & set(question)

    def test_an_answer_is_worthless_in_another_browser(self, visitor: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, visitor.get(SIGN_IN)["Location"])

        answer = arrive(Client(), location)

        assert answer.status_code == 400
        assert not User.objects.exists()

    def test_who_declines_may_try_again_from_here(self, visitor: Client, world: Sandbox) -> None:
        page = html(self.come(visitor, world, "refuse", next="/jobs"))

        assert 'href="/sso/card?next=%2Fjobs"' in page
        assert refusals() == [("essc_phone", "declined")]

    def test_an_outage_is_explained_and_the_phone_number_still_works(self, visitor: Client, world: Sandbox) -> None:
        world.press("essc", outage=1)

        answer = visitor.get(SIGN_IN)

        assert answer.status_code == 503
        assert "用手机号登录" in html(answer)
        assert not User.objects.exists()

    def test_who_is_signed_in_goes_on(self) -> None:
        assert accounts.browser(accounts.seeker()).get(SIGN_IN, {"next": "/jobs"})["Location"] == "/jobs"

    @pytest.mark.parametrize("page", ["/login", "/login/qr"])
    def test_every_page_with_a_code_offers_it(self, visitor: Client, page: str) -> None:
        assert 'href="/sso/card?next=%2Fjobs"' in html(visitor.get(page, {"next": "/jobs"}))


class TestLinking:
    @pytest.fixture
    def user(self, world: Sandbox) -> User:
        """A person who signed in by SMS, with another phone number than the card's."""
        return accounts.person("小夏", phone="13900008811")

    @pytest.fixture
    def browser(self, user: User) -> Client:
        return accounts.browser(user, checks_csrf=True, confirmed=True)

    def link(self, browser: Client, world: Sandbox, answer: str = "agree", **query: str) -> Any:
        return arrive(browser, world.authorize(NEWCOMER, browser.get(LINK, query)["Location"], answer))

    def test_who_agrees_has_a_proven_name(self, browser: Client, user: User, world: Sandbox) -> None:
        answer = self.link(browser, world)

        assert (answer.status_code, answer["Location"]) == (303, "/me/real-name")
        assert "已关联电子社保卡" in html(browser.get("/me/real-name"))
        user.refresh_from_db()
        assert (user.name, user.phone) == ("林知夏", "13900008811")
        assert RealName.objects.get().user_id == user.pk

    def test_one_returns_to_where_one_came_from(self, browser: Client, world: Sandbox) -> None:
        assert self.link(browser, world, next="/me/resume/verify")["Location"] == "/me/resume/verify"

    def test_the_holder_is_asked_each_time(self, browser: Client) -> None:
        assert asked(browser.get(LINK))["prompt"] == ["consent"]

    def test_a_link_on_another_site_does_not_start_it(self, browser: Client) -> None:
        answer = browser.get(LINK, headers={"Sec-Fetch-Site": "cross-site"})

        assert (answer.status_code, answer["Location"]) == (302, "/me/real-name")

    def test_it_wants_a_fresh_confirmation(self, user: User) -> None:
        answer = accounts.browser(user, checks_csrf=True).get(LINK)

        assert answer["Location"].startswith("/login/confirm")

    def test_nothing_is_linked_to_who_signed_in_meanwhile(self, browser: Client, user: User, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, browser.get(LINK)["Location"])
        other = accounts.browser(accounts.person("小秋", phone="13900008812"), confirmed=True)
        for name, cookie in browser.cookies.items():
            if name.startswith("jiuye_sso_"):
                other.cookies[name] = cookie.value

        answer = arrive(other, location)

        assert answer.status_code == 403
        assert "登录的账号变了" in html(answer)
        assert not CardIdentity.objects.exists()

    def test_nothing_is_linked_after_signing_out(self, browser: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, browser.get(LINK)["Location"])
        post(browser, "/logout", "/logout")

        assert arrive(browser, location).status_code == 403
        assert not CardIdentity.objects.exists()
        assert not User.objects.filter(phone=NEWCOMER).exists()

    def test_another_browser_cannot_end_it(self, browser: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, browser.get(LINK)["Location"])

        assert arrive(Client(), location).status_code == 400
        assert not CardIdentity.objects.exists()

    def test_an_answer_counts_once(self, browser: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, browser.get(LINK)["Location"])
        kept = {name: cookie.value for name, cookie in browser.cookies.items()}
        arrive(browser, location)
        for name, value in kept.items():
            browser.cookies[name] = value

        assert arrive(browser, location).status_code == 400

    def test_it_is_over_after_ten_minutes(self, browser: Client, world: Sandbox) -> None:
        location = world.authorize(NEWCOMER, browser.get(LINK)["Location"])

        with clock.frozen(clock.now() + timedelta(minutes=11)):
            arrive(browser, location)

        assert not CardIdentity.objects.exists()

    def test_who_declines_is_told_and_may_try_again(self, browser: Client, world: Sandbox) -> None:
        page = html(self.link(browser, world, "refuse", next="/me/resume/verify"))

        assert "没有关联电子社保卡" in page
        assert 'href="/sso/card/link?next=%2Fme%2Fresume%2Fverify"' in page
        assert refusals() == [("essc_phone", "declined")]
        assert not RealName.objects.exists()

    def test_a_card_of_another_account_is_explained_and_not_linked(
        self, browser: Client, user: User, world: Sandbox
    ) -> None:
        self.link(accounts.browser(accounts.person("林知夏", phone="13900008813"), confirmed=True), world)

        answer = self.link(browser, world)

        assert answer.status_code == 409
        assert "另一个账号" in html(answer)
        assert not CardIdentity.objects.filter(pk=user.pk).exists()

    def test_an_outage_is_explained_and_links_nothing(self, browser: Client, world: Sandbox) -> None:
        world.press("essc", outage=1)

        answer = browser.get(LINK)

        assert answer.status_code == 503
        assert "暂时不通" in html(answer)

    @pytest.mark.parametrize("page", ["/me/real-name", "/me/real-name/card"])
    def test_every_page_with_a_code_offers_it(self, browser: Client, page: str) -> None:
        shown = html(browser.get(page, {"next": "/me/resume/verify"}))

        assert 'href="/sso/card/link?next=%2Fme%2Fresume%2Fverify"' in shown
        assert "在电脑上" not in shown

    def test_asking_for_verification_leads_here_and_back(self, browser: Client) -> None:
        assert 'href="/me/real-name?next=%2Fme%2Fresume%2Fverify"' in html(browser.get("/me/resume/verify"))
