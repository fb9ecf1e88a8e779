"""The session ends while somebody writes: after signing in again the form is as they left it, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import new_phone, see, sign_in
from tests.factories.platform import Platform

WRITTEN = "六年电焊经验，<持证>，\n能上夜班。"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_what_was_written_survives_the_end_of_the_session(
    visit: Callable[..., Page], platform: Platform, scripts: bool
) -> None:
    phone = new_phone()
    page = visit("/me/resume/self", 390, scripts=scripts, person=phone)
    page.get_by_role("textbox", name="自我").fill(WRITTEN)
    page.context.clear_cookies(name="jiuye_session")

    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile("/login"))
    see(page, "登录已过期", "会填回原处")
    sign_in(page, platform, phone)

    expect(page).to_have_url(re.compile("/me/resume/self$"))
    see(page, "您填写的内容已恢复，请检查后再次提交")
    expect(page.get_by_role("textbox", name="自我")).to_have_value(WRITTEN)
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile("/me/resume(#.*)?$"))
    see(page, "六年电焊经验")


def test_what_is_not_wanted_any_more_is_thrown_away_by_one_press(
    visit: Callable[..., Page], platform: Platform
) -> None:
    phone = new_phone()
    page = visit("/me/resume/self", 1280, scripts=False, person=phone)
    page.get_by_role("textbox", name="自我").fill(WRITTEN)
    page.context.clear_cookies(name="jiuye_session")
    page.get_by_role("button", name="保存").click()
    expect(page).to_have_url(re.compile("/login"))
    sign_in(page, platform, phone)
    see(page, "您填写的内容已恢复")

    page.get_by_role("button", name="不要这些内容").click()

    expect(page.get_by_role("textbox", name="自我")).to_have_value("")
    expect(page.get_by_text("已恢复")).to_have_count(0)


def test_the_browsers_draft_neither_doubles_what_the_server_kept_nor_brings_it_back(
    visit: Callable[..., Page], platform: Platform
) -> None:
    phone = new_phone()
    page = visit("/login", 390)
    sign_in(page, platform, phone)
    page.goto("/me/resume/start/about")
    page.get_by_role("textbox", name="姓名").fill("林小满")
    page.context.clear_cookies(name="jiuye_session")
    page.get_by_role("button", name="下一步").click()
    expect(page).to_have_url(re.compile("/login"))
    sign_in(page, platform, phone)
    see(page, "您填写的内容已恢复")
    expect(page.get_by_text("已恢复上次未提交的内容")).to_have_count(0)

    page.get_by_role("button", name="不要这些内容").click()

    expect(page.get_by_text("已恢复")).to_have_count(0)
    expect(page.get_by_role("textbox", name="姓名")).to_have_value("")
