"""Search in the browser: suggestions by keyboard and by touch, zones, the remembered region."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import see


def _type(page: Page, text: str) -> None:
    """Type as a person does, and wait for the suggestions."""
    page.get_by_role("combobox", name="职位、技能或公司").press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()


def test_offers_are_walked_through_and_chosen_with_the_keyboard(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox", name="职位、技能或公司")
    expect(box).to_have_attribute("aria-expanded", "false")
    _type(page, "hangong")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))

    box.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(first).to_contain_text("焊工")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "?")
    box.press("ArrowUp")
    expect(first).to_have_attribute("aria-selected", "false")
    box.press("ArrowDown")
    with page.expect_navigation():
        box.press("Enter")
    expect(page.get_by_role("combobox", name="职位、技能或公司")).to_have_value("焊工")


def test_escape_closes_the_offers_and_enter_searches_for_what_was_typed(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox", name="职位、技能或公司")
    _type(page, "hg")
    box.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(box).to_have_value("hg")
    with page.expect_navigation():
        box.press("Enter")
    expect(page).to_have_url(re.compile(r"/jobs\?.*q=hg"))


def test_a_place_among_the_offers_is_gone_to_by_touch(visit: Visit) -> None:
    page = visit("/", 390)
    _type(page, "chengdu")
    with page.expect_navigation():
        page.get_by_role("option", name="四川省成都市").click()
    expect(page).to_have_url(re.compile(r"region=510100"))
    expect(page.get_by_role("heading", level=1)).to_have_text("成都招聘")


def test_the_place_one_searched_in_is_there_the_next_time_with_its_newest_postings(visit: Visit) -> None:
    page = visit("/", 390)
    page.get_by_role("button", name="工作地区").click()
    page.get_by_label("搜索地区").fill("guangdong")
    page.get_by_role("button", name="广东省", exact=True).click()
    with page.expect_navigation():
        page.get_by_role("button", name="搜索").click()
    page.goto("/")
    expect(page.get_by_role("button", name="工作地区：广东省")).to_be_visible()
    expect(page.get_by_role("heading", name="广东最新职位")).to_be_visible()


def test_a_zone_leads_to_its_jobs_without_scripts_too(visit: Visit) -> None:
    page = visit("/", 390, scripts=False)
    page.get_by_role("link", name="零工 / 日结").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("零工 / 日结专区")
    see(page, "用工类型为兼职或临时/零工的岗位")
