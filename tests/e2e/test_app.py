"""Without a network: the offline page, and what was typed comes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Visit, window
from tests.factories.platform import Platform

TEXT = "希望能按地铁站找附近的职位，走路也能到的那种。"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('jiuye.draft'))"


@pytest.fixture
def phone(chromium: Browser, platform: Platform) -> Iterator[Page]:
    """A phone with a browser in which the service worker may run."""
    with window(chromium, platform, 390, service_workers="allow") as context:
        yield context.new_page()


def _keep_worker(page: Page) -> None:
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def _type_feedback(page: Page) -> None:
    page.get_by_label("请说说情况").fill(TEXT)
    page.get_by_label("请说说情况").blur()
    assert len(page.evaluate(DRAFTS)) == 1


def test_without_a_network_a_page_of_ours_says_so_and_the_way_back_works(phone: Page) -> None:
    _keep_worker(phone)
    phone.context.set_offline(True)
    phone.goto("/jobs")
    expect(phone.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    phone.context.set_offline(False)
    with phone.expect_navigation():
        phone.get_by_role("button", name="再试一次").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("全国招聘职位")


def test_nothing_but_the_offline_page_and_files_is_kept(phone: Page) -> None:
    _keep_worker(phone)
    phone.goto("/jobs")
    phone.goto("/feedback")
    kept = phone.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))"
        ".then((all) => all.flat().map((request) => new URL(request.url).pathname))"
    )
    assert "/offline" in kept
    assert all(path == "/offline" or path.startswith("/static/") for path in kept)


def test_what_was_typed_comes_back_and_can_be_thrown_away(visit: Visit) -> None:
    page = visit("/feedback", 390)
    _type_feedback(page)
    page.reload()
    expect(page.get_by_label("请说说情况")).to_have_value(TEXT)
    expect(page.get_by_text("已恢复上次未提交的内容。")).to_be_visible()
    page.get_by_role("button", name="不要这些内容").click()
    expect(page.get_by_label("请说说情况")).to_have_value("")
    page.reload()
    expect(page.get_by_label("请说说情况")).to_have_value("")
    expect(page.get_by_text("已恢复上次未提交的内容。")).to_have_count(0)


def test_sending_without_a_network_loses_nothing_and_says_what_to_do(visit: Visit) -> None:
    page = visit("/feedback")
    page.get_by_label("请说说情况").fill(TEXT)
    page.context.set_offline(True)
    page.get_by_role("button", name="提交反馈").click()
    expect(page.get_by_text("联网后请再提交一次")).to_be_visible()
    expect(page.get_by_label("请说说情况")).to_have_value(TEXT)
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("请说说情况")).to_have_value(TEXT)


def test_what_was_taken_is_forgotten(visit: Visit) -> None:
    page = visit("/feedback")
    page.get_by_label("关于什么").select_option("idea")
    _type_feedback(page)
    with page.expect_navigation():
        page.get_by_role("button", name="提交反馈").click()
    expect(page.get_by_role("heading", name="反馈已收到")).to_be_visible()
    assert page.evaluate(DRAFTS) == []


def test_signing_out_forgets_what_was_typed(visit: Visit) -> None:
    page = visit("/feedback", person="newcomer")
    _type_feedback(page)
    page.goto("/me")
    assert len(page.evaluate(DRAFTS)) == 1
    # Shared with other browser tests: leave this sign-in, do not end it.
    page.route("**/logout", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="退出登录").click()
    page.goto("/feedback")
    expect(page.get_by_label("请说说情况")).to_have_value("")
    assert page.evaluate(DRAFTS) == []
