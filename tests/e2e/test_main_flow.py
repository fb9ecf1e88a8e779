"""The whole process with two people and real processes: found, applied, interviewed, onboarded, each seeing the other's actions."""

import pytest
from playwright.sync_api import Page

from tests.browser import Visit
from tests.e2e.people import apply_as_newcomer, new_phone, open_job_of_the_owners_agency, see, sign_in
from tests.factories.platform import Platform

BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
BOTH_WIDTHS = pytest.mark.parametrize("width", [390, 1280])


def _invite(agency: Page) -> None:
    agency.get_by_role("link", name="邀约面试").first.click()
    agency.get_by_label("现场面试").check()
    agency.get_by_label("面试地点").fill("天府大道1号3层会议室")
    agency.get_by_label("联系人").fill("招聘专员")
    agency.get_by_label("联系电话").fill("028-55500000")
    agency.get_by_role("button", name="发出邀约").click()
    see(agency, "邀约已发出")


def _notify_onboarding(agency: Page) -> None:
    agency.get_by_role("link", name="通知入职").first.click()
    agency.get_by_label("报到地点").fill("天府大道1号1层前台")
    agency.get_by_label("联系人").fill("人事专员")
    agency.get_by_label("联系电话").fill("028-55500000")
    agency.get_by_role("button", name="发出入职通知").click()
    see(agency, "入职通知已发出")


@BOTH_WIDTHS
@BOTH_WAYS
def test_an_application_goes_from_the_search_to_the_first_day_at_work(
    visit: Visit, platform: Platform, width: int, scripts: bool
) -> None:
    name = f"郑试飞{'甲乙丙丁'[(width == 390) * 2 + scripts]}"
    seeker = visit("/agencies", width, scripts=scripts)
    title = open_job_of_the_owners_agency(seeker)
    seeker.get_by_role("link", name="立即投递").first.click()
    sign_in(seeker, platform, new_phone())
    application = apply_as_newcomer(seeker, name, title)
    see(seeker, "等待职介查看简历")

    agency = visit("/agency/applications", width, scripts=scripts, person="owner")
    agency.get_by_role("link", name=name).first.click()
    agency.get_by_role("button", name="打开简历").click()
    see(agency, name)
    seeker.goto(application)
    see(seeker, "招聘方查看了简历")

    _invite(agency)
    seeker.goto(application)
    see(seeker, "天府大道1号3层会议室")
    seeker.get_by_role("button", name="接受面试").click()
    see(seeker, "已接受面试")

    agency.reload()
    agency.get_by_role("button", name="面试通过", exact=True).click()
    see(agency, "已登记面试通过")
    _notify_onboarding(agency)
    seeker.goto(application)
    see(seeker, "天府大道1号1层前台")
    seeker.get_by_role("button", name="接受入职").click()
    see(seeker, "已接受入职")

    agency.reload()
    agency.get_by_role("button", name="已入职", exact=True).click()
    see(agency, "已登记入职")
    seeker.goto(application)
    see(seeker, "已入职")
