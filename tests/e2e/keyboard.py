"""A person with a keyboard and no mouse: Tab, Enter, Space and letters, with visible focus (bar U6)."""

import re

from playwright.sync_api import Locator, Page, expect

MOST_TABS = 160
# The focused element and whether it can be seen: a ring on it or on its drawn replacement, within the screen and not
# covered by something in front (WCAG 2.2, 2.4.7 and 2.4.11).
LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const drawn = [one, ...(one.labels || []), one.nextElementSibling, one.parentElement].filter(Boolean);
  const ringed = drawn.some((each) => {
    // A card's link draws its ring round the whole card, by what is set after it.
    return [null, "::after"].some((part) => {
      const style = getComputedStyle(each, part);
      return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
    });
  });
  const boxes = [...one.getClientRects(), ...[...(one.labels || [])].flatMap((label) => [...label.getClientRects()])];
  const seen = boxes.some((box) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    const top = document.elementFromPoint(x, y);
    return top && (one.contains(top) || top.contains(one) || [...(one.labels || [])].some((label) => label.contains(top)));
  });
  return {what: one.outerHTML.slice(0, 160), ringed, seen};
}"""


class Keyboard:
    """The keyboard of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def go_to(self, what: Locator) -> None:
        """Press Tab until it has the focus. Raises AssertionError if it is not reached."""
        expect(what).to_be_visible()
        for _ in range(MOST_TABS):
            if what.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            self._look()
        raise AssertionError(f"the keyboard does not reach {what} on {self.page.url}")

    def _look(self) -> None:
        found = self.page.evaluate(LOOK)
        if found and not (found["ringed"] and found["seen"]):
            self.unseen.append(f"{self.page.url}: {found}")

    def follow(self, what: Locator, to: str = "") -> None:
        """Focus it, press Enter, and wait for the page that opens."""
        self.go_to(what)
        with self.page.expect_navigation(url=re.compile(to or ".")):
            self.page.keyboard.press("Enter")

    def write(self, where: Locator, text: str) -> None:
        """Focus the field and type."""
        self.go_to(where)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def tick(self, box: Locator) -> None:
        """Focus a box and press Space; a radio button of a group is reached by the arrows."""
        self.go_to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, first: Locator, wanted: Locator) -> None:
        """Focus a group of radio buttons and choose by the arrow keys."""
        self.go_to(first)
        self.page.keyboard.press("Space")
        for _ in range(20):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {wanted}")
