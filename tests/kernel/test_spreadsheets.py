"""Nobody's text becomes a formula, whatever it begins with; numbers stay numbers (bar S10)."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from jiuye.kernel.spreadsheets import LONGEST, looks_like_a_formula, table, write_csv

STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"]
BEFORE = ["", " ", "\u3000", "'", '"', "“", "\u200b", "\ufeff", " '\" "]
EVIL = [f"{before}{start}HYPERLINK(1)" for start in STARTS for before in BEFORE]
PLAIN = ["", "焊工", "6000-9000元/月", "a=b", "C++ 工程师", "someone@mail.example", "00123", "'焊工'"]


def read_back(content: bytes) -> list[tuple[object, str, bool]]:
    """Return value, type and mark of the cells below the header of the first column."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [(row[0].value, row[0].data_type, bool(row[0].quotePrefix)) for row in sheet.iter_rows(min_row=2)]


def test_text_that_looks_like_a_formula_is_text_and_stays_it_when_it_is_edited() -> None:
    content = table("表", [("列", 10)], [(text,) for text in EVIL])
    cells = read_back(content)
    assert {kind for _, kind, _ in cells} == {"s"}
    assert all(is_marked for _, _, is_marked in cells)
    assert all(str(value).endswith("HYPERLINK(1)") for value, _, _ in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        markup = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/"))
    assert "<f>" not in markup
    assert "<hyperlink" not in markup


def test_other_text_is_as_it_was() -> None:
    cells = read_back(table("表", [("列", 10)], [(text,) for text in PLAIN[1:]]))
    assert cells == [(text, "s", False) for text in PLAIN[1:]]


def test_numbers_stay_numbers() -> None:
    cells = read_back(table("表", [("列", 10)], [(-5,), (3.5,), (Decimal("1.25"),)]))
    assert cells == [(-5, "n", False), (3.5, "n", False), (1.25, "n", False)]


def test_text_that_no_cell_can_hold_is_cut_and_not_left_out() -> None:
    ((value, _, _),) = read_back(table("表", [("列", 10)], [("长" * 40_000,)]))
    assert value == "长" * (LONGEST - 1) + "…"


@pytest.mark.parametrize("text", EVIL)
def test_in_csv_such_text_has_an_apostrophe_in_front(text: str) -> None:
    file = io.StringIO(newline="")
    write_csv(file, [(text, -5, "焊工")])
    file.seek(0)
    assert list(csv.reader(file)) == [["'" + text.replace("\r", "\n"), "-5", "焊工"]]


def test_what_is_no_formula_is_not_taken_for_one() -> None:
    assert [text for text in PLAIN if looks_like_a_formula(text)] == []
