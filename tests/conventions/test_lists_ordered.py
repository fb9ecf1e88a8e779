"""Lists are ordered: a slice of unordered rows repeats some and loses others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "jiuye"
ORDERING = {"order_by", "earliest", "latest", "distinct_on"}
READS = sorted(
    path
    for folder in ("domains", "search", "notifications", "portals", "api")
    for path in (SOURCE / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def calls_in(chain: ast.expr) -> Iterator[str]:
    """Return the chained method names, last to first."""
    while isinstance(chain, ast.Call | ast.Attribute):
        if isinstance(chain, ast.Call):
            chain = chain.func
        else:
            yield chain.attr
            chain = chain.value


def rows_of(chain: ast.expr) -> str:
    """Return the name at the start of a chain of calls."""
    while isinstance(chain, ast.Call | ast.Attribute):
        chain = chain.func if isinstance(chain, ast.Call) else chain.value
    return chain.id if isinstance(chain, ast.Name) else ""


def unordered_slices(tree: ast.AST) -> Iterator[int]:
    """Return lines that slice rows by [a:b] after a query without an order."""
    ordered = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ORDERING & set(calls_in(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            methods = set(calls_in(node.value))
            cut = methods & {"filter", "exclude", "all", "select_related"} and not methods & ORDERING
            if cut and rows_of(node.value) not in ordered:
                yield node.lineno


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Every module that reads rows, parsed."""
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in READS}


def test_rows_are_cut_only_in_an_order(trees: dict[str, ast.Module]) -> None:
    assert len(trees) > 500
    assert {name: lines for name, tree in trees.items() if (lines := list(unordered_slices(tree)))} == {}


def test_the_rule_sees_what_it_is_for() -> None:
    assert list(unordered_slices(ast.parse("Job.objects.filter(a=1)[:20]"))) == [1]
    assert list(unordered_slices(ast.parse("Job.objects.filter(a=1).order_by('id')[:20]"))) == []


def test_every_paginated_list_ends_its_ordering_with_a_unique_column(trees: dict[str, ast.Module]) -> None:
    """`paginate` needs a total order; the last column must be the row's id."""
    sloppy = []
    for name, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "paginate":
                for keyword in node.keywords:
                    if keyword.arg == "ordering" and isinstance(keyword.value, ast.Tuple):
                        last = ast.literal_eval(keyword.value.elts[-1])
                        if not last.lstrip("-").endswith(("id", "pk")):
                            sloppy.append((name, node.lineno, last))
    assert sloppy == []
