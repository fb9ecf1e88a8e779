"""Every page at both widths in every look: no axe violations (WCAG 2.2 AA), no horizontal scrolling at 320 px.

With JIUYE_PICTURES=FOLDER a screenshot of each is saved.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import SignedIn, window
from tests.e2e.axe import LOOKS, PHONE, in_turn, put_on, resize, sideways, violations
from tests.e2e.pages import PAGES
from tests.e2e.shown import Shown, go
from tests.factories.platform import Platform

Window = Callable[[str], Page]


@pytest.fixture(scope="module")
def a_window(chromium: Browser, platform: Platform, signed_in: SignedIn) -> Iterator[Window]:
    """A phone's window for each person, reused for the next page."""
    pages: dict[str, Page] = {}

    def find(person: str) -> Page:
        if person not in pages:
            pages[person] = window(chromium, platform, PHONE, storage_state=signed_in(person)).new_page()
        return pages[person]

    yield find
    for page in pages.values():
        page.context.close()


def _take(page: Page, name: str) -> None:
    """Save a screenshot of the whole page, if a folder is given."""
    if folder := os.environ.get("JIUYE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(a_window: Window, shown: Shown) -> None:
    page = a_window(shown.person)
    resize(page, PHONE)
    put_on(page, "light")
    go(page, shown)
    found = {}
    for width, look in in_turn(page):
        found[f"{width} px, {look}"] = violations(page, LOOKS[look])
        _take(page, f"{shown.name}-{width}-{look}")
    assert {when: what for when, what in found.items() if what} == {}
    assert sideways(page) == {}
