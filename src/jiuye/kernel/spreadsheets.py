"""What is written for spreadsheet programs: workbooks and CSV in which nobody's text becomes a formula or a link (bar S10).

Everything that is written for such programs goes through here (`tests/conventions/test_spreadsheets.py`). In a workbook text is
stored as text; where it looks like a formula the cell is marked so that it stays text when somebody edits it. CSV knows no
types: there such text gets an apostrophe in front. Source: OWASP, CSV Injection.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO, TextIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters in a cell: a limit of the format. Longer text would be left out
_STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫\t\r\n")
_SKIPPED = " \u00a0\u3000\u200b\u200c\u200d\u2060\ufeff'\"‘’“”＇＂`"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}

Value = str | int | float | Decimal | None


def looks_like_a_formula(text: str) -> bool:
    """Return whether a program might take the text for a formula, also behind blanks and quotes."""
    return text[:1] in _STARTS or text.lstrip(_SKIPPED)[:1] in _STARTS


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks, and the same for text that looks like a formula."""

    plain: Format
    guarded: Format


class Sheet:
    """A worksheet that takes text and numbers. Rows and columns are counted from 0."""

    def __init__(self, sheet: Worksheet, usual: Style) -> None:
        self._sheet, self._usual = sheet, usual

    def write(self, row: int, column: int, value: Value, style: Style | None = None) -> None:
        """Write text as text, a number as a number; text is cut at `LONGEST`."""
        style = style or self._usual
        if isinstance(value, int | float | Decimal):
            self._sheet.write_number(row, column, value, style.plain)
            return
        text = value or ""
        if len(text) > LONGEST:
            text = text[: LONGEST - 1] + "…"
        self._sheet.write_string(row, column, text, style.guarded if looks_like_a_formula(text) else style.plain)

    def across(self, row: int, first: int, last: int, text: str, style: Style) -> None:
        """Write one text over several columns."""
        self._sheet.merge_range(row, first, row, last, "", style.plain)
        self.write(row, first, text, style)

    def comment(self, row: int, column: int, text: str) -> None:
        """Add a comment, twice as wide as usual."""
        self._sheet.write_comment(row, column, text[:LONGEST], {"x_scale": 2})

    def columns(self, first: int, last: int, width: int, style: Style | None = None) -> None:
        """Set the width of columns, and how their empty cells look."""
        self._sheet.set_column(first, last, width, style.plain if style else None)

    def height(self, row: int, height: int) -> None:
        """Set the height of a row in points."""
        self._sheet.set_row(row, height)

    def freeze(self, rows: int, columns: int = 0) -> None:
        """Keep the first rows and columns in view."""
        self._sheet.freeze_panes(rows, columns)

    def filter(self, last_row: int, last_column: int) -> None:
        """Offer to filter by the first row."""
        self._sheet.autofilter(0, 0, last_row, last_column)

    def validate(self, first_row: int, last_row: int, column: int, rule: Mapping[str, object]) -> None:
        """Offer choices in a column (xlsxwriter's `data_validation`)."""
        self._sheet.data_validation(first_row, column, last_row, column, dict(rule))


class Book:
    """A workbook that is being written."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._usual = self.style()

    def style(self, **properties: Any) -> Style:
        """Return a style of xlsxwriter's properties."""
        return Style(self._book.add_format(properties), self._book.add_format({**properties, "quote_prefix": True}))

    def sheet(self, name: str) -> Sheet:
        """Add a worksheet. `name` is ours: at most 31 characters."""
        return Sheet(self._book.add_worksheet(name), self._usual)


@contextmanager
def workbook(file: BinaryIO) -> Iterator[Book]:
    """Write a workbook into a file: `with workbook(file) as book: …`."""
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        yield Book(book)


def table(name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a workbook with one table. `columns`: headers and widths in characters."""
    file = io.BytesIO()
    with workbook(file) as book:
        sheet = book.sheet(name)
        head = book.style(bold=True, bg_color="#E6EFF8", border=1)
        text, figure = book.style(num_format="@"), book.style()
        for column, (label, width) in enumerate(columns):
            sheet.columns(column, column, width, text)
            sheet.write(0, column, label, head)
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write(number, column, value, text if isinstance(value, str) else figure)
        sheet.freeze(1)
        sheet.filter(max(number, 1), len(columns) - 1)
    return file.getvalue()


def write_csv(file: TextIO | io.TextIOBase, rows: Iterable[Sequence[object]]) -> None:
    """Write lines of CSV. Numbers and dates stay as they are, text that looks like a formula gets an apostrophe in front."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([_as_text(value) for value in row] for row in rows)


def _as_text(value: object) -> object:
    if not isinstance(value, str):
        return value
    # The csv module quotes a lone CR only since Python 3.13: it would begin a line of its own.
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if looks_like_a_formula(value) else text
