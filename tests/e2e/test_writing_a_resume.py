"""A resume written on a phone: in four steps from a job and back, autosaved, on two devices at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Visit
from tests.e2e.people import new_phone, sign_in
from tests.factories.platform import Platform

PHONE = 390


def press(page: Page, name: str) -> None:
    """Send the form of a step and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_newcomer_is_led_from_a_job_through_four_steps_and_back(
    visit: Visit, platform: Platform, scripts: bool
) -> None:
    page = visit("/jobs", PHONE, scripts=scripts)
    with page.expect_navigation():
        page.get_by_role("article").first.get_by_role("link").first.click()
    title = page.get_by_role("heading", level=1).inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="立即投递").first.click()
    sign_in(page, platform, new_phone())
    expect(page.get_by_role("textbox", name="想找的工作")).to_have_value(title)
    with page.expect_navigation():
        page.get_by_role("link", name="用 3 分钟填好简历").click()
    expect(page.get_by_text("第 1 步，共 4 步")).to_be_visible()
    press(page, "下一步")
    page.get_by_role("textbox", name="姓名").fill("林知夏")
    page.get_by_label("随时到岗").check()
    press(page, "下一步")
    page.get_by_label("还没工作过").check()
    if scripts:
        expect(page.get_by_label("最近一份工作的单位")).to_be_hidden()
    press(page, "上一步")
    expect(page.get_by_role("textbox", name="姓名")).to_have_value("林知夏")
    press(page, "下一步")
    expect(page.get_by_label("还没工作过")).to_be_checked()
    press(page, "下一步")
    page.get_by_label("高中").check()
    press(page, "完成")
    expect(page.get_by_role("heading", name="简历可以投递了")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name=f"回到“{title}”").click()
    for box in page.get_by_role("checkbox", name=re.compile("我同意将本简历提供给")).all():
        box.check()
    press(page, "确认投递")
    expect(page.get_by_text("投递成功")).to_be_visible()


@pytest.fixture
def own(visit: Visit) -> Page:
    """The resume of a new person."""
    page = visit("/me/resume", PHONE, person=new_phone())
    expect(page.get_by_role("heading", name="我的简历")).to_be_visible()
    return page


def opened(page: Page, part: str, link: str) -> Locator:
    """Open a part of the page with its form."""
    section = page.get_by_role("region", name=part, exact=True)
    section.get_by_role("link", name=link).click()
    expect(section.get_by_role("button", name="保存", exact=True)).to_be_visible()
    return section


def test_an_entry_is_saved_while_it_is_written_and_once_only(own: Page) -> None:
    job = opened(own, "工作经历", "添加工作经历")
    job.get_by_label("单位名称").fill("蓉江机械")
    expect(job.get_by_text("填好职位、开始时间后自动保存")).to_be_visible()
    job.get_by_label("职位").fill("装配工")
    job.get_by_label("开始时间").fill("2093-01")
    job.get_by_label("开始时间").blur()
    expect(job.get_by_text("开始时间还没有到")).to_be_visible()
    expect(job.get_by_label("开始时间")).to_have_attribute("aria-invalid", "true")
    job.get_by_label("开始时间").fill("2021-01")
    job.get_by_label("开始时间").blur()
    expect(job.get_by_text("已保存")).to_be_visible()
    expect(job.get_by_text("开始时间还没有到")).to_be_hidden()
    job.get_by_label("工作内容").fill("装配减速机")
    job.get_by_role("button", name="保存", exact=True).click()
    expect(job.get_by_text("装配减速机")).to_be_visible()
    expect(job.get_by_role("listitem")).to_have_count(1)


def test_without_a_network_it_is_tried_again(own: Page) -> None:
    section = opened(own, "自我描述", "写自我描述")
    own.context.set_offline(True)
    section.get_by_label("自我描述").fill("踏实肯干，能上夜班。")
    expect(section.get_by_text("会自动再试")).to_be_visible()
    own.context.set_offline(False)
    expect(section.get_by_text("已保存")).to_be_visible(timeout=20_000)
    own.goto("/me/resume")
    expect(own.get_by_role("region", name="自我描述").get_by_text("踏实肯干，能上夜班。")).to_be_visible()


def test_what_was_changed_on_two_devices_is_shown_side_by_side(own: Page) -> None:
    section = opened(own, "自我描述", "写自我描述")
    other = own.context.new_page()
    other.goto("/me/resume/self")
    other.get_by_label("自我描述").fill("别处写的")
    press(other, "保存")
    other.close()
    section.get_by_label("自我描述").fill("这里写的")
    expect(section.get_by_role("alert")).to_contain_text("别处写的")
    expect(section.get_by_label("自我描述")).to_have_value("这里写的")
    section.get_by_role("button", name="用这里写的").click()
    expect(section.get_by_role("link", name="修改自我描述")).to_be_visible()
    expect(section.get_by_text("这里写的")).to_be_visible()
