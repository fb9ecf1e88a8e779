"""What people do in the browser, by what they see: no ids, no classes."""

import re
from itertools import count

from playwright.sync_api import Page, expect

from tests.factories.platform import AUDITOR, EMPLOYER, OWNER, RECRUITER, SEEKER, VIEWER, Platform

# Who is who in the demonstration; the newcomer has never been here before.
PHONES = {
    "seeker": SEEKER,
    "owner": OWNER,
    "recruiter": RECRUITER,
    "viewer": VIEWER,
    "employer": EMPLOYER,
    "auditor": AUDITOR,
    "newcomer": "19911110000",
}
_numbers = count(1)


def new_phone() -> str:
    """A number that nobody in the demonstration has."""
    return f"1991111{next(_numbers):04d}"


def sign_in(page: Page, platform: Platform, phone: str) -> None:
    """From wherever the page asks for it, or the login page: phone, code."""
    if "/login" not in page.url:
        page.goto("/login")
    page.get_by_label("手机号").fill(phone)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("验证码", exact=False).first.fill(platform.code_for(phone))
    page.get_by_role("button", name="登录", exact=True).last.click()
    expect(page).not_to_have_url(re.compile("/login(/code)?$"))


def apply_as_newcomer(page: Page, name: str, title: str) -> str:
    """On an apply page: the two things a first application needs, and the consents. Returns the application's address."""
    page.get_by_label("姓名").fill(name)
    page.get_by_label("想找的工作").fill(title)
    give_consents(page)
    page.get_by_role("button", name="确认投递").click()
    expect(page.get_by_text("投递成功").first).to_be_visible()
    return page.url


def give_consents(page: Page) -> None:
    """Tick every recipient of the resume."""
    for consent in page.get_by_label("我同意将本简历提供给", exact=False).all():
        consent.check()
