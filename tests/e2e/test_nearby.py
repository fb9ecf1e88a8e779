"""Jobs near the visitor, in the browser: with consent, without it, and chosen from the list without scripts."""

import re

from playwright.sync_api import Page, expect

from tests.browser import Visit
from tests.e2e.people import see

PUDONG = {"longitude": 121.5447, "latitude": 31.2222}


def _allow(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(PUDONG)  # type: ignore[arg-type]


def _use_here(page: Page) -> None:
    """Press the button and wait for the jobs."""
    with page.expect_navigation(url=re.compile(r"/jobs\?")):
        page.get_by_role("button", name="用我现在的位置").click()


def test_with_consent_the_nearest_jobs_come_first_and_the_address_tells_nothing(visit: Visit) -> None:
    page = visit("/jobs/near?q=焊工", 390)
    _allow(page)
    _use_here(page)
    expect(page).to_have_url(re.compile(r"/jobs\?q=[^&]+&near=me&sort=distance$"))
    see(page, "我附近 20 公里")
    expect(page.locator(".job-card-distance").first).to_have_text(re.compile(r"约 \d+ 公里"))


def test_a_job_and_the_front_page_know_the_place_until_it_is_cleared(visit: Visit) -> None:
    page = visit("/jobs/near")
    _allow(page)
    _use_here(page)
    with page.expect_navigation():
        page.locator(".job-card .card-link").first.click()
    expect(page.locator("[data-distance]")).to_have_text(re.compile(r"离您(市中心)?约 \d+ 公里"))
    page.goto("/")
    expect(page.get_by_role("heading", name="您附近的最新职位")).to_be_visible()

    page.goto("/jobs/near")
    with page.expect_navigation():
        page.get_by_role("button", name="清除位置").click()
    expect(page.get_by_role("button", name="清除位置")).to_have_count(0)
    page.goto("/")
    expect(page.get_by_role("heading", name="最新职位", exact=True)).to_be_visible()


def test_who_refuses_is_shown_the_other_way(visit: Visit) -> None:
    page = visit("/jobs/near", 390)
    page.get_by_role("button", name="用我现在的位置").click()
    expect(page.get_by_role("status").filter(has_text="选一个地点也一样用")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/jobs/near$"))


def test_a_place_chosen_in_the_picker_is_searched_round(visit: Visit) -> None:
    page = visit("/jobs/near?q=焊工", 390)
    page.get_by_role("button", name="市或区县").click()
    page.get_by_label("搜索地区").fill("pudong")
    page.get_by_role("button", name="上海市浦东新区").click()
    with page.expect_navigation():
        page.get_by_role("button", name="看附近的职位").click()
    expect(page).to_have_url(re.compile(r"near=310115"))
    see(page, "浦东附近 20 公里")


def test_without_scripts_a_place_is_named_in_words(visit: Visit) -> None:
    page = visit("/jobs/near?q=焊工", 390, scripts=False)
    page.get_by_label("市或区县").fill("上海市浦东新区")
    page.get_by_label("多远以内").select_option("50")
    page.get_by_role("button", name="看附近的职位").click()
    see(page, "浦东附近 50 公里")


def test_back_from_a_job_leads_to_the_same_card(visit: Visit) -> None:
    page = visit("/jobs?near=310115&within=50&sort=distance", 390)
    card = page.locator(".job-card .card-link").nth(12)
    card.scroll_into_view_if_needed()
    with page.expect_navigation():
        card.click()
    page.go_back()
    expect(card).to_be_in_viewport()
