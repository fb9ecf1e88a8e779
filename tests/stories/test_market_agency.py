"""A market agency comes in: from the phone number to its first posting in the search."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import new_phone, reload_until, see, sign_in
from tests.factories.platform import Platform
from tests.stories.applicants import (
    UNTIL,
    Applicant,
    accept,
    applicant,
    claim,
    fill_in,
    open_item,
    register,
    submit,
    upload,
)

TITLE = "古琴斫制师"
OTHER_END = "2034-06-30"


def _hand_in_everything(page: Page, one: Applicant) -> None:
    open_item(page, "经办人身份")
    page.get_by_role("link", name="手持身份证照片").click()
    upload(page, one.document("handler_portrait"))
    fill_in(page)
    upload(page, one.document("business_licence"))
    page.get_by_label("长期有效").check()
    fill_in(page, 经营范围=one.facts.scope, 成立日期=one.facts.issued_on.isoformat())
    upload(page, one.document("hr_licence"))
    _state_licence(page, one, OTHER_END)
    upload(page, one.document("authorisation_letter"))
    page.get_by_label("长期有效").check()
    fill_in(page, 被授权人姓名="郑远航", 出具日期="2026-01-05")


def _state_licence(page: Page, one: Applicant, until: str) -> None:
    fill_in(
        page, 许可证编号=one.licence_number, 服务范围="职业中介活动", 发证机关=one.facts.licence_issuer, 有效期至=until
    )


def _complete_the_profile(page: Page) -> None:
    page.get_by_role("link", name="补全机构资料").click()
    page.get_by_label("地址").fill("武侯大道 1 号 3 层")
    page.get_by_label("服务电话").fill("028-55501234")
    page.get_by_label("服务项目").fill("职业介绍、职业指导")
    page.get_by_label("收费情况").fill("不向求职者收费")
    page.get_by_label("监管部门").fill("武侯区人力资源和社会保障局")
    page.get_by_label("监督电话").fill("12333")
    page.get_by_role("button", name="保存").click()
    see(page, "旗舰店已经开放，可以发布职位了")


def _publish_a_posting(page: Page) -> None:
    page.goto("/agency/jobs/new")
    page.get_by_label("职位名称").fill(TITLE)
    page.get_by_label("用工类型").select_option(label="全职")
    page.get_by_label("招聘人数").fill("2")
    page.get_by_label("本机构自己招聘").check()
    page.get_by_role("button", name="工作地点").click()
    page.get_by_label("搜索地区").fill("武侯")
    page.get_by_role("button", name="四川省成都市武侯区", exact=True).click()
    page.get_by_label("最低薪资").fill("8000")
    page.get_by_label("最高薪资").fill("11000")
    page.get_by_label("工作内容").fill("按古法斫制琴面和琴底。")
    page.get_by_label("招聘条件").fill("会看琴谱，做过木作。")
    page.get_by_label("工作条件").fill("白班，每周休息两天。")
    page.get_by_role("button", name="保存并去发布").click()
    page.get_by_role("button", name="发布", exact=True).click()
    see(page, "招聘中")


def test_a_market_agency_comes_in_and_its_first_posting_is_found(
    visit: Visit, platform: Platform, tmp_path: Path
) -> None:
    one = applicant(platform, tmp_path, "成都远帆样例人力资源有限公司")
    agency = visit("/join", 390)
    agency.get_by_role("link", name="职介开店").first.click()
    sign_in(agency, platform, new_phone())
    register(agency, one, kind="市场化职介")
    agency.goto("/agency/jobs")
    see(agency, "逐项提交材料")  # nothing else of the portal is open yet

    _hand_in_everything(agency, one)
    submit(agency)
    see(agency, "目标")

    first = claim(visit, "auditor", one.name)
    see(first, "有差异", UNTIL.isoformat())  # what the register says beside what was typed
    first.get_by_role("button", name="全部标为通过").click()
    licence = first.get_by_role("region", name="人力资源服务许可证", exact=True)
    licence.get_by_label("需补正", exact=True).check()
    licence.get_by_label("需补正的原因").select_option("register_differs")
    first.get_by_role("button", name="退回补正").click()
    see(first, "补正，原因已告知机构")

    agency.goto("/agency/qualification")
    see(agency, "审核退回了几项", "退回原因：与登记机关的记录不一致")
    open_item(agency, "营业执照")
    see(agency, "这一项已经通过，不用再改")
    open_item(agency, "人力资源服务许可证")
    _state_licence(agency, one, UNTIL.isoformat())
    submit(agency)

    accept(visit, "auditor", one.name, says="接下来由另一位审核员复核")
    accept(visit, "second_auditor", one.name, says="机构的资质已生效")

    agency.goto("/agency/qualification")
    see(agency, "资质已通过")
    _complete_the_profile(agency)
    _publish_a_posting(agency)
    seeker = visit("/", 390)
    seeker.get_by_role("combobox").first.fill(TITLE)
    seeker.keyboard.press("Enter")
    reload_until(seeker, seeker.get_by_role("link", name=TITLE))
    seeker.get_by_role("link", name=TITLE).first.click()
    expect(seeker.get_by_role("heading", level=1)).to_contain_text(TITLE)
    see(seeker, one.name)
