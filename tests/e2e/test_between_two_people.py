"""What one side does reaches the other: withdrawing, rejecting, acting on a page that is out of date, messages."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import apply_to_the_owners_agency, reload_until, see


def _open_in_the_portal(visit: Visit, name: str, width: int = 1280) -> Page:
    agency = visit("/agency/applications", width, person="owner")
    agency.get_by_role("link", name=name).first.click()
    expect(agency.get_by_role("heading", level=1, name=name)).to_be_visible()
    return agency


def test_a_withdrawn_application_closes_the_resume_for_the_agency(visit: Visit) -> None:
    seeker = apply_to_the_owners_agency(visit, "何撤回", width=390)
    agency = _open_in_the_portal(visit, "何撤回")

    seeker.get_by_role("link", name="撤回投递").click()
    seeker.get_by_role("button", name="确定撤回").click()
    see(seeker, "已撤回投递，对方不能再查看您的简历")

    agency.get_by_role("button", name="打开简历").click()
    see(agency, "求职者已撤回这次投递，简历不再提供查看")
    expect(agency.get_by_role("button", name="打开简历")).to_have_count(0)


def test_the_seeker_reads_the_reason_of_a_rejection(visit: Visit) -> None:
    seeker = apply_to_the_owners_agency(visit, "何婉拒")
    agency = _open_in_the_portal(visit, "何婉拒", width=390)
    agency.get_by_role("link", name="标记不合适").click()
    agency.get_by_role("button", name="确定并告知求职者").click()
    see(agency, "请选择一个原因")
    agency.get_by_label("岗位已招满").check()
    agency.get_by_label("给求职者的话").fill("本批已招满，下月再招时欢迎您来。")
    agency.get_by_role("button", name="确定并告知求职者").click()
    see(agency, "原因已告知求职者")

    seeker.reload()
    see(seeker, "岗位已招满", "本批已招满，下月再招时欢迎您来。")


def test_a_click_that_comes_too_late_is_refused_with_the_state_it_met(visit: Visit) -> None:
    apply_to_the_owners_agency(visit, "何迟到")
    one, other = _open_in_the_portal(visit, "何迟到"), _open_in_the_portal(visit, "何迟到")
    one.get_by_role("link", name="标记不合适").click()
    other.get_by_role("link", name="标记不合适").click()
    for page in (one, other):
        page.get_by_label("岗位已招满").check()
    one.get_by_role("button", name="确定并告知求职者").click()
    see(one, "原因已告知求职者")

    other.get_by_role("button", name="确定并告知求职者").click()

    see(other, re.compile("当前状态是“不合适”"))
    expect(other.get_by_role("link", name="标记不合适")).to_have_count(0)


def test_both_sides_are_told_and_led_to_the_application(visit: Visit) -> None:
    seeker = apply_to_the_owners_agency(visit, "何消息", width=390, job=1)
    title = seeker.get_by_role("heading", level=1).inner_text()
    agency = visit("/agency/notifications", person="owner")
    told = agency.get_by_role("button", name=re.compile(rf"未读：\s*收到新的投递.*“{re.escape(title)}”")).first
    reload_until(agency, told)
    told.click()
    expect(agency).to_have_url(re.compile("/agency/applications/"))
    see(agency, "何消息")
    agency.get_by_role("button", name="打开简历").click()

    seeker.get_by_role("navigation", name="底部导航").get_by_role("link", name=re.compile("消息")).click()
    viewed = seeker.get_by_role("button", name=re.compile("未读：.*查看了您的简历"))
    reload_until(seeker, viewed)
    viewed.click()
    expect(seeker).to_have_url(re.compile("/me/applications/"))
    see(seeker, "招聘方查看了简历")


def test_the_seeker_reads_who_looked_at_their_number_and_why(visit: Visit) -> None:
    seeker = apply_to_the_owners_agency(visit, "何联系", width=390)
    agency = _open_in_the_portal(visit, "何联系", width=390)
    agency.get_by_role("button", name="打开简历").click()
    see(agency, "联系方式已隐藏")

    agency.get_by_text("查看联系方式", exact=True).click()
    agency.get_by_role("button", name="显示联系方式").click()
    see(agency, "请选择一个原因")
    agency.get_by_label("其他").check()
    agency.get_by_label("具体说明").fill("确认能否提前到岗")
    agency.get_by_role("button", name="显示联系方式").click()
    see(agency, "联系方式只在这一次显示")
    expect(agency.get_by_text(re.compile(r"^199\d{8}$"))).to_be_visible()

    seeker.goto("/me/resume/accesses")
    look = seeker.get_by_role("listitem").filter(has_text="其他：确认能否提前到岗").first
    expect(look).to_contain_text("查看联系方式")


def test_another_time_is_asked_for_and_the_agency_moves_the_interview(visit: Visit) -> None:
    seeker = apply_to_the_owners_agency(visit, "何改期", width=390)
    agency = _open_in_the_portal(visit, "何改期")
    agency.get_by_role("button", name="打开简历").click()
    agency.get_by_role("link", name="邀约面试").click()
    agency.get_by_label("面试地点").fill("示范路1号2楼")
    agency.get_by_label("如何到达").fill("地铁2号线B口步行300米")
    agency.get_by_label("联系人").fill("周经办")
    agency.get_by_label("联系电话").fill("028-00000000")
    agency.get_by_role("button", name="发出邀约").click()
    see(agency, "邀约已发出")

    seeker.reload()
    see(seeker, "请答复面试邀约", "地铁2号线B口步行300米")
    with seeker.expect_download() as file:
        seeker.get_by_role("link", name="加入日历").click()
    assert file.value.suggested_filename.endswith(".ics")
    seeker.get_by_text("这个时间不合适，申请改时间").click()
    seeker.get_by_role("button", name="提交申请").click()
    see(seeker, "请写明原因")
    seeker.get_by_label("原因").fill("当天已有别的面试")
    seeker.get_by_role("button", name="提交申请").click()
    see(seeker, "您申请改面试时间", "等待职介答复改时间的申请")

    agency.reload()
    see(agency, "求职者申请改面试时间", "当天已有别的面试")
    agency.get_by_role("link", name="改约面试").click()
    see(agency, "求职者希望改时间")
    agency.get_by_role("button", name="发出邀约").click()
    see(agency, "邀约已发出")

    seeker.reload()
    see(seeker, "面试改约", "请答复面试邀约")
    seeker.get_by_role("button", name="接受面试").click()
    see(seeker, "您接受了面试")


def test_a_silent_agency_is_reminded_once(visit: Visit) -> None:
    seeker = visit("/me/applications?group=open", 390, person="seeker")
    silent = seeker.get_by_role("listitem").filter(has_text="已投递").filter(has_text="已超过").first
    title = silent.get_by_role("link").inner_text()
    silent.get_by_role("link").click()
    seeker.get_by_role("button", name="提醒职介处理").click()
    see(seeker, "已提醒职介尽快处理", "您提醒了职介")
    expect(seeker.get_by_role("button", name="提醒职介处理")).to_have_count(0)

    agency = visit("/agency/notifications", person="owner")
    told = agency.get_by_role("button", name=re.compile(rf"求职者提醒您处理投递.*“{re.escape(title)}”")).first
    reload_until(agency, told)
    told.click()
    see(agency, "求职者提醒尽快处理")
