"""A review between two people: who was answered writes it, the agency replies, everybody reads both."""

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import apply_to_the_owners_agency, reload_until, see


def _rejected(visit: Visit, name: str) -> Page:
    agency = visit("/agency/applications", 1280, person="owner")
    agency.get_by_role("link", name=name).first.click()
    agency.get_by_role("link", name="标记不合适").click()
    agency.get_by_label("岗位已招满").check()
    agency.get_by_role("button", name="确定并告知求职者").click()
    see(agency, "原因已告知求职者")
    return agency


def test_who_was_answered_reviews_the_agency_and_reads_its_reply(visit: Visit) -> None:
    seeker = apply_to_the_owners_agency(visit, "何评价", width=390)
    seeker.goto("/me/reviews")
    see(seeker, "还没有可以评价的机构")
    agency = _rejected(visit, "何评价")

    seeker.reload()
    seeker.get_by_role("link", name="写评价").first.click()
    seeker.get_by_role("button", name="提交评价").click()
    see(seeker, "请选择 1 到 5 星")
    seeker.get_by_label("4 星，满意").check()
    seeker.get_by_label("回复快").check()
    seeker.get_by_label("经过和感受").fill("当天就说明了原因，挺清楚。")
    seeker.get_by_role("button", name="提交评价").click()
    see(seeker, "谢谢您的评价", "当天就说明了原因，挺清楚。")

    agency.goto("/agency/reviews?view=unanswered")
    reload_until(agency, agency.get_by_text("当天就说明了原因，挺清楚。"))
    agency.get_by_role("link", name="回复：求职者 何").first.click()
    agency.get_by_label("回复").fill("谢谢您，有合适的岗位会再联系您。")
    agency.get_by_role("button", name="保存回复").click()
    see(agency, "已回复，作者会收到通知")

    seeker.goto("/me/notifications")
    reload_until(seeker, seeker.get_by_text("回复了您的评价").first)
    seeker.goto("/me/reviews")
    see(seeker, "谢谢您，有合适的岗位会再联系您。")
    seeker.get_by_role("link", name="成都禾桥").first.click()
    expect(seeker.get_by_text("求职者 何*").first).to_be_visible()
