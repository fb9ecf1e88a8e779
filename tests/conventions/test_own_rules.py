"""Rules of ours that no linter knows, for what once was a fault. Ruff's rules S (bandit's), DTZ and LOG know the others."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jiuye.config.env import REPOSITORY

SOURCE = REPOSITORY / "src" / "jiuye"
_CLIENTS = {"httpx", "requests", "urllib.request", "http.client", "aiohttp"}
_MAY_CALL_OUT = ("adapters/", "sandbox/", "runtime/")


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def splits_headers(tree: ast.AST) -> list[int]:
    """The lines where an address from a header is taken apart: `urlsplit` raises ValueError for what is no address."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("urlsplit", "urlparse")
        and any(isinstance(inner, ast.Attribute) and inner.attr in ("headers", "META") for inner in ast.walk(node))
    ]


def test_addresses_in_headers_are_taken_apart_in_one_place() -> None:
    found = {name: lines for name, tree in sources() if (lines := splits_headers(tree))}
    assert found == {}, "use kernel.http.request.sent_from"


def test_one_that_is_taken_apart_elsewhere_is_found() -> None:
    assert splits_headers(ast.parse('urlsplit(request.headers.get("Referer", ""))')) == [1]


def test_only_adapters_call_other_services() -> None:
    found = {
        name: sorted(clients)
        for name, tree in sources()
        if not name.startswith(_MAY_CALL_OUT) and (clients := _CLIENTS & set(_imported(tree)))
    }
    assert found == {}


def test_the_sources_are_read() -> None:
    assert Path(SOURCE, "adapters") in SOURCE.iterdir()
    assert sum(1 for _ in sources()) > 500
