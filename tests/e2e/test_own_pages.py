"""A seeker's own pages in a real browser: nothing too small to touch, the resume edited in place."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Visit
from tests.e2e.axe import DESK, PHONE, put_on, resize
from tests.e2e.people import new_phone, sign_in
from tests.factories.platform import Platform

PAGES = [
    "/me",
    "/me/resume",
    "/me/resume/preview",
    "/me/resume/accesses",
    "/me/resume/basics",
    "/me/resume/intention/new",
    "/me/saved",
    "/me/history",
    "/me/notifications",
]
TOO_SMALL = """least => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main select")]
  .filter((one) => {
    const look = getComputedStyle(one), box = (one.closest("label") || one).getBoundingClientRect();
    const shown = box.width > 2 && look.visibility !== "hidden" && look.display !== "inline";
    return shown && (box.width < least - 1 || box.height < least - 1);
  }).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 20)}`)"""


def test_targets_are_large_enough(visit: Visit) -> None:
    page, found = visit("/me", PHONE, person="seeker"), {}
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        for width in (PHONE, DESK):
            resize(page, width)
            for look, least in (("light", 44), ("large", 60)):
                put_on(page, look)
                found[f"{path}, {width} px, {look}"] = page.evaluate(TOO_SMALL, least)
    assert {when: what for when, what in found.items() if what} == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_resume_is_written_in_place_by_keyboard(visit: Visit, width: int) -> None:
    page = visit("/me/resume", width, person=new_phone())
    expect(page.get_by_text("一份简历，全国的职位都能投")).to_be_visible()
    intention = page.get_by_role("region", name="求职意向")
    intention.get_by_role("link", name="添加求职意向").press("Enter")
    expect(intention.get_by_label("想找的工作")).to_be_focused()
    page.keyboard.type("仓库管理员")
    intention.get_by_label("最低月薪").fill("7000")
    intention.get_by_label("最高月薪").fill("6000")
    intention.get_by_label("最高月薪").press("Enter")
    expect(intention.get_by_role("alert")).to_be_focused()
    expect(intention.get_by_label("想找的工作")).to_have_value("仓库管理员")
    intention.get_by_label("最高月薪").fill("9000")
    intention.get_by_role("button", name="保存").press("Enter")
    expect(intention.get_by_text("7-9K")).to_be_visible()
    expect(intention).to_be_focused()
    expect(page.get_by_label("完整度")).to_have_attribute("value", "20")


def test_what_is_deleted_can_be_brought_back(visit: Visit) -> None:
    page = visit("/me/resume/skill/new", 390, person=new_phone())
    page.get_by_label("技能名称").fill("叉车驾驶")
    page.get_by_role("button", name="保存").click()
    skills = page.get_by_role("region", name="技能")
    skills.get_by_role("button", name="删除叉车驾驶").click()
    expect(skills.get_by_role("button", name="撤销删除")).to_be_focused()
    page.keyboard.press("Enter")
    expect(skills.get_by_text("叉车驾驶", exact=True)).to_be_visible()
    expect(skills.get_by_role("button", name="撤销删除")).to_have_count(0)


def test_a_posting_is_saved_and_remembered_from_its_public_page(visit: Visit, platform: Platform) -> None:
    page = visit("/jobs", 390)
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="立即投递").first).to_be_visible()
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="收藏", exact=True).click()
    sign_in(page, platform, new_phone())
    page.get_by_role("button", name="收藏", exact=True).click()
    page.get_by_role("link", name="返回职位").click()
    expect(page.get_by_role("button", name="已收藏")).to_be_visible()
    page.goto("/me/saved")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.goto("/me/history")
    expect(page.get_by_role("heading", name=re.compile(re.escape(title)))).to_be_visible()
