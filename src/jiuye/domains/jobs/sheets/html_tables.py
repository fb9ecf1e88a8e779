"""Tables of a web page named .xls, as many systems export them: each outer table is a worksheet."""

import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from jiuye.domains.jobs.sheets import csv_text, limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.structure import Merge
from jiuye.domains.jobs.sheets.xml_sheets import FoundSheet

_PIECE = 1024 * 1024
_BREAKS = ("br", "p", "div", "li")
_UNSEEN = ("script", "style", "title")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n]+")


def html_worksheets(path: Path) -> list[FoundSheet]:
    """Return the tables of a page. Raises SheetRefused."""
    reader = _Reader()
    # libxml2 reads what browsers do, in linear time; Python's html.parser is quadratic on unclosed comments.
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    page = csv_text.decode(path.read_bytes()).encode("utf-8", "replace")
    try:
        for start in range(0, len(page), _PIECE):
            parser.feed(page[start : start + _PIECE])
        parser.close()
    except etree.LxmlError as error:
        raise SheetRefused("damaged") from error
    if not any(sheet.rows for sheet in reader.sheets):
        raise SheetRefused("web_page")
    return reader.sheets


class _Reader:
    """A parser target: gets the tags and texts in their order."""

    def __init__(self) -> None:
        self.sheets: list[FoundSheet] = []
        self._depth = 0
        self._unseen = 0
        self._row = 0
        self._text: list[str] | None = None
        self._cells: list[str] = []
        self._across = 1
        self._filled = 0
        self._taken: dict[int, int] = {}
        """Columns that a cell above covers, and up to which row."""

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """Open an element."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(FoundSheet(f"表格{len(self.sheets) + 1}"))
                self._row, self._cells, self._taken = 0, [], {}
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._row += 1
            if self._row > limits.EXCEL_ROWS:
                raise SheetRefused("too_many_rows")
            if _HIDDEN.search(given.get("style", "")):
                self.sheets[-1].structure.hidden_rows.add(self._row)
        elif self._depth == 1 and self._row and tag in ("td", "th"):
            self._end_cell()
            self._start_cell(given)
        elif tag in _BREAKS and self._text:
            self._text.append("\n")

    def end(self, tag: str) -> None:
        """Close an element."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def close(self) -> None:
        """End the page."""

    def data(self, data: str) -> None:
        """Take text."""
        if self._text is not None and not self._unseen:
            self._text.append(_BLANKS.sub(" ", data))

    def _start_cell(self, given: Mapping[str, str]) -> None:
        while self._taken.get(len(self._cells), 0) >= self._row:
            self._cells.append("")
        self._text = []
        across, down = min(_span(given.get("colspan")), limits.COLUMNS), _span(given.get("rowspan"))
        column = len(self._cells)
        self._across = across
        if across == down == 1:
            return
        structure = self.sheets[-1].structure
        structure.merges.append(Merge(self._row, column, self._row + down - 1, column + across - 1))
        if len(structure.merges) > limits.MERGES:
            raise SheetRefused("too_heavy")
        for covered in range(column, min(column + across, limits.COLUMNS)):
            self._taken[covered] = self._row + down - 1

    def _end_cell(self) -> None:
        if self._text is None:
            return
        lines = (line.strip(" \u00a0") for line in "".join(self._text).split("\n"))
        self._text = None
        self._cells.append("\n".join(line for line in lines if line)[: limits.CELL_CHARACTERS])
        self._cells += [""] * (self._across - 1)
        if len(self._cells) > limits.COLUMNS:
            self.sheets[-1].problem = "too_many_columns"
            self._cells = self._cells[: limits.COLUMNS]

    def _end_row(self) -> None:
        self._end_cell()
        if any(self._cells):
            sheet = self.sheets[-1]
            sheet.rows.append((self._row, list(self._cells)))
            sheet.structure.columns = max(sheet.structure.columns, len(self._cells))
            self._filled += 1
            if self._filled > limits.ROWS + limits.LINES_ABOVE_DATA:
                raise SheetRefused("too_many_rows")
        self._cells = []


def _span(written: str | None) -> int:
    digits = (written or "").strip()[:6]
    return min(max(int(digits), 1), limits.EXCEL_ROWS) if digits.isdecimal() else 1
