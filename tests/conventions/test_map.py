"""Every path, module and page named in ARCHITECTURE.md, CONTRIBUTING.md and the other documents exists."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from jiuye.runtime.fingerprints import REPOSITORY, SOURCE

GUIDES = [REPOSITORY / name for name in ("ARCHITECTURE.md", "CONTRIBUTING.md")]
DOCUMENTS = [
    *REPOSITORY.glob("*.md"),
    *(path for folder in ("docs", "src", "findings") for path in (REPOSITORY / folder).rglob("*.md")),
]
PLACES = (REPOSITORY, SOURCE, SOURCE / "domains")
INDENT = 2  # indentation of a folder's contents in the map


def entries_of_the_map() -> Iterator[tuple[Path, str]]:
    """Return the folders and files of the map's lines, with their descriptions."""
    found = re.search(r"^## Map\n+```\n(.*?)^```", GUIDES[0].read_text(), flags=re.M | re.S)
    assert found is not None
    above: dict[int, Path] = {-1: REPOSITORY}
    for line in found[1].splitlines():
        names, _, about = line.strip().partition("  ")
        level = (len(line) - len(line.lstrip())) // INDENT
        for name in re.findall(r"[\w./]+", names):
            above[level] = above[level - 1] / name
            yield above[level], about


def is_there(name: str) -> bool:
    """Return whether a path leads somewhere, from the root or from any folder of the source. `<name>` in it matches any name."""
    pattern = re.sub(r"<\w+>", "*", name.rstrip("/"))
    anywhere = (place.glob(way) for place in PLACES for way in (pattern, f"{pattern}.py"))
    return any(next(found, None) for found in (*anywhere, SOURCE.glob(f"**/{pattern}")))


def in_backticks(document: Path) -> set[str]:
    """Return the code-typed texts of a document, without the arguments of calls."""
    prose = re.sub(r"^```.*?^```", "", document.read_text(), flags=re.M | re.S)
    return {re.sub(r"\(.*", "", code, flags=re.S) for code in re.findall(r"`([^`]+)`", prose)}


@pytest.mark.parametrize(("path", "about"), [pytest.param(*entry, id=entry[0].name) for entry in entries_of_the_map()])
def test_every_line_of_the_map_is_true(path: Path, about: str) -> None:
    assert path.exists()
    named = re.findall(r"(?<![\w<>/.])(?:\w+/)*\w+\.py\b", about)
    assert [name for name in named if not (path / name).exists() and not (SOURCE / name).exists()] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_path_that_a_guide_names_is_there(guide: Path) -> None:
    paths = {code for code in in_backticks(guide) if re.fullmatch(r"[\w.<>-]+(/[\w.<>-]*)+|\w+\.(py|md|toml)", code)}
    assert paths
    assert sorted(path for path in paths if not is_there(path)) == []


def test_every_module_that_the_map_names_is_there() -> None:
    packages = "|".join(path.parent.name for place in PLACES[1:] for path in place.glob("*/__init__.py"))
    dotted = {code for code in in_backticks(GUIDES[0]) if re.fullmatch(rf"(?:{packages})(\.\w+)+(?<!\.py)", code)}
    assert dotted
    assert sorted(name for name in dotted if not resolves(name)) == []


def resolves(dotted: str) -> bool:
    """Return whether a name such as `kernel.clock.now` is a module or something in one."""
    module, _, name = dotted.rpartition(".")
    for place in ("jiuye", "jiuye.domains"):
        try:
            import_module(f"{place}.{dotted}")
            return True
        except ModuleNotFoundError:
            pass
        try:
            if hasattr(import_module(f"{place}.{module}"), name):
                return True
        except ModuleNotFoundError:
            pass
    return False


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(REPOSITORY)))
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []
