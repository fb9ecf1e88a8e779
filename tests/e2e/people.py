"""What people do in the browser, by what they see: no ids, no classes."""

import re
import time
from collections.abc import Callable
from http.cookiejar import Cookie
from itertools import count

import httpx
import pyotp
from playwright.sync_api import Locator, Page, StorageState, StorageStateCookie, expect

from jiuye.runtime.demo import second_factor
from tests.factories import markup
from tests.factories.platform import (
    AUDITOR,
    EDITOR,
    EMPLOYER,
    OWNER,
    RECRUITER,
    SECOND_AUDITOR,
    SECURITY_ADMIN,
    SEEKER,
    SUPPORT,
    SUSPENDED,
    VIEWER,
    Platform,
)

# The demonstration's people; the newcomer has never been here before.
PHONES = {
    "seeker": SEEKER,
    "owner": OWNER,
    "recruiter": RECRUITER,
    "viewer": VIEWER,
    "employer": EMPLOYER,
    "auditor": AUDITOR,
    "second_auditor": SECOND_AUDITOR,
    "security": SECURITY_ADMIN,
    "support": SUPPORT,
    "editor": EDITOR,
    "invited": "19900000915",  # by an agency, to become its member
    "checked": "19900000100",  # has a card, and verification with differences
    "suspended": SUSPENDED,
    "returned": "19900000945",  # owner of an agency whose case was returned
    "applying": "19900000944",  # owner of an employer whose case waits
    "newcomer": "19911110000",
}
WITH_SECOND_FACTOR = {AUDITOR, SECOND_AUDITOR, SECURITY_ADMIN, SUPPORT, EDITOR}
_numbers = count(1)
_last_steps: dict[str, int] = {}


def new_phone() -> str:
    """Return a number that nobody in the demonstration has."""
    return f"1991111{next(_numbers):04d}"


def session_of(platform: Platform, phone: str) -> StorageState:
    """Return the browser state of a signed-in person, for tests of what comes after the sign-in.

    The forms of `sign_in` are sent without a window, which would cost a second of CPU.
    """
    platform.forget_attempts()
    before = platform.newest(phone)
    with httpx.Client(base_url=platform.origin, follow_redirects=True) as client:
        sent = _fill(client, client.get("/login"), phone=phone)
        _fill(client, sent, code=platform.code_for(phone, after=before))
        if phone in WITH_SECOND_FACTOR:
            _fill(client, client.get("/login/second-factor"), code=_unused_app_code(phone))
        assert client.get("/me").url.path == ("/me/suspended" if phone == SUSPENDED else "/me")
        return {"cookies": [_kept(cookie) for cookie in client.cookies.jar], "origins": []}


def _kept(cookie: Cookie) -> StorageStateCookie:
    return {
        "name": cookie.name,
        "value": cookie.value or "",
        "domain": cookie.domain,
        "path": cookie.path,
        "expires": cookie.expires or -1,
        "httpOnly": cookie.has_nonstandard_attr("HttpOnly"),
        "secure": cookie.secure,
        "sameSite": "Lax",
    }


def _fill(client: httpx.Client, page: httpx.Response, **field: str) -> httpx.Response:
    """Send the page's first form with such a field."""
    name = next(iter(field))
    form = next(one for one in markup.read(page.text).posted() if any(control.name == name for control in one.controls))
    return client.post(form.action or str(page.url), data=form.data() | field)


def sign_in(page: Page, platform: Platform, phone: str) -> None:
    """Sign in from the current page or the login page: phone, code, and the second factor if the person has one."""
    come_in(page, platform, phone)
    if phone in WITH_SECOND_FACTOR:
        pass_second_factor(page, phone)


def come_in(page: Page, platform: Platform, phone: str) -> None:
    """Complete the first step."""
    platform.forget_attempts()
    if "/login" not in page.url:
        page.goto("/login")
    before = platform.newest(phone)
    page.get_by_role("textbox", name="手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("验证码", exact=False).first.fill(platform.code_for(phone, after=before))
    page.get_by_role("button", name="登录", exact=True).last.click()
    expect(page).not_to_have_url(re.compile("/login(/code)?$"))


def pass_second_factor(page: Page, phone: str) -> None:
    """Pass the second factor of the demonstration's operators, and wait for the next page."""
    if "/login/second-factor" not in page.url:
        page.goto("/login/second-factor")
    page.get_by_label("动态验证码").fill(_unused_app_code(phone))
    page.get_by_role("button", name="验证", exact=True).click()
    expect(page).not_to_have_url(re.compile("/login/second-factor"))


def _unused_app_code(phone: str) -> str:
    """Return a code of their app, each once: the platform accepts those of the previous, present and next step."""
    app, (now, seconds) = pyotp.TOTP(second_factor.SECRET), divmod(int(time.time()), 30)
    # The code of the previous step is valid until this step ends: too short on a slow machine.
    step = max(now - 1 if seconds < 10 else now, _last_steps.get(phone, 0) + 1)
    assert step <= now + 1, "signed in more often than new codes come"
    _last_steps[phone] = step
    return app.generate_otp(step)


def see(page: Page, *texts: str | re.Pattern[str]) -> None:
    """Check that each text is on the page."""
    for text in texts:
        expect(page.get_by_text(text).first).to_be_visible()


def reload_until(page: Page, what: Locator, is_there: bool = True) -> None:
    """Reload until the worker has done its part; at most 40 times every half second."""
    wanted = expect(what).to_be_visible if is_there else expect(what).to_be_hidden
    for _ in range(40):
        try:
            return wanted(timeout=500)
        except AssertionError:
            page.reload()
    return wanted()


def open_job_of_the_owners_agency(page: Page, number: int = 0) -> str:
    """Open a job of the demonstration's own agency from the list of shops. Return its title."""
    page.get_by_role("link", name=re.compile("成都禾桥")).first.click()
    page.get_by_role("article").nth(number).get_by_role("link").first.click()
    expect(page.get_by_role("link", name="立即投递").first).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def apply_to_the_owners_agency(visit: Callable[..., Page], name: str, width: int = 1280, job: int = 0) -> Page:
    """Apply as somebody new for one of the agency's jobs. Return the application's page."""
    page = visit("/agencies", width, person=new_phone())
    title = open_job_of_the_owners_agency(page, job)
    page.get_by_role("link", name="立即投递").first.click()
    apply_as_newcomer(page, name, title)
    return page


def apply_as_newcomer(page: Page, name: str, title: str) -> str:
    """Fill in the two fields of a first application and the consents. Return the application's URL."""
    page.get_by_role("textbox", name="姓名").fill(name)
    page.get_by_label("想找的工作").fill(title)
    give_consents(page)
    page.get_by_role("button", name="确认投递").click()
    see(page, "投递成功")
    return page.url


def give_consents(page: Page) -> None:
    """Tick every recipient of the resume."""
    for consent in page.get_by_label("我同意将本简历提供给", exact=False).all():
        consent.check()
