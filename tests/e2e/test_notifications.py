"""The notification centre and its preferences, in the browser."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Visit
from tests.e2e.people import see


def first_message(page: Page) -> tuple[Locator, str]:
    """The newest thread of the list, and the title of its newest message."""
    thread = page.locator(".message").first
    return thread, thread.locator(".message-title").first.inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_message_is_deleted_and_brought_back(visit: Visit, scripts: bool) -> None:
    page = visit("/me/notifications?group=interviews", 390, scripts=scripts, person="seeker")
    thread, title = first_message(page)
    with page.expect_navigation():
        thread.locator(".message-acts").get_by_role("button", name="删除").click()
    see(page, "已删除 1 条消息。")
    expect(page).to_have_url(re.compile("group=interviews"))
    with page.expect_navigation():
        page.get_by_role("button", name="撤销").click()
    see(page, "已撤销。")
    assert first_message(page)[1] == title


def test_what_is_about_the_same_opens_under_its_newest_message(visit: Visit) -> None:
    page = visit("/me/notifications?group=jobs", person="seeker")
    folded = page.locator(".message-earlier").first
    expect(folded.locator(".message-before").first).to_be_hidden()
    folded.locator("summary").press("Enter")
    expect(folded.locator(".message-before").first).to_be_visible()
    with page.expect_navigation():
        folded.locator(".message-before .message-open").first.click()
    expect(page).to_have_url(re.compile("/me/searches$"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_chooses_what_to_be_told_and_when(visit: Visit, scripts: bool) -> None:
    page = visit("/me/notifications/preferences", 390, scripts=scripts, person="seeker")
    looks = page.get_by_role("group", name="简历被查看").get_by_label("站内")
    looks.uncheck()
    page.get_by_label("到了勿扰时段").check()
    page.get_by_label("从", exact=True).select_option("20:00")
    page.get_by_label("到", exact=True).select_option("20:00")
    with page.expect_navigation():
        page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("勿扰时段要在 1 到 14 小时之间")
    expect(looks).not_to_be_checked()
    page.get_by_label("到", exact=True).select_option("07:00")
    with page.expect_navigation():
        page.get_by_role("button", name="保存").click()
    see(page, "已保存，对还没发出的消息也生效。")
    expect(looks).not_to_be_checked()
    looks.check()
    page.get_by_label("不设勿扰").check()
    with page.expect_navigation():
        page.get_by_role("button", name="保存").click()
    expect(looks).to_be_checked()


def test_the_front_page_recommends_until_that_is_switched_off(visit: Visit) -> None:
    page = visit("/", person="seeker")
    see(page, "为您推荐")
    with page.expect_navigation():
        page.get_by_role("link", name="说明与关闭").click()
    with page.expect_navigation():
        page.get_by_role("button", name="关闭个性化推荐").click()
    see(page, "现在：已关闭")
    with page.expect_response(re.compile("/home/for-you")) as asked:
        page.goto("/")
    assert asked.value.status == 204
    expect(page.get_by_text("为您推荐")).to_have_count(0)
    page.goto("/me/privacy/recommendations")
    with page.expect_navigation():
        page.get_by_role("button", name="打开个性化推荐").click()
    see(page, "现在：已打开")
