"""Every page at both widths in every look: nothing for axe to find (WCAG 2.2 AA), nothing to scroll sideways at 320 px.

With JIUYE_PICTURES=FOLDER each is also taken as a picture, for people to look at.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import SignedIn, window
from tests.e2e.pages import PAGES, Shown, go
from tests.factories.platform import Platform

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Another look is the same markup in other colours and sizes: only the rules that measure those can find something new.
OF_COLOURS_AND_SIZES = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
LOOKS = {
    "light": {"type": "tag", "values": RULES},
    "dark": {"type": "rule", "values": OF_COLOURS_AND_SIZES},
    "large": {"type": "rule", "values": OF_COLOURS_AND_SIZES},
}
Window = Callable[[str, int], Page]


@pytest.fixture(scope="module")
def a_window(chromium: Browser, platform: Platform, signed_in: SignedIn) -> Iterator[Window]:
    """One window for each person and width, kept for the next page."""
    pages: dict[tuple[str, int], Page] = {}

    def find(person: str, width: int) -> Page:
        if (person, width) not in pages:
            pages[person, width] = window(chromium, platform, width, storage_state=signed_in(person)).new_page()
        return pages[person, width]

    yield find
    for page in pages.values():
        page.context.close()


def put_on(page: Page, look: str) -> None:
    """Change the look in place, as the switches in the header do."""
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.evaluate(
        "look => look === 'large' ? document.documentElement.setAttribute('data-size', 'large')"
        " : document.documentElement.removeAttribute('data-size')",
        look,
    )


def _complaints(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds, a line for each place. Only that is carried out of the browser: its whole answer is megabytes."""
    found: list[str] = page.evaluate(
        """rules => axe.run({runOnly: rules, resultTypes: ["violations"], preload: false}).then((all) =>
          all.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`)))""",
        rules,
    )
    return found


def _sideways(page: Page) -> dict[str, int]:
    """How wide the page is on the narrowest phone, in the looks where it is wider than that."""
    page.set_viewport_size({"width": 320, "height": 844})
    widths = {}
    for look in ("light", "large"):
        put_on(page, look)
        widths[look] = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 390, "height": 844})
    return {look: width for look, width in widths.items() if width > 320}


def _take(page: Page, name: str) -> None:
    """The whole page as a file, where a folder is given."""
    if folder := os.environ.get("JIUYE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(a_window: Window, shown: Shown, width: int) -> None:
    page = a_window(shown.person, width)
    go(page, shown)
    page.evaluate(AXE_SCRIPT)
    found = {}
    for look, rules in LOOKS.items():
        put_on(page, look)
        found[look] = _complaints(page, rules)
        _take(page, f"{shown.name}-{width}-{look}")
    sideways = _sideways(page) if width == 390 else {}
    put_on(page, "light")
    assert found == {look: [] for look in LOOKS}
    assert sideways == {}
