"""A first application with a resume that one has already: chosen where one applies, read, seen, confirmed, sent."""

import re

import pytest
from playwright.sync_api import Browser, expect

from bench._first_visit import Hand
from bench._resume_files import layouts
from bench._resume_files.people import BY_KEY
from tests.browser import Visit, window
from tests.e2e.people import new_phone, sign_in
from tests.factories.platform import Platform

MOST_TAPS = 8
ONE = BY_KEY["welder"]
FILE = {"name": "李铁柱简历.docx", "mimeType": "application/octet-stream", "buffer": layouts.form(ONE)}


def test_the_first_application_with_an_uploaded_resume_takes_eight_taps(chromium: Browser, platform: Platform) -> None:
    """From the front page of a phone on which nobody has signed in, as bar U5 counts them."""
    platform.forget_attempts()
    phone = new_phone()
    with window(chromium, platform, 390, has_touch=True) as context:
        page = context.new_page()
        hand = Hand(page)
        page.goto("/")
        newest = page.get_by_role("main").get_by_role("article").get_by_role("link")
        hand.tap(newest.first, "职位", opens=r"/jobs/[0-9a-f-]{36}$")
        hand.tap(page.get_by_role("link", name="立即投递").first, "立即投递", opens="/login")
        hand.write(page.get_by_role("textbox", name="手机号"), "手机号", phone)
        hand.tap(page.get_by_role("button", name="获取验证码"), "获取验证码")
        expect(page.get_by_label("短信验证码")).to_be_visible()
        hand.write(page.get_by_label("短信验证码"), "验证码", platform.code_for(phone))
        hand.tap(page.get_by_role("button", name="登录", exact=True).last, "登录", opens="/apply$")
        hand.taps.append("选择文件")
        page.get_by_label("选择简历文件").set_input_files(FILE)  # type: ignore[arg-type]
        expect(page.get_by_role("heading", name="请看一遍")).to_be_visible()
        expect(page.get_by_text("天津渤海重工集团有限公司")).to_be_visible()
        for consent in page.get_by_label("我同意将本简历提供给", exact=False).all():
            hand.tap(consent, "同意提供简历")
        hand.tap(page.get_by_role("button", name="以上都对"), "确认并投递", opens="/me/applications/")
        expect(page.get_by_text("投递成功").first).to_be_visible()
        page.goto("/me/resume")
        for words in (ONE.name, ONE.jobs[0].employer, ONE.schools[0].school, ONE.about):
            expect(page.get_by_role("main")).to_contain_text(words)
    assert len(hand.taps) <= MOST_TAPS, hand.taps
    assert [one for one in hand.typed if one != "验证码"] == ["手机号"]


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_read_is_confirmed_block_by_block(visit: Visit, platform: Platform, scripts: bool) -> None:
    page = visit("/me/resume", 390, scripts=scripts)
    sign_in(page, platform, new_phone())
    with page.expect_navigation():
        page.get_by_role("link", name="上传已有的简历").click()
    page.get_by_label("选择简历文件").set_input_files(FILE)  # type: ignore[arg-type]
    if not scripts:
        page.get_by_role("button", name="上传并读取").click()
        while page.get_by_role("link", name="刷新看结果").count():
            page.wait_for_timeout(500)
            page.reload()
    expect(page.get_by_role("heading", name="请核对读到的内容")).to_be_visible()
    job = page.get_by_role("region", name="工作经历").filter(has_text="天津渤海")
    with page.expect_navigation():
        job.get_by_role("button", name="对，写进简历").click()
    expect(page.get_by_text("天津渤海重工集团有限公司")).to_have_count(0)
    with page.expect_navigation():
        page.get_by_role("region", name="自我描述").get_by_role("button", name="不要").click()
    with page.expect_navigation():
        page.get_by_role("region", name="教育经历").get_by_role("link", name=re.compile("改一改|补上")).click()
    page.get_by_label("专业").fill("焊接")
    with page.expect_navigation():
        page.get_by_role("button", name="写进简历").click()
    with page.expect_navigation():
        page.get_by_role("button", name="都不要，删除文件").click()
    page.goto("/me/resume")
    expect(page.get_by_role("heading", name="天津渤海重工集团有限公司")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("焊接")
    expect(page.get_by_text(ONE.about)).to_have_count(0)
