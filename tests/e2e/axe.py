"""A page as people see it, at both widths in every look: what axe finds on it, and what is wider than the narrowest phone.

A page is loaded once, as on a phone, and shown as on a desk after that: no script of ours decides by the width or the device.
"""

from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

PHONE, DESK, NARROWEST = 390, 1280, 320
HEIGHT = 844
Rules = dict[str, str | list[str]]
RULES: Rules = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Another look is the same markup in other colours and sizes: only the rules that measure those can find something new.
OF_COLOURS_AND_SIZES: Rules = {
    "type": "rule",
    "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
}
LOOKS = {"light": RULES, "dark": OF_COLOURS_AND_SIZES, "large": OF_COLOURS_AND_SIZES}
# axe 4.12 parses the colour of each layer behind each text: half of its time, for the few colours that a page has.
_PARSE_EACH_COLOUR_ONCE = """(() => {
  const {Color} = axe.commons.color, {parseString} = Color.prototype, known = new Map();
  Color.prototype.parseString = function (text) {
    if (!known.has(text)) known.set(text, new Color(parseString.call(this, text)));
    const {r, g, b, alpha} = known.get(text);
    return Object.assign(this, {r, g, b, alpha});
  };
})()"""
# A line for each place. Only that is carried out of the browser: axe's whole answer is megabytes.
_RUN = """rules => axe.run({iframes: false, runOnly: rules, resultTypes: ["violations"], preload: false}).then((all) =>
  all.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`)))"""
_devices: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def violations(page: Page, rules: Rules = RULES) -> list[str]:
    """What axe finds on the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(_PARSE_EACH_COLOUR_ONCE)
    found: list[str] = page.evaluate(_RUN, rules)
    return found


def put_on(page: Page, look: str) -> None:
    """Change the look in place, as the switches in the header do."""
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.evaluate(
        "look => look === 'large' ? document.documentElement.setAttribute('data-size', 'large')"
        " : document.documentElement.removeAttribute('data-size')",
        look,
    )


def resize(page: Page, width: int) -> None:
    """Make the window as wide as that, in CSS pixels, and a phone's or a desk's.

    Playwright's own `set_viewport_size` would leave a phone's window one, with its scrollbars and its reading of the viewport.
    """
    if page not in _devices:
        _devices[page] = page.context.new_cdp_session(page)
    shape = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": width < DESK}
    _devices[page].send("Emulation.setDeviceMetricsOverride", shape)


def in_turn(page: Page, looks: Iterable[str] = LOOKS) -> Iterator[tuple[int, str]]:
    """Show the page at both widths in every look, one after the other: the width and the look."""
    for width in (PHONE, DESK):
        resize(page, width)
        for look in looks:
            put_on(page, look)
            yield width, look


def sideways(page: Page) -> dict[str, int]:
    """How wide the page is on the narrowest phone, in the looks where it is wider than that."""
    resize(page, NARROWEST)
    widths = {}
    for look in ("light", "large"):
        put_on(page, look)
        widths[look] = page.evaluate("document.documentElement.scrollWidth")
    return {look: width for look, width in widths.items() if width > NARROWEST}
