"""What browsers load: built when a source changed, small, and complete."""

import gzip
import re
from pathlib import Path

import pytest

from jiuye.design import assets

SCRIPT_BUDGET = 30 * 1024
STYLE_BUDGET = 16 * 1024


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with freshly built assets."""
    target = tmp_path_factory.mktemp("assets")
    assert assets.build(target=target)
    return target


def weight(*paths: Path) -> int:
    """Octets over the wire, by gzip (brotli is less)."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def test_everything_that_layouts_name_is_built(built: Path) -> None:
    assert {path.name for path in built.iterdir()} == {*assets.OUTPUTS, ".sources"}


def test_nothing_is_built_twice_from_the_same_sources(built: Path) -> None:
    assert assets.build(target=built) is False
    assert assets.build(force=True, target=built) is True


def test_a_missing_file_is_built_again(built: Path) -> None:
    (built / "app.js").unlink()
    assert assets.build(target=built) is True


def test_public_pages_carry_no_script_of_those_behind_signing_in(built: Path) -> None:
    assert "navigator.credentials" not in (built / "app.js").read_text()
    assert "navigator.credentials" in (built / "own.js").read_text()


def test_public_pages_carry_no_style_of_those_behind_signing_in(built: Path) -> None:
    assert ".audit-desk" not in (built / "app.css").read_text()
    assert ".audit-desk" in (built / "own.css").read_text()


def test_scripts_lose_what_only_their_readers_need() -> None:
    script = '// Why.\nconst a = () => {\n\n  say("// kept  ");  // kept too\n};\n'
    assert assets.compact(script) == 'const a = () => {\nsay("// kept  ");  // kept too\n};'


def test_a_text_over_several_lines_is_refused_rather_than_changed() -> None:
    with pytest.raises(assets.AssetError):
        assets.compact("const a = `one\n  two`;")


def test_all_scripts_of_a_public_page_together_weigh_less_than_30_kb(built: Path) -> None:
    assert weight(built / "boot.js", built / "htmx.min.js", built / "app.js") <= SCRIPT_BUDGET


@pytest.mark.parametrize("sheet", ["app.css", "own.css"])
def test_each_style_sheet_weighs_less_than_16_kb(built: Path, sheet: str) -> None:
    assert weight(built / sheet) <= STYLE_BUDGET


def test_every_component_style_is_in_the_style_sheet() -> None:
    entry = (assets.DESIGN / "app.css").read_text()
    own = [path.relative_to(assets.DESIGN).as_posix() for path in assets.DESIGN.rglob("*.css")]
    left_out = {path for path in own if f'"{path}"' not in entry} - {"app.css", "styleguide/styleguide.css"}
    assert left_out == set()


def test_styles_use_no_nesting_for_old_web_views() -> None:
    for path in [*assets.DESIGN.rglob("*.css"), *assets.page_styles()]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        assert not re.search(r"^\s*&|[;{]\s*&", text, flags=re.M), path


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = (assets.DESIGN / "components/icon/icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([a-z-]+)"', sprite))
    named = {
        name
        for path in assets.SOURCE.rglob("*.html")
        for name in re.findall(r'(?:ui\.icon\(|icon_button\(|icon=)"([a-z-]+)"', path.read_text())
    }
    assert named - there == set()


def test_a_broken_style_is_reported_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.css"
    broken.write_text("@import url(nowhere.css);")
    monkeypatch.setattr(assets, "page_styles", lambda: [broken])
    with pytest.raises(assets.AssetError, match="style sheet"):
        assets.build(force=True, target=tmp_path)
