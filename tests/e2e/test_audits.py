"""An audit case by keyboard, and without scripts."""

import re

from playwright.sync_api import Page, expect

from jiuye.runtime.processes import wait_until
from tests.browser import Visit


def _where(page: Page) -> str:
    return page.locator("[data-where]").inner_text()


def _open_the_first(page: Page) -> None:
    with page.expect_navigation(url=re.compile("/ops/qualifications/")):
        page.locator(".row-link").first.click()


def test_a_case_is_looked_through_by_keys_alone(visit: Visit) -> None:
    page = visit("/ops/qualifications", person="auditor")
    page.keyboard.press("j")
    with page.expect_navigation(url=re.compile("/ops/qualifications/")):
        page.keyboard.press("Enter")
    page.keyboard.press("o")
    picture = page.locator("[data-page].is-shown img")
    expect(picture).to_be_visible()
    assert _where(page).startswith("1 / ")
    page.keyboard.press("n")
    assert _where(page).startswith("2 / ")
    upright = picture.get_attribute("src")
    page.keyboard.press("r")
    assert picture.get_attribute("src") != upright
    page.keyboard.press("+")
    assert picture.evaluate("one => one.style.width") == "150%"
    page.keyboard.press("p")
    assert _where(page).startswith("1 / ")
    page.keyboard.press("y")
    accepted = page.get_by_role("radio", name="通过")
    assert all(one.is_checked() for one in accepted.all())
    page.keyboard.press("3")
    assert page.locator("#item-hr_licence").evaluate("one => one.contains(document.activeElement)")
    assert "许可证" in _where(page)


def test_keys_do_nothing_while_one_types(visit: Visit) -> None:
    page = visit("/ops/qualifications", person="auditor")
    _open_the_first(page)
    page.keyboard.press("o")
    expect(page.locator("[data-page].is-shown img")).to_be_visible()
    before, address = _where(page), page.url
    page.get_by_label("写备注").focus()
    page.keyboard.type("nnyruA")
    note = page.get_by_label("写备注")
    note.evaluate(
        """one => ["n", "y", "A", "Enter"].forEach((key) => {
          one.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
          one.dispatchEvent(new KeyboardEvent("keydown", {key, isComposing: true, bubbles: true}));
        })"""
    )
    assert note.input_value() == "nnyruA"
    assert (_where(page), page.url) == (before, address)
    assert not any(one.is_checked() for one in page.get_by_role("radio").all())


def test_without_scripts_each_page_and_each_turn_is_a_link(visit: Visit) -> None:
    page = visit("/ops/qualifications", person="auditor", scripts=False)
    _open_the_first(page)
    page.get_by_role("button", name="打开材料").click()
    expect(page.get_by_role("img", name=re.compile("营业执照"))).to_be_visible()
    turned = page.get_by_role("link", name="右转 90 度").first.get_attribute("href")
    upright = page.get_by_role("link", name="原方向").first.get_attribute("href")
    assert turned != upright
    picture = page.url.split("/ops/")[0] + str(turned)
    said: list[tuple[int, str]] = []

    def is_drawn() -> bool:  # 503 while other files are being opened
        answer = page.request.get(picture)
        said.append((answer.status, answer.headers["content-type"]))
        return said[-1] == (200, "image/jpeg")

    assert wait_until(is_drawn, seconds=60, pause=1), said
