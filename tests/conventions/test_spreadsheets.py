"""Workbooks and CSV are written by `kernel.spreadsheets` alone, where nobody's text becomes a formula (bar S10)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiuye.config.env import REPOSITORY

SOURCE = REPOSITORY / "src" / "jiuye"
HERE = "kernel/spreadsheets.py"
WRITERS = frozenset({"xlsxwriter", "xlwt", "pyexcelerate", "pandas", "polars", "odf", "tablib", "rust_xlsxwriter"})
CSV = frozenset({"writer", "DictWriter"})
KINDS = ("text/csv", "spreadsheetml", "ms-excel", "tab-separated-values")
ALLOWED = {
    "domains/reference/generate/": "writes the data files of the repository from published standards",
}
"""What writes CSV besides, with the reason."""


def written(source: str) -> Iterator[str]:
    """Yield what a module uses that writes for spreadsheet programs."""
    if not any(word in source for word in (*WRITERS, "csv", *KINDS)):
        return
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names if name.name.split(".")[0] in WRITERS)
            case ast.ImportFrom(module=str(module), names=names):
                if module.split(".")[0] in WRITERS:
                    yield module
                if module == "csv":
                    yield from (f"csv.{name.name}" for name in names if name.name in CSV)
            case ast.Attribute(value=ast.Name(id="csv"), attr=name) if name in CSV:
                yield f"csv.{name}"
            case ast.Constant(value=str(text)) if len(text) < 100 and any(kind in text for kind in KINDS):
                yield text


def modules() -> Iterator[Path]:
    return (path for path in sorted(SOURCE.rglob("*.py")) if "sandbox" not in path.parts)


def test_nothing_else_writes_for_spreadsheet_programs() -> None:
    found = {path.relative_to(SOURCE).as_posix(): sorted(set(written(path.read_text()))) for path in modules()}
    allowed = (HERE, *ALLOWED)
    assert {name: uses for name, uses in found.items() if uses and not name.startswith(allowed)} == {}
    assert found[HERE]


@pytest.mark.parametrize(
    "source",
    [
        "import xlsxwriter",
        "from xlsxwriter.format import Format",
        "import csv\ncsv.writer(file)",
        "from csv import DictWriter",
        "KIND = 'text/csv; charset=utf-8'",
    ],
)
def test_another_writer_would_be_noticed(source: str) -> None:
    assert list(written(source))


def test_the_writer_itself_never_lets_the_library_guess() -> None:
    """`write`, `write_row` and others choose a type by the text; `write_formula` and `write_url` make what must not be."""
    called = {
        node.func.attr
        for node in ast.walk(ast.parse((SOURCE / HERE).read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "_sheet"
    }
    assert {name for name in called if name.startswith("write")} == {"write_string", "write_number", "write_comment"}
