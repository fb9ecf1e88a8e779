"""What an agency publishes is found within seconds, and what it withdraws is gone: through the portal, as people do it."""

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import reload_until, see

TITLE = "榫卯修复师"


def _write_posting(page: Page) -> None:
    page.get_by_label("职位名称").fill(TITLE)
    page.get_by_label("用工类型").select_option(label="全职")
    page.get_by_label("招聘人数").fill("2")
    page.get_by_label("本机构自己招聘").check()
    page.get_by_role("button", name="工作地点").click()
    page.get_by_label("搜索地区").fill("kunshan")
    page.get_by_role("button", name="江苏省苏州市昆山市", exact=True).click()
    page.get_by_label("最低薪资").fill("8000")
    page.get_by_label("最高薪资").fill("11000")
    page.get_by_label("工作内容").fill("修复古建筑的木作构件。")
    page.get_by_label("招聘条件").fill("会看大样图。")
    page.get_by_label("工作条件").fill("白班，每周休息两天。")


def test_a_posting_is_written_published_found_and_withdrawn_again(visit: Visit) -> None:
    agency = visit("/agency/jobs", person="recruiter")
    agency.get_by_role("link", name="发布新职位").first.click()
    _write_posting(agency)
    agency.get_by_role("button", name="保存并去发布").click()
    expect(agency.get_by_role("heading", level=1)).to_contain_text(TITLE)
    agency.get_by_role("button", name="发布", exact=True).click()
    see(agency, "招聘中")

    seeker = visit("/", 390)
    seeker.get_by_role("combobox").first.fill(TITLE)
    seeker.keyboard.press("Enter")
    found = seeker.get_by_role("link", name=TITLE)
    reload_until(seeker, found)

    agency.get_by_role("link", name="下架", exact=True).click()
    agency.get_by_role("dialog").get_by_role("button", name="下架").click()
    see(agency, "已下架")
    reload_until(seeker, found, is_there=False)


def test_a_posting_that_lacks_something_is_kept_as_a_draft_and_says_what(visit: Visit) -> None:
    page = visit("/agency/jobs/new", 390, person="recruiter")
    page.get_by_label("职位名称").fill("竹编师傅")
    page.get_by_label("最低薪资").fill("六千")
    page.get_by_role("button", name="存为草稿").click()
    see(page, "请填写数字，如 8000。")
    expect(page.get_by_label("职位名称")).to_have_value("竹编师傅")
    expect(page.get_by_label("最低薪资")).to_have_value("六千")

    page.get_by_label("最低薪资").fill("6000")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("竹编师傅")
    expect(page.get_by_role("link", name="招聘人数")).to_be_visible()
