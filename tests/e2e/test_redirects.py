"""No address in a parameter or in a form takes the browser to another site (bar S7), however it is written."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import Visit
from tests.e2e.people import new_phone, sign_in
from tests.factories.platform import Platform

ELSEWHERE = "example.org"
SPELLINGS = (
    f"https://{ELSEWHERE}/",
    f"//{ELSEWHERE}/",
    f"///{ELSEWHERE}/",
    f"/\\{ELSEWHERE}/",
    f"\\\\{ELSEWHERE}/",
    f"/\t/{ELSEWHERE}/",
    f"https:{ELSEWHERE}",
    f"/..//{ELSEWHERE}/",
    f"javascript:location='//{ELSEWHERE}/'",
)
AT_ONCE = ("/login?next={}", "/sso/full-site?next={}", "/sso/essc?channel=app-bank&next={}")
"""Addresses that lead somebody who is signed in to their parameter at once."""
BY_A_LINK = (
    "/me/resume/file/state?next={}",
    "/me/real-name?next={}",
    "/me/resume/start/done?next={}",
    "/login/confirm?next={}",
    "/me/security/second-factor?next={}",
)
"""Pages that lead there by a link or a form."""
TRIED = [(one, spelling) for one in AT_ONCE for spelling in SPELLINGS] + [
    (one, spelling) for one in BY_A_LINK for spelling in SPELLINGS[:4]
]
AWAY = re.compile(rf"(?:\w+:)?/*[^/]*{ELSEWHERE}|javascript:")
LINKS = "[...document.querySelectorAll('a[href], area[href], form, [formaction]')].map(one => one.href || one.formAction || one.action)"


@pytest.fixture
def page(visit: Visit) -> Page:
    """A seeker's window, in which the other site is never reached but noticed."""
    opened = visit("/me", person="seeker")

    def left(route: Route) -> None:
        route.fulfill(body="left", headers={"Content-Type": "text/plain"})

    opened.context.route(re.compile(rf"^https?://[^/]*{ELSEWHERE}"), left)
    return opened


def test_the_other_site_would_be_noticed(page: Page) -> None:
    """Otherwise the test below could never fail."""
    page.goto(f"https://{ELSEWHERE}/")
    assert page.inner_text("body") == "left"


def test_no_parameter_leads_to_another_site(page: Page, platform: Platform) -> None:
    for address, spelling in TRIED:
        page.goto(address.format(quote(spelling, safe="")), wait_until="domcontentloaded")
        assert page.url.startswith(f"{platform.origin}/"), (address, spelling)
        found = [one for one in page.evaluate(LINKS) if isinstance(one, str)]
        assert not [one for one in found if AWAY.match(one)], (address, spelling)


def test_nor_does_signing_in(visit: Visit, platform: Platform) -> None:
    """The address goes through a form, the session and the code."""
    page = visit("/login?next=/jobs")
    page.locator("input[name=next]").first.evaluate(f"field => field.value = '//{ELSEWHERE}/'")
    sign_in(page, platform, new_phone())
    expect(page).to_have_url(re.compile(f"^{re.escape(platform.origin)}/"))
