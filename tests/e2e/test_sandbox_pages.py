"""The sandbox's pages in a real browser: a phone, the site inside a partner app, and no axe violations."""

import base64
import hashlib
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import DESK, HEIGHT, LOOKS, PHONE, in_turn, resize, sideways, violations
from tests.factories.platform import SEEKER, Platform

pytestmark = pytest.mark.e2e
NEWCOMER = "19900001002"
CREDENTIALS = ("jiuye-online", "sandbox-essc-secret")
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(b"a verifier").digest()).rstrip(b"=").decode()
ASKED = {"scope": "openid", "nonce": "of-this-test", "code_challenge": CHALLENGE, "code_challenge_method": "S256"}


BOTH_WIDTHS = pytest.mark.parametrize("page", [PHONE, DESK], indirect=True)


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser, platform: Platform) -> Iterator[Page]:
    """A window of the sandbox, by default a phone's."""
    width = getattr(request, "param", PHONE)
    size = {"width": width, "height": HEIGHT}
    with chromium.new_context(base_url=platform.sandbox.url, viewport=size, is_mobile=width == PHONE) as context:  # type: ignore[arg-type]
        page = context.new_page()
        # The page's security policy forbids injected scripts; axe needs one.
        context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
        yield page


def question(platform: Platform, **changes: str) -> str:
    """Return the URL to which the platform sends a browser."""
    asked = {
        **ASKED,
        "response_type": "code",
        "client_id": CREDENTIALS[0],
        "redirect_uri": f"{platform.origin}/sso/essc/callback",
        "state": "of-this-test",
        **changes,
    }
    return f"/essc/authorize?{urlencode(asked)}"


def show_qr(platform: Platform) -> str:
    """Return the content of a QR code shown on some screen."""
    form = {**ASKED, "match": "42", "expires_in": "120"}
    made = httpx.post(f"{platform.sandbox.url}/essc/qr", data=form, auth=CREDENTIALS)
    return str(made.raise_for_status().json()["qr_uri"])


def faults(page: Page) -> dict[str, list[str]]:
    """Return axe's violations at both widths, light and dark, and how much wider than a narrow phone the page is."""
    found = {f"{width} px, {look}": violations(page, LOOKS[look]) for width, look in in_turn(page, ("light", "dark"))}
    found["sideways"] = [f"{width} px" for width in sideways(page).values()]
    resize(page, PHONE)
    return {name: what for name, what in found.items() if what}


def test_axe_finds_nothing_on_the_phone(page: Page, platform: Platform) -> None:
    httpx.post(
        f"{platform.sandbox.url}/phone/{SEEKER}/authenticator", json={"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}
    )
    found = {}
    paths = ["/phone", question(platform), "/essc/scan", f"/phone/{SEEKER}/home", "/phone/13800000001/home"]
    paths += [f"/phone/{SEEKER}", f"/phone/{SEEKER}/authenticator", "/apps/app-pay", "/control"]
    paths += ["/registers", "/registers?asked=91990001MATRY0002N", "/authority"]
    for path in paths:
        page.goto(path)
        found[path] = faults(page)

    assert {path: what for path, what in found.items() if what} == {}


def test_axe_finds_nothing_in_the_card_app(page: Page, platform: Platform) -> None:
    page.goto(f"/phone/{NEWCOMER}/home")
    code = show_qr(platform)
    found = {}
    for path in (question(platform, prompt="consent"), question(platform, client_id="somebody"), "/essc/scan", code):
        page.goto(path)
        found[path] = faults(page)
    with page.expect_navigation():
        page.get_by_role("button", name="拒绝").click()
    expect(page.get_by_role("heading", name="已拒绝登录")).to_be_visible()
    found["refused"] = faults(page)

    assert {path: what for path, what in found.items() if what} == {}


@BOTH_WIDTHS
def test_scanning_and_choosing_the_number_confirms(page: Page, platform: Platform) -> None:
    page.goto(f"/phone/{NEWCOMER}/home")
    page.goto(show_qr(platform))
    page.get_by_label("42").check()
    with page.expect_navigation():
        page.get_by_role("button", name="确认登录").click()

    expect(page.get_by_role("heading", name="已确认登录")).to_be_visible()


@BOTH_WIDTHS
def test_switches_are_pressed_in_a_browser(page: Page) -> None:
    page.goto("/control")
    with page.expect_navigation():
        page.get_by_role("button", name="保存").first.click()

    expect(page.get_by_role("status")).to_contain_text("开关已保存")
