"""The second factor of staff in a real browser: an app's code, a recovery code, a passkey of a (virtual) security key."""

import re
from collections.abc import Callable
from itertools import count

import pyotp
from playwright.sync_api import Page, expect

from tests.e2e.people import come_in, pass_second_factor, see
from tests.factories.platform import AUDITOR, Platform

Visit = Callable[..., Page]
# Agency staff whose sessions no other test uses: setting up a second factor ends them all.
_owners = count(4, step=3)


def _owner() -> str:
    """Return the phone of an agency's owner."""
    return f"199{next(_owners):08d}"


def test_an_operator_is_asked_for_the_second_step_before_anything_of_the_back_office_opens(
    visit: Visit, platform: Platform
) -> None:
    page = visit("/ops/postings", 390)
    come_in(page, platform, AUDITOR)
    expect(page.get_by_role("heading", name="两步验证")).to_be_visible()

    page.get_by_label("动态验证码").fill("12345")
    page.get_by_role("button", name="验证", exact=True).click()
    see(page, "请输入验证器应用显示的 6 位数字")
    pass_second_factor(page, AUDITOR)

    expect(page).to_have_url(re.compile("/ops/postings$"))


def test_staff_set_up_an_app_without_scripts_and_come_in_by_a_recovery_code(visit: Visit, platform: Platform) -> None:
    phone = _owner()
    page = visit("/login", 390, scripts=False)
    come_in(page, platform, phone)
    page.goto("/agency")
    page.get_by_role("link", name="现在设置").click()
    page.get_by_role("button", name="开始设置").click()
    page.get_by_text("不能扫码？改为输入密钥").click()
    secret = page.get_by_text(re.compile(r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$")).inner_text().replace(" ", "")
    page.get_by_label("应用显示的 6 位数字").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="确认并开启").click()
    see(page, "请保存恢复码")
    codes = page.get_by_role("list", name="恢复码").get_by_role("listitem").all_inner_texts()
    assert len(set(codes)) == 10
    page.get_by_role("link", name="我已保存好，继续").click()
    see(page, "已开启")

    page.goto("/logout")
    page.get_by_role("button", name="退出登录").click()
    page.goto("/login?next=/agency/jobs")
    come_in(page, platform, phone)
    page.get_by_label("动态验证码").fill(codes[0])
    page.get_by_role("button", name="验证", exact=True).click()
    see(page, "还剩 9 个")
    page.get_by_role("link", name="继续", exact=True).click()
    expect(page).to_have_url(re.compile("/agency/jobs$"))


def test_a_passkey_is_added_and_opens_the_portal_in_the_next_session(visit: Visit, platform: Platform) -> None:
    """A passkey belongs to a host name, so this test uses one instead of an address."""
    site, phone = platform.origin.replace("127.0.0.1", "localhost"), _owner()
    page = visit("/", 1280)
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{site}/login")
    come_in(page, platform, phone)
    page.goto(f"{site}/me/security/second-factor?next=/agency/jobs")
    page.get_by_label("给它起个名字").fill("办公室电脑")
    page.get_by_role("button", name="添加通行密钥").click()
    see(page, "请保存恢复码")
    page.get_by_role("link", name="我已保存好，继续").click()
    expect(page).to_have_url(re.compile("/agency/jobs$"))

    page.goto(f"{site}/logout")
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{site}/login?next=/agency/jobs")
    come_in(page, platform, phone)
    page.get_by_role("button", name="用通行密钥验证").click()

    expect(page).to_have_url(re.compile("/agency/jobs$"))
    page.goto(f"{site}/me/security/second-factor")
    see(page, "办公室电脑", re.compile("用过"))
