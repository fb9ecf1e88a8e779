"""Other code uses a domain through the exports of its `actions` and `queries`, never through a module inside them."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import jiuye

SOURCE = Path(jiuye.__file__).parent
ROOMS = frozenset({"actions", "queries"})


def imported_names(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield domain, package and name of every import from a domain's `actions` or `queries`, and of every use as `queries.name`."""
    tree = ast.parse(text)
    packages = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("jiuye.domains."):
            continue
        _, _, domain, *room = (node.module or "").split(".")
        for one in node.names:
            if not room and one.name in ROOMS:
                packages[one.asname or one.name] = domain, one.name
            elif room and room[0] in ROOMS:
                yield domain, ".".join(room), one.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in packages:
            yield *packages[node.value.id], node.attr


def is_exported(domain: str, package: str, name: str) -> bool:
    """Return whether the package itself exports the name: by `__all__`, else as a public name."""
    if package not in ROOMS:
        return False
    module = importlib.import_module(f"jiuye.domains.{domain}.{package}")
    if hasattr(module, "__all__"):
        return name in module.__all__
    return not name.startswith("_") and not isinstance(getattr(module, name), ModuleType)


def test_domains_are_reached_through_what_they_export() -> None:
    inside = [
        f"{path.relative_to(SOURCE)}: {domain}.{package}.{name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for domain, package, name in imported_names(path.read_text(encoding="utf-8"))
        if (SOURCE / "domains" / domain) not in path.parents and not is_exported(domain, package, name)
    ]
    assert inside == []


def test_a_module_inside_is_noticed_however_it_is_imported() -> None:
    text = """
from jiuye.domains.jobs.queries.public import detail
from jiuye.domains.jobs.queries import public
from jiuye.domains.jobs import queries as jobs
jobs.public.detail
"""
    found = list(imported_names(text))
    assert [is_exported(*one) for one in found] == [False] * 3
    assert is_exported("jobs", "queries", "detail")
