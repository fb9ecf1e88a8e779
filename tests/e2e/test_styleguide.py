"""The style guide in a real browser: no axe violations, no overflow, targets large enough, working scripts."""

import re
import threading
from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, expect

from jiuye.design import assets
from tests.e2e.axe import DESK, LOOKS, PHONE, in_turn, put_on, resize, sideways, violations

pytestmark = [pytest.mark.e2e, pytest.mark.urls("jiuye.design.urls")]

PAGES = ["/styleguide", "/styleguide/list", "/styleguide/staff", "/styleguide/sign-in"]
TOO_SMALL = """least => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => {
    const look = getComputedStyle(one), box = (one.closest("label") || one).getBoundingClientRect();
    const shown = box.width > 2 && look.visibility !== "hidden" && look.display !== "inline";
    return shown && (box.width < least - 1 || box.height < least - 1);
  }).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 20)}`)"""
Open = Callable[..., Page]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The style guide needs no database: the application on its own port."""
    assets.build()
    with make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visit(chromium: Browser, origin: str) -> Iterator[Open]:
    """Open a path at a width; fails on script errors and violations of the content security policy."""
    contexts, complaints = [], []

    def visit(path: str, width: int = DESK, scripts: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            is_mobile=width < 600,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
        )
        page.goto(origin + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Open, path: str) -> None:
    page = visit(path, PHONE)
    found = {f"{width} px, {look}": violations(page, LOOKS[look]) for width, look in in_turn(page)}
    assert {when: what for when, what in found.items() if what} == {}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_px(visit: Open, path: str) -> None:
    assert sideways(visit(path, PHONE)) == {}


@pytest.mark.parametrize("path", PAGES)
def test_targets_are_large_enough(visit: Open, path: str) -> None:
    page, found = visit(path, PHONE), {}
    for width in (PHONE, DESK):
        resize(page, width)
        for look, least in (("light", 44), ("large", 60)):
            put_on(page, look)
            found[f"{width} px, {look}"] = page.evaluate(TOO_SMALL, least)
    assert {when: what for when, what in found.items() if what} == {}


def test_large_text_and_theme_persist(visit: Open, origin: str) -> None:
    page = visit("/styleguide/list")
    page.get_by_role("button", name="大字版").click()
    page.get_by_role("button", name="主题：跟随系统").click()
    page.get_by_role("button", name="主题：浅色").click()
    page.goto(origin + "/styleguide/staff")
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 29)"


def test_a_region_is_chosen_by_level_with_the_keyboard_alone(visit: Open) -> None:
    page = visit("/styleguide")
    picker = page.get_by_role("button", name=re.compile("^工作地点：")).first
    picker.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="四川省", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="成都市", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="工作地点：四川省成都市锦江区")).to_be_focused()
    assert page.locator("input[name=a-region]").input_value() == "510104"


def test_a_region_is_found_by_pinyin(visit: Open) -> None:
    page = visit("/styleguide", 390)
    page.get_by_role("button", name=re.compile("^工作地点：")).first.click()
    page.get_by_label("搜索地区").fill("kunshan")
    expect(page.get_by_role("button", name="江苏省苏州市昆山市", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="工作地点：江苏省苏州市昆山市")).to_be_visible()


def test_a_dialog_takes_the_focus_and_gives_it_back(visit: Open) -> None:
    page = visit("/styleguide")
    link = page.get_by_role("link", name="撤回投递")
    link.click()
    dialog = page.get_by_role("dialog", name="撤回这次投递？")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_the_drawer_of_filters_opens_takes_focus_and_closes_by_escape(visit: Open) -> None:
    page = visit("/styleguide/list", 390)
    page.get_by_role("link", name="筛选", exact=False).first.click()
    expect(page.get_by_role("region", name="筛选")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="筛选")).to_be_hidden()


def test_shortcuts_walk_the_rows_and_can_be_switched_off(visit: Open) -> None:
    page = visit("/styleguide/staff")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="欧阳志远")).to_be_focused()
    page.keyboard.press("?")
    page.get_by_label("使用快捷键", exact=False).uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_hidden()


def test_choosing_rows_shows_what_can_be_done_with_them(visit: Open) -> None:
    page = visit("/styleguide/staff")
    expect(page.get_by_role("button", name="邀请面试")).to_be_hidden()
    page.get_by_label("全选本页").check()
    expect(page.get_by_text("已选 5 项")).to_be_visible()


def test_after_a_code_is_sent_the_button_counts_down(visit: Open) -> None:
    page = visit("/styleguide/sign-in")
    page.get_by_role("button", name="获取验证码").click()
    expect(page.get_by_role("button", name="秒后可重新获取", exact=False)).to_be_disabled()
    expect(page.get_by_text("验证码已发送")).to_be_visible()


def test_without_scripts_dialogs_drawers_and_regions_still_work(visit: Open) -> None:
    page = visit("/styleguide", scripts=False)
    page.get_by_role("link", name="撤回投递").click()
    expect(page.get_by_role("dialog", name="撤回这次投递？")).to_be_visible()
    page.get_by_role("link", name="取消").first.click()
    expect(page.get_by_role("dialog", name="撤回这次投递？")).to_be_hidden()
    expect(page.locator("select[name=region]")).to_have_value("510000")
    page = visit("/styleguide/list", 390, scripts=False)
    page.get_by_role("link", name="筛选", exact=False).first.click()
    expect(page.get_by_role("region", name="筛选")).to_be_visible()
