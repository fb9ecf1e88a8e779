"""The read model of the search returns data: addresses, links and markup are the portals'."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import jiuye.search

MODULES = sorted(Path(jiuye.search.__file__).parent.glob("*.py"))
PORTALS_ONLY = {"django.shortcuts", "django.template", "django.urls", "markupsafe"}


def _strings(tree: ast.Module) -> Iterator[str]:
    """String constants without docstrings and other bare strings."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_search_builds_no_address_and_no_markup(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for text in _strings(tree) if text.startswith(("/", "?", "<"))] == []
    assert {name for name in _imports(tree) if name in PORTALS_ONLY} == set()
