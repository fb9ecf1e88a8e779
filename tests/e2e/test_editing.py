"""Editors and agencies at work: a policy from the first line to its withdrawal, a fair from a copy to its cancellation."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.people import new_phone, reload_until, see

TITLE = "灵活就业人员社会保险补贴办法"


def _press(page: Page, name: str) -> None:
    """A button that loads a page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def _follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def test_a_policy_is_written_checked_published_and_withdrawn(visit: Callable[..., Page]) -> None:
    desk = visit("/ops/policies/new", 1280, person="editor")
    desk.get_by_label("标题").fill(TITLE)
    desk.get_by_label("摘要").fill("按实际缴费给予补贴。")
    desk.get_by_label("正文").fill("一、适用对象\n灵活就业并参保的人员。")
    _press(desk, "保存草稿")
    see(desk, "发布前还要补全", "主题、发布机关。")
    _follow(desk, "去填写")
    desk.get_by_label("主题").select_option(label="补贴奖励")
    desk.get_by_label("发布机关").fill("示例市人力资源和社会保障局")
    _press(desk, "保存草稿")
    _follow(desk, "添加申请条件")
    desk.get_by_label("问题").first.fill("您按灵活就业参保了吗？")
    desk.get_by_label("依据").first.fill("第一条")
    _press(desk, "保存")
    _follow(desk, "发布")
    _press(desk, "确认发布")
    see(desk, "已发布，公众现在可以看到。")

    reader = visit(f"/policies?q={TITLE}", 390)
    _follow(reader, TITLE)
    expect(reader.get_by_role("heading", name="一、适用对象", level=2)).to_be_visible()
    _follow(reader, "对照一下")
    see(reader, "您按灵活就业参保了吗？")

    _follow(desk, "撤下")
    desk.get_by_label("撤下的原因").fill("名单有误，更正后重新发布")
    _press(desk, "确认撤下")
    see(desk, "已撤下。修改后可以重新发布。")
    # Another reader: the first one's browser caches public pages for half a minute.
    late = visit(desk.url.replace("/ops/policies/", "/policies/"), 390)
    see(late, "这条政策已撤下", "原因：名单有误，更正后重新发布")


def test_registered_people_are_told_that_a_fair_is_cancelled(visit: Callable[..., Page]) -> None:
    desk = visit("/agency/fairs?view=coming", 1280, person="recruiter")
    _follow(desk, "就近就业社区招聘会")
    _press(desk, "复制一场")
    see(desk, "已复制为新的草稿")
    desk.get_by_label("招聘会名称").fill("周末社区招聘会")
    _press(desk, "保存草稿")
    _follow(desk, "发布")
    _press(desk, "确认发布")
    see(desk, "已发布，求职者可以看到并登记了。")

    seeker = visit(desk.url.replace("/agency/fairs/", "/fairs/"), 390, person=new_phone())
    _follow(seeker, "登记参加")
    _press(seeker, "登记参加")
    see(seeker, "已登记。入场时出示签到码，前一天会提醒您。")

    _follow(desk, "取消招聘会")
    desk.get_by_label("取消的原因").fill("场地临时检修")
    _press(desk, "确认取消")
    see(desk, "已取消，正在通知已登记的 1 人和参会单位。")
    seeker.goto("/me/notifications")
    reload_until(seeker, seeker.get_by_text("您登记的招聘会取消了").first)
    see(seeker, re.compile("场地临时检修"))
    seeker.goto("/me/fairs")
    see(seeker, "周末社区招聘会", "已取消")
