"""Axe and overflow checks of a page at both widths in every look.

A page is loaded once, as on a phone, and then shown as on a desktop: none of our scripts depends on the width or
device.
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
# Another look has the same markup in other colours, or in other sizes (tests/design/test_tokens.py): only the rules that
# measure those can find something new. Larger text needs no more contrast than smaller text.
OF_COLOURS: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OF_SIZES: Rules = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
LOOKS = {"light": RULES, "dark": OF_COLOURS, "large": OF_SIZES}
# axe 4.12 parses the colour of each layer behind each text: half of its time, for the few colours of a page.
_PARSE_EACH_COLOUR_ONCE = """(() => {
  const {Color} = axe.commons.color, {parseString} = Color.prototype, known = new Map();
  Color.prototype.parseString = function (text) {
    if (!known.has(text)) known.set(text, new Color(parseString.call(this, text)));
    const {r, g, b, alpha} = known.get(text);
    return Object.assign(this, {r, g, b, alpha});
  };
})()"""
# One line per place: axe's whole result is megabytes.
_RUN = """rules => axe.run({iframes: false, runOnly: rules, resultTypes: ["violations"], preload: false}).then((all) =>
  all.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`)))"""
_devices: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def violations(page: Page, rules: Rules = RULES) -> list[str]:
    """Return axe's violations on the page as shown now."""
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
    """Set the window's width in CSS pixels, as a phone or a desktop.

    Playwright's own `set_viewport_size` would keep a phone's scrollbars and its reading of the viewport.
    """
    if page not in _devices:
        _devices[page] = page.context.new_cdp_session(page)
    shape = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": width < DESK}
    _devices[page].send("Emulation.setDeviceMetricsOverride", shape)


def in_turn(page: Page, looks: Iterable[str] = LOOKS) -> Iterator[tuple[int, str]]:
    """Show the page at both widths in every look; yield width and look."""
    for width in (PHONE, DESK):
        resize(page, width)
        for look in looks:
            put_on(page, look)
            yield width, look


def sideways(page: Page) -> dict[str, int]:
    """Return the page's width at 320 px, in the looks where it is wider."""
    resize(page, NARROWEST)
    widths = {}
    for look in ("light", "large"):
        put_on(page, look)
        widths[look] = page.evaluate("document.documentElement.scrollWidth")
    return {look: width for look, width in widths.items() if width > NARROWEST}
