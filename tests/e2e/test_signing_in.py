"""The three ways to sign in, in a real browser with a real phone of the sandbox; and every way to be refused."""

import re
from collections.abc import Iterator
from itertools import count

import psycopg
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import Visit, window
from tests.e2e.people import new_phone, see, sign_in
from tests.factories.platform import Platform

_numbers = count(1)
MATCH = re.compile(r"^\d\d$")


def new_card() -> str:
    """Return the number of a phone with a card, whose holder has never been here."""
    return f"199000031{next(_numbers):02d}"


@pytest.fixture
def behaving(platform: Platform) -> Iterator[Platform]:
    """The platform, with the card service reset after each test."""
    platform.forget_attempts()
    yield platform
    platform.sandbox.release("essc")


@pytest.fixture
def phone(chromium: Browser, platform: Platform) -> Iterator[Page]:
    """A phone at its home screen, in its own window."""
    with window(chromium, platform, 390) as context:
        page = context.new_page()
        page.goto(f"{platform.sandbox.url}/phone/{new_card()}/home")
        yield page


def show_code(page: Page) -> str:
    """Request a code. Return the two digits next to it."""
    page.get_by_role("button", name="显示二维码").click()
    expect(page.get_by_role("img", name="登录二维码", exact=False)).to_be_visible()
    return page.get_by_text(MATCH).first.inner_text()


def scan(phone: Page, platform: Platform) -> None:
    """Scan the last code shown."""
    phone.goto(f"{platform.sandbox.url}/essc/scan")
    phone.get_by_role("link", name="登录“就业在线”", exact=False).first.click()
    expect(phone.get_by_role("heading", name="登录“就业在线”？")).to_be_visible()


def answer(phone: Page, button: str, digits: str = "") -> None:
    """Choose the digits, if any, and press."""
    if digits:
        phone.get_by_label(digits, exact=True).check()
    phone.get_by_role("button", name=button).click()
    expect(phone.get_by_role("status")).to_be_visible()


def open_until(page: Page, address: str, what: Locator) -> None:
    """Reload until that is there: a service that answered a few seconds ago counts as available. At most 40 times."""
    for _ in range(40):
        page.goto(address)
        try:
            return expect(what).to_be_visible(timeout=500)
        except AssertionError:
            continue
    return expect(what).to_be_visible()


def expect_in(page: Page) -> None:
    """Check that the person is signed in, on their own page."""
    expect(page).to_have_url(re.compile("/me$"))
    expect(page.get_by_role("heading", name="我的投递")).to_be_visible()


def expect_out(page: Page) -> None:
    """Check that nobody is."""
    page.goto("/me")
    expect(page).to_have_url(re.compile("/login"))


class TestInAPartnersApp:
    def test_inside_the_apps_own_page(self, visit: Visit, behaving: Platform) -> None:
        page = visit("/livez", 390)
        page.goto(f"{behaving.sandbox.url}/phone/{new_card()}/home")
        page.get_by_role("link", name="掌上付").click()
        inside = page.frame_locator("iframe")
        inside.get_by_role("button", name="同意").click()
        expect(inside.get_by_text("您的账号已建好")).to_be_visible()
        expect(inside.get_by_role("navigation", name="底部导航")).to_be_visible()
        expect(inside.get_by_role("link", name="就业在线", exact=True)).to_be_hidden()

    def test_as_the_whole_window(self, visit: Visit, behaving: Platform) -> None:
        page = visit("/livez", 390)
        page.goto(f"{behaving.sandbox.url}/phone/{new_card()}/home")
        page.goto("/sso/essc?channel=app-bank&next=/jobs")
        page.get_by_role("button", name="同意").click()
        expect(page).to_have_url(re.compile("/jobs$"))
        expect(page.get_by_role("combobox").first).to_be_visible()
        expect(page.get_by_role("navigation", name="底部导航")).to_be_visible()
        expect(page.get_by_role("link", name="就业在线", exact=True)).to_be_hidden()
        page.get_by_role("navigation", name="底部导航").get_by_role("link", name="我的").click()
        expect_in(page)

    def test_the_whole_site_is_one_press_away(self, visit: Visit, behaving: Platform) -> None:
        page = visit("/livez", 390)
        page.goto(f"{behaving.sandbox.url}/phone/{new_card()}/home")
        page.goto("/sso/essc?channel=app-city")
        page.get_by_role("button", name="同意").click()
        expect_in(page)
        page.get_by_role("link", name="显示完整网站").click()
        expect(page).to_have_url(re.compile("/$"))
        expect(page.get_by_role("link", name="就业在线", exact=True)).to_be_visible()

    def test_somebody_who_agreed_before_comes_in_at_once(self, visit: Visit, behaving: Platform) -> None:
        number = new_card()
        for button in ("同意", ""):
            page = visit("/livez", 390)
            page.goto(f"{behaving.sandbox.url}/phone/{number}/home")
            page.goto("/sso/essc?channel=app-pay")
            if button:
                page.get_by_role("button", name=button).click()
            expect_in(page)

    def test_without_scripts(self, visit: Visit, behaving: Platform) -> None:
        page = visit("/livez", 390, scripts=False)
        page.goto(f"{behaving.sandbox.url}/phone/{new_card()}/home")
        page.goto("/sso/essc?channel=app-pay")
        page.get_by_role("button", name="同意").click()
        expect_in(page)
        expect(page.get_by_role("link", name="就业在线", exact=True)).to_be_hidden()

    def test_who_declines_is_told_and_can_try_again(self, visit: Visit, behaving: Platform) -> None:
        page = visit("/livez", 390)
        page.goto(f"{behaving.sandbox.url}/phone/{new_card()}/home")
        page.goto("/sso/essc?channel=app-pay")
        page.get_by_role("button", name="拒绝").click()
        see(page, "您没有同意登录")
        page.get_by_role("link", name="再试一次").click()
        page.get_by_role("button", name="同意").click()
        expect_in(page)

    @pytest.mark.parametrize("code", ["app-closed", "no-such-app"])
    def test_a_disabled_or_unknown_app_is_refused(self, visit: Visit, behaving: Platform, code: str) -> None:
        page = visit(f"/sso/essc?channel={code}", 390)
        see(page, "这个应用还不能用来登录")
        page.get_by_role("link", name="用手机号登录").click()
        expect(page.get_by_label("手机号")).to_be_visible()

    @pytest.mark.parametrize("switch", ["wrong_issuer", "wrong_nonce", "forged_signature", "wrong_audience"])
    def test_nobody_comes_in_by_what_the_card_service_did_not_say(
        self, visit: Visit, behaving: Platform, switch: str
    ) -> None:
        behaving.sandbox.press("essc", **{switch: 1})
        page = visit("/livez", 390)
        page.goto(f"{behaving.sandbox.url}/phone/{new_card()}/home")
        page.goto("/sso/essc?channel=app-pay")
        page.get_by_role("button", name="同意").click()
        see(page, "这次登录没有通过安全检查")
        expect_out(page)

    def test_nobody_comes_in_by_an_answer_they_did_not_ask_for(self, visit: Visit, behaving: Platform) -> None:
        page = visit("/sso/essc/callback?state=forged&code=forged", 390)
        see(page, "这次登录没有通过安全检查")
        expect_out(page)

    def test_somebody_elses_answer_opens_nothing_here(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        phone.goto(f"{behaving.origin}/sso/essc?channel=app-pay")
        with phone.expect_request(lambda asked: "/sso/essc/callback" in asked.url) as sent:
            phone.get_by_role("button", name="同意").click()
        expect_in(phone)
        page = visit("/livez", 390)
        page.goto(sent.value.url)
        see(page, "这次登录没有通过安全检查")
        expect_out(page)


class TestFrames:
    def test_a_page_of_nobody_we_know_cannot_frame_us(self, behaving: Platform, phone: Page) -> None:
        """The same simulator under another name is another origin."""
        phone.goto(f"{behaving.sandbox.url.replace('127.0.0.1', 'localhost')}/apps/app-pay")
        expect(phone.get_by_title("掌上付里的就业在线")).to_be_visible()
        phone.wait_for_load_state("networkidle")
        assert [one.url for one in phone.frames if one.url.startswith(behaving.origin)] == []


class TestScanning:
    def test_on_a_computer_with_the_phone_beside_it(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        page = visit("/login?next=/me")
        digits = show_code(page)
        scan(phone, behaving)
        expect(page.get_by_text("已扫码，请在手机上确认").last).to_be_visible()
        answer(phone, "确认登录", digits)
        expect_in(page)

    def test_without_scripts_by_a_button(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        page = visit("/login", scripts=False)
        digits = show_code(page)
        scan(phone, behaving)
        page.get_by_role("button", name="刷新状态").click()
        see(page, "已扫码，请在手机上确认")
        answer(phone, "确认登录", digits)
        page.get_by_role("button", name="刷新状态").click()
        expect_in(page)

    def test_refused_on_the_phone(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        page = visit("/login")
        show_code(page)
        scan(phone, behaving)
        answer(phone, "拒绝")
        expect(page.get_by_role("button", name="重新获取二维码")).to_be_visible()
        see(page, "手机上没有同意这次登录")
        expect_out(page)

    def test_another_number_than_the_pages_refuses(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        page = visit("/login")
        digits = show_code(page)
        scan(phone, behaving)
        offered = [one.input_value() for one in phone.get_by_role("radio").all()]
        answer(phone, "确认登录", next(one for one in offered if one != digits))
        expect(page.get_by_role("button", name="重新获取二维码")).to_be_visible()
        expect_out(page)

    def test_too_late_and_once_more(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        page = visit("/login")
        show_code(page)
        with psycopg.connect(behaving.environment["DATABASE_URL"], autocommit=True) as server:
            server.execute(
                "UPDATE accounts_qrsignin SET expires_at = now() - interval '1 minute' WHERE used_at IS NULL"
            )
        expect(page.get_by_text("为了安全，一个二维码只在 2 分钟内有效", exact=False)).to_be_visible()
        page.get_by_role("button", name="重新获取二维码").click()
        expect(page.get_by_role("img", name="登录二维码", exact=False)).to_be_visible()
        digits = page.get_by_text(MATCH).first.inner_text()
        scan(phone, behaving)
        answer(phone, "确认登录", digits)
        expect_in(page)

    def test_another_browser_hears_nothing_of_an_approved_code(
        self, visit: Visit, behaving: Platform, phone: Page
    ) -> None:
        """Swapped sessions: the attacker knows the request's id and asks for it from another session."""
        page, thief = visit("/login/qr", scripts=False), visit("/login/qr")
        digits = show_code(page)
        asked = page.locator("form", has=page.get_by_role("button", name="刷新状态")).get_attribute("action")
        scan(phone, behaving)
        answer(phone, "确认登录", digits)
        told = thief.evaluate(
            """async (address) => {
              const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
              return (await fetch(address, {method: "POST", headers: {"X-CSRFToken": token}})).status;
            }""",
            asked,
        )
        assert told == 404
        expect_out(thief)
        page.get_by_role("button", name="刷新状态").click()
        expect_in(page)

    def test_a_code_opens_one_browser_once(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        """Replay: the session that showed the code has ended, its cookie opens nothing."""
        page = visit("/login/qr", scripts=False)
        digits = show_code(page)
        kept = page.context.storage_state()
        asked = page.locator("form", has=page.get_by_role("button", name="刷新状态")).get_attribute("action")
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        scan(phone, behaving)
        answer(phone, "确认登录", digits)
        page.get_by_role("button", name="刷新状态").click()
        expect_in(page)
        again = visit("/livez")
        again.context.add_cookies(kept["cookies"])  # type: ignore[arg-type]
        told = again.request.post(
            asked or "", form={"csrfmiddlewaretoken": token}, headers={"Origin": behaving.origin}, max_redirects=0
        )
        assert told.status == 404
        expect_out(again)

    def test_a_forged_signature_lets_nobody_in(self, visit: Visit, behaving: Platform, phone: Page) -> None:
        behaving.sandbox.press("essc", forged_signature=1)
        page = visit("/login")
        digits = show_code(page)
        scan(phone, behaving)
        answer(phone, "确认登录", digits)
        see(page, "没有通过安全检查")
        expect_out(page)


class TestWithoutTheCardService:
    def test_the_phone_and_the_jobs_remain(self, visit: Visit, behaving: Platform) -> None:
        behaving.sandbox.press("essc", outage=1)
        page = visit("/login")
        page.get_by_role("button", name="显示二维码").click()
        see(page, "扫码登录暂时不能用")
        open_until(page, "/sso/essc?channel=app-pay", page.get_by_text("电子社保卡服务暂时连不上"))
        page.goto("/jobs")
        expect(page.get_by_role("article").first).to_be_visible()
        sign_in(page, behaving, new_phone())
        expect_in(page)


class TestWhoseAccount:
    def test_a_card_whose_phone_is_somebody_elses_is_explained_and_resolved(
        self, visit: Visit, behaving: Platform
    ) -> None:
        page = visit("/livez", 390)
        page.goto(f"{behaving.sandbox.url}/phone/19900000104/home")
        page.goto("/sso/essc?channel=app-pay")
        page.get_by_role("button", name="同意").click()
        expect(page.get_by_role("heading", name="请确认一下您的账号")).to_be_visible()
        page.get_by_role("link", name="不是我的，用别的手机号").click()
        number = new_phone()
        page.get_by_label("您现在使用的手机号").fill(number)
        page.get_by_role("button", name="获取验证码").click()
        page.get_by_label("短信验证码").fill(behaving.code_for(number))
        page.get_by_role("button", name="开通账号并登录").click()
        expect_in(page)
