"""The shop editor previews while typing, and stores what is saved."""

from playwright.sync_api import expect

from tests.browser import Visit
from tests.e2e.people import see


def test_what_is_typed_shows_in_the_preview_and_what_is_saved_in_the_shop(visit: Visit) -> None:
    page = visit("/agency/shop/sections/achievements", 1280, person="owner")
    entry = page.locator(".shop-entry").last
    entry.get_by_label("年份").fill("2026")
    entry.get_by_label("做了什么").fill("为二百名求职者上门送岗")
    expect(page.locator("#preview")).to_contain_text("为二百名求职者上门送岗")
    page.get_by_role("button", name="保存", exact=True).click()
    see(page, "“业绩”已更新")
    page.get_by_role("link", name="查看公开页面").click()
    page.get_by_role("link", name="服务与团队").click()
    see(page, "为二百名求职者上门送岗")
