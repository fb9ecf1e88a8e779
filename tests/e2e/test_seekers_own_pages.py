"""A seeker's own pages: saved jobs, history, resume."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import see


def _open_first_job(page: Page) -> str:
    page.get_by_role("article").first.get_by_role("link").first.click()
    title = page.get_by_role("heading", level=1)
    expect(page.get_by_role("link", name="立即投递").first).to_be_visible()
    return title.inner_text()


def test_a_job_is_saved_found_again_and_let_go(visit: Visit) -> None:
    page = visit("/jobs?sort=pay", 390, person="newcomer")
    title = _open_first_job(page)
    page.get_by_role("button", name="收藏", exact=True).click()
    expect(page.get_by_role("button", name="已收藏", exact=True)).to_be_visible()
    page.goto("/me/saved")
    see(page, title)
    page.get_by_role("button", name="取消收藏").first.click()
    see(page, "还没有收藏职位")


def test_without_scripts_saving_asks_first(visit: Visit) -> None:
    page = visit("/jobs?sort=pay", scripts=False, person="seeker")
    title = _open_first_job(page)
    page.get_by_role("link", name="收藏", exact=True).click()
    page.get_by_role("button", name="收藏", exact=True).click()
    see(page, f"已收藏“{title}”")
    page.get_by_role("button", name="取消收藏").click()
    see(page, f"收藏“{title}”？")


def test_what_was_looked_at_is_listed_and_can_be_forgotten(visit: Visit) -> None:
    page = visit("/jobs?sort=newest", 390, person="newcomer")
    with page.expect_response(lambda answer: answer.url.endswith("/viewed")):
        title = _open_first_job(page)
    page.goto("/me/history")
    see(page, title)
    page.get_by_role("link", name="全部清空").click()
    page.get_by_role("button", name="清空", exact=True).click()
    see(page, "还没有浏览记录")


@pytest.mark.parametrize(("width", "scripts"), [(390, True), (1280, False)], ids=["scripts-390", "no-scripts-1280"])
def test_a_part_of_the_resume_keeps_what_was_typed_until_it_is_right(visit: Visit, width: int, scripts: bool) -> None:
    page = visit("/me/resume", width, scripts=scripts, person="newcomer")
    school = f"青石桥职业学院{width}"
    page.get_by_role("region", name="教育经历").get_by_role("link", name="添加教育经历").click()
    page.get_by_label("专业").fill("数控技术")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("专业")).to_have_value("数控技术")

    page.get_by_label("学校名称").fill(school)
    page.get_by_label("学历").select_option(label="大专")
    page.get_by_label("开始时间").fill("2019-09")
    page.get_by_label("结束时间").fill("2022-06")
    page.get_by_role("button", name="保存").click()
    see(page, school)
    page.get_by_role("button", name=f"删除{school}").click()
    page.get_by_role("button", name="撤销删除").click()
    see(page, school)
