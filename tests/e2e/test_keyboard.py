"""Whole tasks without a mouse: every step reached by Tab, done by Enter or Space, with visible focus (bar U6)."""

import re

from playwright.sync_api import expect

from tests.browser import Visit
from tests.e2e.keyboard import Keyboard
from tests.e2e.people import new_phone, see
from tests.factories.platform import Platform


def _come_in(keys: Keyboard, platform: Platform) -> None:
    platform.forget_attempts()
    phone, page = new_phone(), keys.page
    keys.write(page.get_by_role("textbox", name="手机号"), phone)
    keys.go_to(page.get_by_role("button", name="获取验证码"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("短信验证码")).to_be_visible()
    keys.write(page.get_by_label("短信验证码"), platform.code_for(phone))
    with page.expect_navigation(url=re.compile("/apply$")):
        page.keyboard.press("Enter")


def _apply(keys: Keyboard, name: str) -> None:
    page = keys.page
    keys.write(page.get_by_role("textbox", name="姓名"), name)
    for consent in page.get_by_label("我同意将本简历提供给", exact=False).all():
        keys.tick(consent)
    keys.follow(page.get_by_role("button", name="确认投递"), "/me/applications/")
    see(page, "投递成功")


def _search(keys: Keyboard, words: str) -> None:
    keys.write(keys.page.get_by_role("combobox", name="职位、技能或公司"), words)
    with keys.page.expect_navigation(url=re.compile("/jobs")):
        keys.page.keyboard.press("Enter")


def _invite(keys: Keyboard, name: str) -> None:
    page = keys.page
    keys.follow(page.get_by_role("link", name=name).first, "/agency/applications/")
    keys.follow(page.get_by_role("button", name="打开简历"))
    keys.follow(page.get_by_role("link", name="邀约面试").first, "/invite")
    keys.choose(page.get_by_role("radio").first, page.get_by_label("现场面试"))
    keys.write(page.get_by_label("面试地点"), "天府大道1号3层会议室")
    keys.write(page.get_by_label("联系人"), "招聘专员")
    keys.write(page.get_by_label("联系电话"), "028-55500000")
    keys.follow(page.get_by_role("button", name="发出邀约"), "/agency/applications/")
    see(page, "邀约已发出")


def test_a_seeker_applies_an_agency_invites_and_the_seeker_accepts(visit: Visit, platform: Platform) -> None:
    seeker = Keyboard(visit("/"))
    page = seeker.page
    _search(seeker, "普工")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    seeker.follow(page.get_by_role("link", name="职介", exact=True).first, "/agencies$")
    seeker.follow(page.get_by_role("link", name=re.compile("成都禾桥")).first, "/agencies/")
    seeker.follow(page.get_by_role("article").first.get_by_role("link").first, "/jobs/")
    seeker.follow(page.get_by_role("link", name="立即投递").first, "/login")
    _come_in(seeker, platform)
    _apply(seeker, "江键盘")

    agency = Keyboard(visit("/agency/applications", person="owner"))
    _invite(agency, "江键盘")

    page.reload()
    seeker.follow(page.get_by_role("button", name="接受面试"))
    see(page, "已接受面试")
    assert (seeker.unseen, agency.unseen) == ([], [])


def test_an_auditor_reads_a_posting_and_sends_it_back_with_a_reason(visit: Visit) -> None:
    page = visit("/ops/postings", person="auditor")
    keys = Keyboard(page)
    keys.follow(page.get_by_role("table").get_by_role("link").last, "/ops/postings/")
    keys.write(page.get_by_role("textbox").last, "请写明工作地点和工作时间，再送审一次。")
    keys.follow(page.get_by_role("button", name="驳回"))
    see(page, re.compile("已驳回"))
    assert keys.unseen == []
