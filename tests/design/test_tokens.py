"""The colours' contrast, computed from the style sheet itself (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from jiuye.design.assets import DESIGN, SOURCE

TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--([a-z0-9-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\);", (DESIGN / "tokens/colour.css").read_text()
    )
}
GROUNDS = ("bg", "surface", "sunken", "tint")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "brand", "brand-strong") for ground in GROUNDS]
TEXT += [("pay", ground) for ground in ("bg", "surface")]
TEXT += [(state, ground) for state in ("ok", "warn", "error", "shop") for ground in ("surface", f"{state}-tint")]
TEXT += [("ink", f"{state}-tint") for state in ("ok", "warn", "error", "shop")]
TEXT += [("on-header", "header"), ("on-header-2", "header"), ("on-header", "header-line"), ("ink", "header-field")]
TEXT += [
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-error", "error"),
    ("on-accent", "badge"),
    ("bg", "ink"),
]
TEXT += [("on-accent", f"accent-{number}") for number in range(1, 7)]
SHAPES = [("control", ground) for ground in GROUNDS] + [("focus", ground) for ground in GROUNDS]
# The contrasts that the visual direction names: the lowest on these grounds, light and dark.
PAGE = ("bg", "surface")
DIRECTION = [
    ("ink", PAGE, 15.0, 14.4),
    ("ink-2", PAGE, 6.5, 8.8),
    ("brand", ("tint",), 7.1, 6.0),
    ("on-header", ("header",), 11.5, 14.6),
    ("pay", PAGE, 5.5, 7.9),
    ("ok", ("ok-tint",), 5.4, 7.0),
    ("warn", ("warn-tint",), 5.8, 7.7),
    ("error", ("error-tint",), 5.6, 6.5),
    ("shop", ("shop-tint",), 4.9, 8.1),
    ("control", PAGE, 3.8, 5.2),
]


def luminance(colour: str) -> float:
    """WCAG's relative luminance of `#RRGGBB`."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str, theme: str) -> float:
    """The ratio of two tokens in a theme."""
    high, low = sorted((luminance(TOKENS[first][theme]), luminance(TOKENS[second][theme])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(ink: str, ground: str, theme: str) -> None:
    assert contrast(ink, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_of_controls_and_focus_stand_out(shape: str, ground: str, theme: str) -> None:
    assert contrast(shape, ground, theme) >= 3


@pytest.mark.parametrize(("ink", "grounds", "light", "dark"), DIRECTION)
def test_the_visual_direction_is_kept(ink: str, grounds: tuple[str, ...], light: float, dark: float) -> None:
    lowest = {theme: min(contrast(ink, ground, theme) for ground in grounds) for theme in ("light", "dark")}
    assert lowest == {"light": pytest.approx(light, abs=0.06), "dark": pytest.approx(dark, abs=0.06)}


def test_colours_are_written_as_tokens_only() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(")
    allowed = {"tokens/colour.css", "base/print.css", "components/dialog/dialog.css"}  # ::backdrop inherits no tokens
    found = [
        str(path.relative_to(DESIGN))
        for path in DESIGN.rglob("*.css")
        if str(path.relative_to(DESIGN)) not in allowed and literal.search(path.read_text())
    ]
    assert found == []


COLOURING = re.compile(
    r"color|background|border(?!-(?:radius|width|spacing|collapse)\b)|outline|shadow|opacity|filter|blend|fill|stroke"
    r"|mask|clip|--(?!k\b|target\b|tab-height\b|width\b)"
)


def rules_about(subject: str, css: str) -> list[str]:
    """The declarations of all rules whose selector names the subject."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    found = re.findall(r"([^{};]+)\{([^{}]*)\}", bare)
    return [one.strip() for selector, body in found if subject in selector for one in body.split(";") if one.strip()]


def test_the_large_look_changes_sizes_and_the_dark_one_colours() -> None:
    """So the browser tests measure contrasts in the light and the dark look, sizes in the light and the large one."""
    styles = {
        str(path.relative_to(SOURCE)): path.read_text() for path in SOURCE.rglob("*.css") if "sandbox" not in path.parts
    }
    large = {name: rules_about("data-size", css) for name, css in styles.items()}
    dark = {name: rules_about("data-theme", css) for name, css in styles.items()}
    assert sum(map(len, large.values())) > 5
    assert {(name, one) for name, rules in large.items() for one in rules if COLOURING.match(one)} == set()
    assert {one for rules in dark.values() for one in rules} <= {"color-scheme: light", "color-scheme: dark"}
    assert [name for name, css in styles.items() if "prefers-color-scheme" in css] == []
