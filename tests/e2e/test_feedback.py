"""Feedback between two people: asked on a phone, answered at the desk, read, followed up, rated; and without an account."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.people import new_phone, see

MATTER = "列表翻到第三页后，筛选的区县就没有了。"


def _ask(page: Page, about: str = "网站或应用出了问题") -> None:
    page.get_by_label("关于什么").select_option(label=about)
    page.get_by_label("请说说情况").fill(MATTER)
    page.get_by_role("button", name="提交反馈").click()
    expect(page.get_by_role("heading", name="反馈已收到")).to_be_visible()


def _number(page: Page) -> str:
    found = re.search(r"YJ\d{8}-\w{6}", page.get_by_role("main").inner_text())
    assert found
    return found.group()


def _answer(desk: Page, number: str, text: str) -> None:
    desk.goto(f"/ops/feedback?number={number}")
    desk.get_by_role("row").get_by_role("link").first.click()
    expect(desk.get_by_role("heading", name="状态")).to_be_visible()
    desk.get_by_role("textbox", name="答复").fill(text)
    desk.get_by_role("button", name="发出答复").click()
    see(desk, "已答复，对方会收到通知。")


def test_from_asking_to_satisfaction(visit: Callable[..., Page]) -> None:
    page = visit("/feedback", 390, person=new_phone())
    _ask(page)
    number = _number(page)
    desk = visit("/livez", 1280, person="support")
    _answer(desk, number, "您好，已经修好，请刷新后再试。")

    page.goto(f"/me/feedback/{number}")
    see(page, "您好，已经修好，请刷新后再试。", "已答复")
    page.get_by_label("补充或追问").fill("还有一处：返回时也会丢。")
    page.get_by_role("button", name="发送").click()
    see(page, "已补充，客服会继续处理。", "待答复")
    _answer(desk, number, "这一处也修好了，谢谢您。")

    page.goto(f"/me/feedback/{number}")
    page.get_by_label("5 星，很满意").check()
    page.get_by_role("button", name="提交评价").click()
    see(page, "您的评价：5 星。谢谢。")
    page.get_by_role("button", name="已解决，结束反馈").click()
    see(page, "已结束这条反馈。")
    desk.goto(f"/ops/feedback?number={number}")
    see(desk, "已结束", "5 星")


def test_without_an_account_it_is_found_by_number_and_code(visit: Callable[..., Page]) -> None:
    page = visit("/feedback", 390)
    _ask(page, "改进建议")
    number = _number(page)
    code = page.get_by_text(re.compile(r"^[2-9A-HJ-NP-Z]{8}$")).inner_text()
    other = visit(f"/feedback/{number}", 390)
    expect(other.get_by_label("反馈编号")).to_have_value(number)
    other.get_by_label("查询码").fill(code.lower())
    other.get_by_role("button", name="查询").click()
    see(other, MATTER, "待答复")
