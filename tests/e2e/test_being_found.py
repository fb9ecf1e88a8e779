"""A seeker becomes visible to agencies of a place, is found, invited, and decides; with scripts on a phone, without on a desktop."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import new_phone, see


def _press(page: Page, name: str) -> None:
    """Send a form and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def _wish(page: Page, title: str) -> None:
    page.goto("/me/resume/intention/new")
    page.get_by_label("想找的工作").fill(title)
    page.get_by_role("button", name="保存", exact=True).click()
    see(page, title)


def _add_sichuan(page: Page, *, scripts: bool) -> None:
    if scripts:
        page.get_by_role("button", name=re.compile("添加地区")).click()
        page.get_by_label("搜索地区").fill("sichuan")
        page.get_by_role("button", name="四川省", exact=True).click()
    else:
        page.get_by_label("添加地区").fill("四川省")
    _press(page, "添加")
    expect(page.get_by_label("四川省", exact=True)).to_be_checked()


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1280, False)], ids=["scripts-390", "no-scripts-1280"])
def test_who_shows_their_resume_is_found_and_invited_and_decides(visit: Visit, width: int, scripts: bool) -> None:
    wish = f"古琴修复师{width}"
    page = visit("/livez", width, scripts=scripts, person=new_phone())
    _wish(page, wish)

    page.goto("/me/privacy/visibility")
    page.get_by_label("对所选地区的职介可见", exact=True).check()
    _add_sichuan(page, scripts=scripts)
    page.get_by_label(re.compile("^我同意让所选地区的职介看到我的简历")).check()
    _press(page, "保存")
    see(page, "对所选地区的职介可见（四川省）")

    agency = visit(f"/agency/resumes?q={wish}", scripts=scripts, person="recruiter")
    with agency.expect_navigation():
        agency.locator("tbody").get_by_role("link").first.click()
    _press(agency, "打开简历")
    see(agency, "联系方式已隐藏")
    agency.get_by_label("邀请投递哪个职位").select_option(index=1)
    _press(agency, "邀请投递")
    see(agency, "邀请已发出")

    page.goto("/me/invitations")
    see(page, "等您决定")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^不感兴趣")).click()
    see(page, "已告知对方您不感兴趣")
    page.goto("/me/resume/accesses")
    see(page, re.compile("查找人才"))

    page.goto("/me/privacy/visibility")
    page.get_by_label("完全隐藏", exact=True).check()
    _press(page, "保存")
    see(page, "您的简历已隐藏")
    agency.goto(f"/agency/resumes?q={wish}")
    see(agency, "没有符合条件的简历")
