"""Signing in by a scanned code, over real HTTP with the sandbox's card service and its phones."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.actions.qr import SHOWN_TO_BROWSER
from jiuye.domains.accounts.models import QrSignIn, Session, User
from jiuye.kernel import clock
from jiuye.kernel.ids import new_id
from tests.factories import accounts
from tests.factories.sandbox import Sandbox
from tests.portals.seeker.login.browser import html, new_phone, post

pytestmark = pytest.mark.django_db
NEWCOMER = "19900001001"


def show(visitor: Client, **fields: str) -> QrSignIn:
    """Press “显示二维码” on the login page; return the request."""
    answer = post(visitor, "/login/qr", **fields)
    assert (answer.status_code, answer["Location"]) == (303, "/login/qr")
    return QrSignIn.objects.latest("created_at")


def refresh(visitor: Client, shown: QrSignIn | UUID) -> Any:
    """Press “刷新状态” on the page of the code."""
    key = shown if isinstance(shown, UUID) else shown.pk
    return post(visitor, f"/login/qr/{key}", "/login/qr")


def poll(visitor: Client, shown: QrSignIn, state: str = "waiting") -> Any:
    """Poll as the page does every two seconds."""
    headers = {"HX-Request": "true", "X-CSRFToken": visitor.cookies["csrftoken"].value}
    return visitor.post(f"/login/qr/{shown.pk}", {"state": state}, headers=headers)


def approve(world: Sandbox, shown: QrSignIn, phone: str = NEWCOMER) -> None:
    """Scan, choose the right number, confirm."""
    assert world.scan(phone, shown.uri, choice=shown.match)["state"] == "approved"


class TestShowing:
    def test_looking_at_the_page_asks_nobody_for_a_code(self, visitor: Client) -> None:
        page = html(visitor.get("/login/qr"))

        assert "显示二维码" in page
        assert not QrSignIn.objects.exists()

    def test_the_code_is_drawn_in_the_page_without_anything_inline(self, visitor: Client) -> None:
        show(visitor)

        page = html(visitor.get("/login/qr"))

        assert "<svg" in page
        assert "style=" not in page
        assert "刷新状态" in page

    def test_the_two_digits_are_shown_large_and_read_one_by_one(self, visitor: Client) -> None:
        shown = show(visitor)

        page = html(visitor.get("/login/qr"))

        assert f'<span aria-hidden="true">{shown.match}</span>' in page
        assert f"{shown.match[0]}，{shown.match[1]}" in page

    def test_it_says_in_words_how_long_it_is_good(self, visitor: Client) -> None:
        show(visitor)

        page = html(visitor.get("/login/qr"))

        left = re.search(r'data-left="(\d+)"', page)
        assert left
        assert 100 < int(left.group(1)) <= 120
        assert "前完成" in page

    def test_what_the_picture_says_names_nobody(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)

        assert shown.uri.startswith(f"{world.url}/essc/scan/")
        assert str(shown.pk) not in shown.uri

    def test_htmx_gets_the_panel_alone(self, visitor: Client) -> None:
        visitor.get("/login")
        headers = {"HX-Request": "true", "X-CSRFToken": visitor.cookies["csrftoken"].value}

        panel = html(visitor.post("/login/qr", headers=headers))

        assert "<html" not in panel
        assert "<svg" in panel
        assert 'hx-trigger="every 2s"' in panel

    def test_the_page_of_the_code_asks_the_session_only(
        self, visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        show(visitor)

        with django_assert_num_queries(1):
            visitor.get("/login/qr")

    def test_who_is_signed_in_needs_none(self) -> None:
        client = accounts.browser(accounts.seeker())

        assert client.get("/login/qr", {"next": "/jobs"})["Location"] == "/jobs"


class TestComingIn:
    def test_a_phone_that_approves_lets_this_browser_in(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor, next="/jobs?page=2")
        approve(world, shown)

        answer = refresh(visitor, shown)

        assert (answer.status_code, answer["Location"]) == (303, "/jobs?page=2")
        assert visitor.session["person_id"] == str(User.objects.get(phone_index__isnull=False).pk)

    def test_each_state_is_told_once_and_the_last_leads_on(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        assert poll(visitor, shown).status_code == 204

        world.scan(NEWCOMER, shown.uri)
        scanned = poll(visitor, shown)
        assert "已扫码，请在手机上确认" in html(scanned)
        assert poll(visitor, shown, "scanned").status_code == 204

        approve(world, shown)
        answer = poll(visitor, shown, "scanned")
        assert (answer.status_code, answer["HX-Redirect"]) == (204, "/me")

    def test_the_session_is_new_and_says_how_one_came(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        before, token = visitor.session.session_key, visitor.cookies["csrftoken"].value
        approve(world, shown)

        refresh(visitor, shown)

        assert visitor.session.session_key != before
        assert visitor.cookies["csrftoken"].value != token
        assert not Session.objects.filter(session_key=before).exists()
        assert Session.objects.get(person__isnull=False).method == "essc_qr"

    def test_the_owner_of_the_phones_account_comes_into_that(self, visitor: Client, world: Sandbox) -> None:
        known = accounts.person(phone=NEWCOMER)
        shown = show(visitor)
        approve(world, shown)

        refresh(visitor, shown)

        assert visitor.session["person_id"] == str(known.pk)
        assert User.objects.count() == 1


class TestStaying:
    def test_refused_on_the_phone(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        world.scan(NEWCOMER, shown.uri, answer="refuse")

        told = html(poll(visitor, shown))

        assert "手机上没有同意这次登录" in told
        assert "重新获取二维码" in told
        assert "hx-trigger" not in told
        assert not User.objects.exists()

    def test_a_wrong_number_refuses(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        wrong = next(one for one in world.scan(NEWCOMER, shown.uri)["choices"] if one != shown.match)
        world.scan(NEWCOMER, shown.uri, choice=wrong)

        refresh(visitor, shown)

        assert "手机上没有同意这次登录" in html(visitor.get("/login/qr"))
        assert not User.objects.exists()

    def test_two_minutes_later(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        approve(world, shown)

        with clock.frozen(clock.now() + timedelta(seconds=160)):
            assert "二维码已过期" in html(visitor.get("/login/qr"))
            assert "二维码已过期" in html(poll(visitor, shown))
        assert not User.objects.exists()

    def test_a_new_code_ends_the_one_before(self, visitor: Client, world: Sandbox) -> None:
        first = show(visitor)
        second = show(visitor)
        approve(world, first)

        assert "HX-Redirect" not in poll(visitor, first).headers
        assert first.uri != second.uri
        assert not User.objects.exists()


class TestReplaying:
    def test_a_second_browser_hears_nothing_of_the_request(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        other = Client(enforce_csrf_checks=True)
        show(other)
        approve(world, shown)

        assert refresh(other, shown).status_code == 404
        assert poll(other, shown).status_code == 404
        assert "person_id" not in other.session
        assert refresh(visitor, shown).status_code == 303

    def test_a_foreign_request_answers_like_one_that_does_not_exist(self, visitor: Client) -> None:
        foreign = show(Client(enforce_csrf_checks=True))
        show(visitor)

        strange, missing = refresh(visitor, foreign), refresh(visitor, new_id())

        assert (strange.status_code, missing.status_code) == (404, 404)
        assert _without_ids(html(strange)) == _without_ids(html(missing))

    def test_somebody_who_signs_in_elsewhere_cannot_come_back_to_it(self, visitor: Client, world: Sandbox) -> None:
        """Its session ended with the sign-in: a saved cookie opens nothing."""
        shown = show(visitor)
        old, token = visitor.cookies["jiuye_session"].value, visitor.cookies["csrftoken"].value
        approve(world, shown)
        refresh(visitor, shown)

        thief = Client(enforce_csrf_checks=True)
        thief.cookies["jiuye_session"], thief.cookies["csrftoken"] = old, token
        answer = thief.post(f"/login/qr/{shown.pk}", headers={"HX-Request": "true", "X-CSRFToken": token})

        assert answer.status_code == 404
        assert "person_id" not in thief.session

    def test_a_second_approval_changes_nothing(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        approve(world, shown)
        refresh(visitor, shown)

        world.scan("19900001002", shown.uri, choice=shown.match)

        assert refresh_signed_in(visitor, shown)["Location"] == "/me"
        assert User.objects.count() == 1

    def test_a_form_from_elsewhere_is_refused(self, visitor: Client) -> None:
        shown = show(visitor)

        for path in ("/login/qr", f"/login/qr/{shown.pk}"):
            assert visitor.post(path, headers={"Origin": "https://evil.example"}).status_code == 403


def refresh_signed_in(visitor: Client, shown: QrSignIn) -> Any:
    """The page of the code, still open in another tab."""
    return post(visitor, f"/login/qr/{shown.pk}", "/logout")


def _without_ids(page: str) -> str:
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", page)


class TestWithoutTheCardService:
    def test_no_code_but_the_phones_way(self, visitor: Client, world: Sandbox) -> None:
        world.press("essc", outage=1)

        answer = post(visitor, "/login/qr")

        assert answer.status_code == 503
        assert "扫码登录暂时不能用" in html(answer)
        assert "改用手机号登录" in html(answer)
        assert post(visitor, "/login", phone=new_phone())["Location"] == "/login"

    def test_in_the_middle_the_page_says_so_and_goes_on_when_it_is_back(self, visitor: Client, world: Sandbox) -> None:
        shown = show(visitor)
        world.press("essc", outage=1)
        told = poll(visitor, shown)
        assert "暂时查不到扫码结果，正在重试" in html(told)
        assert 'hx-trigger="every 2s"' in html(told)

        world.release("essc")

        assert "请用电子社保卡应用扫码" in html(poll(visitor, shown, "unknown"))


class TestTooOften:
    def test_a_browser_that_wants_codes_without_end_is_asked_to_wait(
        self, visitor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(vars(SHOWN_TO_BROWSER), "most", 2)
        show(visitor)
        show(visitor)

        answer = post(visitor, "/login/qr")

        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
        assert "扫码登录刷新得太频繁" in html(answer)
