"""A sanction, from its notice to the appeal that lifts it: seen by seekers, by the owner and by two operators."""

import re
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.e2e.people import open_job_of_the_owners_agency, reload_until, see
from tests.factories.platform import Platform

AGENCY = re.compile("成都禾桥")
REASON = "2026 年 11 月多次发布已经招满的职位，经提醒后没有改正。"
APPEAL = "这些职位仍在招聘，用人单位的证明附后。"
ANSWER = "核对用人单位的说明后，职位属实，处置不当。"


def _statuses(platform: Platform, job: str) -> tuple[int, int]:
    """Return the statuses of the job's page, at this path, and of the open API's answer about it."""
    page, answer = (httpx.get(f"{platform.origin}{path}") for path in (job, f"/api/v1{job}"))
    return page.status_code, answer.status_code


def _take_down(operator: Page) -> str:
    """Take the agency's postings down. Return the address of the sanction."""
    operator.get_by_role("link", name="新的处置").click()
    operator.get_by_label("名称或统一社会信用代码").fill("成都禾桥")
    operator.get_by_role("button", name="查找", exact=True).click()
    operator.get_by_role("link", name=AGENCY).click()
    operator.get_by_label("职位下架").check()
    operator.get_by_label("为什么跳过步骤").fill("同一情况已经电话提醒三次。")
    operator.get_by_label("原因", exact=True).fill(REASON)
    operator.get_by_role("group", name="依据").get_by_role("checkbox").first.check()
    operator.get_by_label("证据摘要").fill("三名求职者到场后被告知职位早已招满。")
    operator.get_by_role("button", name="作出处置").click()
    see(operator, "处置已生效，已通知对方")
    return operator.url


def _appeal(owner: Page) -> None:
    owner.get_by_role("link", name="职位下架").first.click()
    see(owner, REASON)
    owner.get_by_label("申诉理由").fill(APPEAL)
    owner.get_by_role("button", name="提交申诉").click()
    see(owner, "处理中", APPEAL)


def _uphold(operator: Page) -> None:
    operator.get_by_label("申诉成立，立即解除处置").check()
    operator.get_by_label("答复").fill(ANSWER)
    operator.get_by_role("button", name="提交决定").click()
    see(operator, "申诉成立，处置已解除")


def test_an_agency_is_taken_down_and_returns_when_another_operator_upholds_its_appeal(
    visit: Visit, platform: Platform
) -> None:
    seeker = visit("/agencies", 390)
    title = open_job_of_the_owners_agency(seeker)
    job = urlsplit(seeker.url).path
    search = visit(f"/jobs?q={title}", 390)
    found = search.locator(f"a[href^='{job}']").first
    reload_until(search, found)
    assert _statuses(platform, job) == (200, 200)

    operator = visit("/ops/sanctions", person="auditor")
    sanction = _take_down(operator)
    reload_until(search, found, is_there=False)
    assert _statuses(platform, job) == (410, 410)
    seeker.reload()
    see(seeker, "已停止招聘")

    owner = visit("/agency/sanctions", person="owner")
    _appeal(owner)
    operator.goto(sanction)
    see(operator, APPEAL, "这项处置由您提出或作出，申诉要由另一位审核员处理")
    expect(operator.get_by_role("button", name="提交决定")).to_have_count(0)
    _uphold(visit(urlsplit(sanction).path, person="second_auditor"))

    owner.reload()
    see(owner, "申诉成立", ANSWER)
    reload_until(search, found)
    assert _statuses(platform, job) == (200, 200)
    seeker.reload()
    expect(seeker.get_by_role("link", name="立即投递").first).to_be_visible()
