"""An employer comes in, works with an agency, and sees nothing more of it after the end."""

from pathlib import Path

import httpx
from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import apply_as_newcomer, new_phone, reload_until, see, sign_in
from tests.factories.platform import Platform
from tests.stories.applicants import (
    FOUNDED,
    UNTIL,
    Applicant,
    accept,
    applicant,
    fill_in,
    open_item,
    register,
    submit,
    upload,
)

PHONE = "19900034001"  # of somebody with a card, who has never been here
NAME = "成都稻香样例食品有限公司"
AGENCY = "成都禾桥"
TITLE = "糕点烘焙师傅"
SEEKER = "尤试工"


def _prove_real_name(page: Page, card: dict[str, str]) -> None:
    """The handler's own name, typed and compared by the authority."""
    open_item(page, "经办人身份")
    page.get_by_role("link", name="姓名和身份证号核验").click()
    page.get_by_role("link", name="去实名").click()
    page.get_by_role("textbox", name="姓名").fill(card["name"])
    page.get_by_role("textbox", name="身份证号").fill(card["id_number"])
    page.get_by_label("我同意将姓名、身份证号").check()
    page.get_by_role("button", name="提交核验").click()
    reload_until(page, page.get_by_role("heading", name="已实名"))
    page.get_by_role("link", name="继续").click()
    page.get_by_role("button", name="我已实名，由我本人办理").click()


def _prove_enterprise(page: Page, one: Applicant, handler: str) -> None:
    """The licence and the authorisation letter."""
    open_item(page, "营业执照")
    upload(page, one.document("business_licence"))
    fill_in(
        page,
        单位全称=one.name,
        统一社会信用代码=one.credit_code,
        经营范围="糕点、面包制造；食品销售",
        成立日期=FOUNDED.isoformat(),
        有效期至=UNTIL.isoformat(),
    )
    open_item(page, "授权书")
    upload(page, one.document("authorisation_letter"))
    fill_in(page, 被授权人姓名=handler, 出具日期="2026-01-05", 授权到期日=UNTIL.isoformat())


def _prove_employment(page: Page) -> None:
    """The authority's record of social insurance, asked for with consent."""
    open_item(page, "在职证明")
    page.get_by_label("我同意平台向人力资源社会保障部门查询").check()
    page.get_by_role("button", name="同意并查询").click()
    open_item(page, "在职证明")
    reload_until(page, page.get_by_text("参保记录：").first)
    page.get_by_label("您的职务").fill("人事主管")
    page.get_by_role("button", name="保存，下一项").click()


def _come_in(visit: Visit, platform: Platform, one: Applicant) -> Page:
    """Register with a new phone, prove the three things, and pass the audit of two people. Return the employer's window."""
    platform.sandbox.insure(PHONE, one.name)
    card = httpx.get(f"{platform.sandbox.url}/phone/{PHONE}/card.json").json()
    employer = visit("/join", 390)
    employer.get_by_role("link", name="企业注册").first.click()
    sign_in(employer, platform, PHONE)
    register(employer, one)
    _prove_real_name(employer, card)
    _prove_enterprise(employer, one, card["name"])
    _prove_employment(employer)
    submit(employer)
    accept(visit, "auditor", one.name, says="接下来由另一位审核员复核")
    accept(visit, "second_auditor", one.name, says="机构的资质已生效")
    employer.goto("/employer/qualification")
    see(employer, "资质已通过")
    return employer


def _ask_for_affiliation(employer: Page) -> None:
    employer.goto("/employer/agencies/find")
    employer.get_by_role("textbox", name="职介名称").fill(AGENCY)
    employer.get_by_role("button", name="查找").click()
    employer.get_by_role("link", name="申请关联").first.click()
    employer.get_by_label("想招的职位").fill("糕点师 2 人")
    employer.get_by_role("button", name="发出申请").click()
    see(employer, "对方答复后会通知您", "等职介答复")


def _carry_its_posting(agency: Page, one: Applicant) -> None:
    """Publish a job under the employer's credit code."""
    agency.goto("/agency/jobs/new")
    agency.get_by_label("职位名称").fill(TITLE)
    agency.get_by_label("用工类型").select_option(label="全职")
    agency.get_by_label("招聘人数").fill("2")
    agency.get_by_label("代其他单位招聘").check()
    agency.get_by_label("用人单位全称").fill(one.name)
    agency.get_by_label("统一社会信用代码").fill(one.credit_code)
    agency.get_by_role("button", name="工作地点").click()
    agency.get_by_label("搜索地区").fill("wuhou")
    agency.get_by_role("button", name="四川省成都市武侯区", exact=True).click()
    agency.get_by_label("最低薪资").fill("6000")
    agency.get_by_label("最高薪资").fill("8000")
    agency.get_by_label("工作内容").fill("烘焙糕点，管理冷库。")
    agency.get_by_label("招聘条件").fill("会看配方。")
    agency.get_by_label("工作条件").fill("早班，每周休息两天。")
    agency.get_by_role("button", name="保存并去发布").click()
    agency.get_by_role("button", name="发布", exact=True).click()
    see(agency, "招聘中")


def _apply(visit: Visit) -> None:
    seeker = visit(f"/jobs?q={TITLE}", 390, person=new_phone())
    found = seeker.get_by_role("link", name=TITLE)
    reload_until(seeker, found.first)
    found.first.click()
    see(seeker, NAME)
    seeker.get_by_role("link", name="立即投递").first.click()
    apply_as_newcomer(seeker, SEEKER, TITLE)


def test_an_employer_comes_in_and_gives_its_opinion_until_the_affiliation_ends(
    visit: Visit, platform: Platform, tmp_path: Path
) -> None:
    one = applicant(platform, tmp_path, NAME)
    employer = _come_in(visit, platform, one)
    employer.goto("/employer/applications")
    see(employer, "还没有投递")

    _ask_for_affiliation(employer)
    agency = visit("/agency/employers", person="owner")
    agency.get_by_role("link", name=NAME).click()
    see(agency, "糕点师 2 人")
    agency.get_by_role("button", name="同意关联").click()
    see(agency, "已同意关联")
    _carry_its_posting(agency, one)
    _apply(visit)

    employer.goto("/employer/applications")
    employer.get_by_role("link", name=SEEKER).click()
    employer.get_by_role("button", name="打开简历").click()
    expect(employer.get_by_role("article", name=f"{SEEKER}的简历")).to_be_visible()
    employer.get_by_label("合适", exact=True).check()
    employer.get_by_label("说明").fill("请约周四来试做一炉。")
    employer.get_by_role("button", name="告知职介").click()
    see(employer, "意见已告知职介")
    application = employer.url

    agency.goto("/agency/applications")
    agency.get_by_role("link", name=SEEKER).click()
    opinions = agency.get_by_role("region", name="企业的意见")
    expect(opinions).to_contain_text("合适")
    expect(opinions).to_contain_text("请约周四来试做一炉。")

    agency.goto("/agency/employers")
    agency.get_by_role("link", name=NAME).click()
    agency.get_by_label("原因").fill("双方的合作到期。")
    agency.get_by_role("button", name="解除关联").click()
    see(agency, "已解除关联")
    employer.goto("/employer/applications")
    see(employer, "还没有投递")
    assert employer.goto(application).status == 404  # type: ignore[union-attr]
