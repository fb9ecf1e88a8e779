"""The whole job with two people and real processes: found, applied, interviewed, onboarded, each seeing what the other did."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.people import apply_as_newcomer, as_staff, new_phone, sign_in
from tests.factories.platform import OWNER, Platform


def _first_job_of_the_owners_agency(page: Page) -> None:
    """From the shops' list to the first job of the largest shop, the demonstration's first agency."""
    page.get_by_role("link", name=re.compile("成都禾桥")).first.click()
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="立即投递")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_application_goes_from_the_search_to_the_first_day_at_work(
    visit: Visit, platform: Platform, width: int, scripts: bool
) -> None:
    seeker = visit("/agencies", width, scripts=scripts)
    _first_job_of_the_owners_agency(seeker)
    title = seeker.get_by_role("heading", level=1).inner_text()
    seeker.get_by_role("link", name="立即投递").first.click()
    sign_in(seeker, platform, new_phone())
    application = apply_as_newcomer(seeker, "郑试飞", title)
    expect(seeker.get_by_text("等待职介查看简历").first).to_be_visible()

    agency = visit("/login", width, scripts=scripts)
    as_staff(agency, platform, OWNER)
    agency.goto("/agency/applications")
    agency.get_by_role("link", name="郑试飞").first.click()
    agency.get_by_role("button", name="打开简历").click()
    expect(agency.get_by_text("郑试飞").first).to_be_visible()
    seeker.goto(application)
    expect(seeker.get_by_text("招聘方查看了简历")).to_be_visible()

    agency.get_by_role("link", name="邀约面试").first.click()
    agency.get_by_label("面试地点").fill("天府大道1号3层会议室")
    agency.get_by_label("联系人").fill("招聘专员")
    agency.get_by_label("联系电话").fill("028-55500000")
    agency.get_by_role("button", name="发出邀约").click()
    expect(agency.get_by_text("邀约已发出").first).to_be_visible()

    seeker.goto(application)
    expect(seeker.get_by_text("天府大道1号3层会议室").first).to_be_visible()
    seeker.get_by_role("button", name="接受面试").click()
    expect(seeker.get_by_text("已接受面试").first).to_be_visible()

    agency.reload()
    agency.get_by_role("button", name="面试通过", exact=True).click()
    expect(agency.get_by_text("已登记面试通过").first).to_be_visible()
    agency.get_by_role("link", name="通知入职").first.click()
    agency.get_by_label("报到地点").fill("天府大道1号1层前台")
    agency.get_by_label("联系人").fill("人事专员")
    agency.get_by_label("联系电话").fill("028-55500000")
    agency.get_by_role("button", name="发出入职通知").click()
    expect(agency.get_by_text("入职通知已发出").first).to_be_visible()

    seeker.goto(application)
    seeker.get_by_role("button", name="接受入职").click()
    expect(seeker.get_by_text("已接受入职").first).to_be_visible()

    agency.reload()
    agency.get_by_role("button", name="已入职", exact=True).click()
    expect(agency.get_by_text("已登记入职").first).to_be_visible()

    seeker.goto(application)
    expect(seeker.get_by_text("已入职").first).to_be_visible()
    seeker.goto("/me/notifications")
    expect(seeker.get_by_text(re.compile("入职")).first).to_be_visible()
