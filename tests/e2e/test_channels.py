"""A partner app from registration to its end, in two browsers: an operator's and a phone's."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import see
from tests.factories.platform import Platform

CARD = "19900004101"


def go_on(page: Page, button: str) -> None:
    """Send the form and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def switch(page: Page, verb: str, reason: str) -> None:
    """Switch the channel on or off, with the required reason."""
    page.get_by_role("link", name=verb, exact=True).click()
    page.get_by_label("原因").fill(reason)
    go_on(page, f"确认{verb}")


def test_people_come_in_through_a_new_partner_app_until_it_is_switched_off(visit: Visit, platform: Platform) -> None:
    platform.forget_attempts()
    operator = visit("/ops/channels", person="security")
    operator.get_by_role("link", name="登记渠道").click()
    operator.get_by_label("名称").fill("示例新通")
    operator.get_by_label("代码").fill("app-trial")
    operator.get_by_label("网页来源").fill("http://trial.example.cn/app")
    go_on(operator, "登记")
    see(operator, "来源必须以 https:// 开头，其他页面内容可能被改动。")
    operator.get_by_label("网页来源").fill("https://trial.example.cn")
    go_on(operator, "登记")
    see(operator, "目前是停用状态")
    link = operator.get_by_text(re.compile(r"/sso/essc\?channel=app-trial$")).inner_text()

    visitor = visit("/livez", 390)
    visitor.goto(f"{platform.sandbox.url}/phone/{CARD}/home")
    visitor.goto(link)
    see(visitor, "这个应用还不能用来登录")

    switch(operator, "启用", "联调完成")
    visitor.goto(link)
    visitor.get_by_role("button", name="同意").click()
    expect(visitor).to_have_url(re.compile("/me$"))
    operator.reload()
    figures = operator.get_by_role("region", name="登录情况").get_by_role("listitem")
    expect(figures.filter(has_text="近 7 天")).to_contain_text("1")
    expect(figures.filter(has_text="新账号")).to_contain_text("1")

    switch(operator, "停用", "对方停止运营")
    see(operator, "原因：对方停止运营")
    visitor.goto(link)
    see(visitor, "这个应用还不能用来登录")


def test_a_key_can_be_used_at_once_and_not_after_it_was_revoked(visit: Visit, platform: Platform) -> None:
    operator = visit("/ops/channels", person="security")
    operator.get_by_role("link", name="乡音").click()
    go_on(operator, "生成密钥")
    key = operator.get_by_text(re.compile("^jyk_[A-Za-z0-9_-]{43}$")).inner_text()
    answer = operator.request.get("/api/v1/industries", headers={"Authorization": f"Bearer {key}"})
    assert answer.status == 200
    operator.goto(operator.url.removesuffix("/keys"))
    expect(operator.get_by_text(key)).to_have_count(0)
    see(operator, "刚刚用过")
    operator.get_by_role("link", name="吊销").click()
    with operator.expect_navigation():
        operator.get_by_role("dialog").get_by_role("button", name="吊销").click()
    see(operator, "已吊销")
