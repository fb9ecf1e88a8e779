"""From a posting: report it and see the result; compare it with another; share it."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import new_phone, see, sign_in
from tests.factories.platform import Platform


def first_job(page: Page) -> str:
    """Open the first posting of the list; its title."""
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="举报这个职位")).to_be_visible()
    return page.get_by_role("heading", level=1).inner_text()


def test_a_posting_is_reported_without_scripts_and_banned_and_the_answer_is_read(
    visit: Visit, platform: Platform
) -> None:
    page = visit("/jobs?sort=newest", 390, scripts=False)
    title = first_job(page)
    address = page.url
    page.get_by_role("link", name="举报这个职位").click()
    sign_in(page, platform, new_phone())
    page.get_by_label("冒充或假冒单位").check()
    page.get_by_label("具体情况").fill("总机说没有委托过这家机构招聘。")
    page.get_by_role("button", name="提交举报").click()
    see(page, "已收到您的举报", "处理中")

    desk = visit(f"/ops/reports/{address.rpartition('/')[2]}", person="auditor")
    see(desk, title, "总机说没有委托过这家机构招聘。")
    desk.get_by_label("举报属实，立即封禁这个职位").check()
    desk.get_by_label("说明").fill("核对了委托书，属于冒充。")
    desk.get_by_role("button", name="提交决定").click()
    see(desk, "结果已通知举报人")

    page.reload()
    see(page, "举报属实", "核对了委托书，属于冒充。")
    # Asked from the other browser: public pages stay in the first one's cache for half a minute.
    assert desk.goto(address).status == 404  # type: ignore[union-attr]


def test_what_is_chosen_for_comparing_is_remembered_on_the_next_posting(visit: Visit) -> None:
    page = visit("/jobs?sort=pay")
    page.get_by_role("article").nth(1).get_by_role("link").first.click()
    page.get_by_role("link", name="对比", exact=True).click()
    see(page, "职位对比 1/3")
    page.goto("/jobs?sort=pay")
    page.get_by_role("article").nth(3).get_by_role("link").first.click()
    page.get_by_role("link", name="对比 2/3").click()
    see(page, "职位对比 2/3")
    page.get_by_role("link", name=re.compile("^移除")).first.click()
    see(page, "职位对比 1/3")


def test_the_address_and_its_code_are_there_without_scripts(visit: Visit) -> None:
    page = visit("/jobs", 390, scripts=False)
    first_job(page)
    page.get_by_text("分享", exact=True).click()
    see(page, page.url)
    expect(page.get_by_role("img", name=re.compile("二维码"))).to_be_visible()
