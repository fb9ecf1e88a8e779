"""A sanction, from its notice to the appeal that lifts it: seen by seekers, by the owner and by two operators."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import new_phone, open_job_of_the_owners_agency, reload_until, see
from tests.factories.platform import Platform
from tests.stories.applicants import applicant, fill_in_registration, register

AGENCY = "成都禾桥"
REASON = "2026 年 11 月多次发布已经招满的职位，经提醒后没有改正。"
APPEAL = "这些职位仍在招聘，用人单位的证明附后。"
ANSWER = "核对用人单位的说明后，职位属实，处置不当。"


def _statuses(platform: Platform, job: str) -> tuple[int, int]:
    """Return the statuses of the job's page, at this path, and of the open API's answer about it."""
    page, answer = (httpx.get(f"{platform.origin}{path}") for path in (job, f"/api/v1{job}"))
    return page.status_code, answer.status_code


def _impose(operator: Page, level: str, name: str) -> str:
    """Impose a sanction on an organisation, or propose a ban. Return its address."""
    operator.get_by_role("link", name="新的处置").click()
    operator.get_by_label("名称或统一社会信用代码").fill(name)
    operator.get_by_role("button", name="查找", exact=True).click()
    operator.get_by_role("link", name=re.compile(name)).first.click()
    operator.get_by_label(level).first.check()
    operator.get_by_label("为什么跳过步骤").fill("同一情况已经电话提醒三次。")
    operator.get_by_label("原因", exact=True).fill(REASON)
    operator.get_by_role("group", name="依据").get_by_role("checkbox").first.check()
    operator.get_by_label("证据摘要").fill("三名求职者到场后被告知职位早已招满。")
    operator.get_by_role("button", name="作出处置").click()
    expect(operator).to_have_url(re.compile(r"/ops/sanctions/[0-9a-f-]{36}$"))
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
    sanction = _impose(operator, "职位下架", AGENCY)
    see(operator, "处置已生效，已通知对方")
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


def test_who_is_banned_by_two_operators_cannot_register_again(visit: Visit, platform: Platform, tmp_path: Path) -> None:
    one = applicant(platform, tmp_path, "成都空樽样例人力资源有限公司")
    owner = visit("/join/agency", 390, person=new_phone())
    register(owner, one, kind="市场化职介")

    first = visit("/ops/sanctions", person="auditor")
    ban = _impose(first, "列入异常名录", one.name)
    see(first, "已提出，等另一位审核员确认后生效", "由您提出，要另一位审核员确认")
    second = visit(urlsplit(ban).path, person="second_auditor")
    second.get_by_role("button", name="确认列入").click()
    see(second, "已确认，处置生效")

    owner.goto("/agency/sanctions")
    owner.get_by_role("link", name="列入异常名录").click()
    see(owner, REASON)
    expect(owner.get_by_label("申诉理由")).to_be_visible()
    again = visit("/join/agency", 390, person=new_phone())
    fill_in_registration(again, one, kind="市场化职介")
    see(again, "不能注册", REASON, "申诉")
    public = visit("/help/bans", 390)
    expect(public.get_by_role("row", name=re.compile(one.credit_code))).to_contain_text(REASON)
