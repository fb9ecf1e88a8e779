"""A page in one state, as the kind of person who sees it, and how a browser gets there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Shown:
    """A page in one state. `{}` in `path` is the id in the first matching link on the page `on`."""

    person: str
    route: str
    path: str
    on: str = ""
    note: str = ""
    then: Callable[[Page], None] | None = None  # what to do there first; must be repeatable

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.person, self.route.replace(":", "_"), self.note) if part)


_found: dict[tuple[str, str, str], str] = {}


def address(page: Page, shown: Shown) -> str:
    """Return the page's URL in this platform, looked up once. Raises AssertionError if no link leads there."""
    if not shown.on:
        return shown.path
    key = (shown.person, shown.on, shown.path)
    if key not in _found:
        _found[key] = _look_up(page, shown)
    return _found[key]


def _look_up(page: Page, shown: Shown) -> str:
    kind = shown.path.partition("/{}")[0].rpartition("/")[2]
    form = re.compile(f"/{kind}/({UUID})")
    page.goto(shown.on)
    for link in page.eval_on_selector_all("main a[href]", "all => all.map((one) => one.getAttribute('href'))"):
        if found := form.search(link):
            return shown.path.replace("{}", found.group(1))
    raise AssertionError(f"no link to {shown.path} on {shown.on}")


def go(page: Page, shown: Shown) -> None:
    """Open the page and bring it into its state."""
    page.goto(address(page, shown))
    if shown.then:
        shown.then(page)
