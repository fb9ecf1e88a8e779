"""The error workbook: the rejected rows as they were, with reasons, to be corrected and imported again."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jiuye.domains.jobs.sheets.mapping import REASON_HEADER, ROW_HEADER, WORKSHEET_HEADER
from jiuye.domains.jobs.sheets.parsed import Reason
from jiuye.domains.jobs.sheets.template import SAFE_OPTIONS

# Spreadsheet programs draw comments one by one; beyond this many rows colour and the last column must suffice.
ROWS_WITH_COMMENTS = 1000


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A rejected row: its number in the original file, its cells, the reasons, and its worksheet (blank: CSV)."""

    number: int
    cells: Sequence[str]
    reasons: Sequence[Reason]
    worksheet: str = ""


def build_error_workbook(headers: Sequence[str], rejected: Iterable[RejectedRow]) -> bytes:
    """Return an .xlsx with the original columns and three more at the end, which a new import ignores.

    What is to be corrected is marked: the cell, or the whole row if the reason is about none.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, SAFE_OPTIONS) as book:
        sheet = book.add_worksheet("未导入的行")
        head = book.add_format({"bold": True, "bg_color": "#E6EFF8", "border": 1})
        reason_head = book.add_format({"bold": True, "bg_color": "#B3261E", "font_color": "#FFFFFF", "border": 1})
        wrong = book.add_format({"num_format": "@", "bg_color": "#FBE9E7", "font_color": "#B3261E", "border": 1})
        text = book.add_format({"num_format": "@"})
        width = len(headers)
        sheet.set_column(0, max(0, width - 1), 18, text)
        sheet.set_column(width, width, 60)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, head)
        sheet.write_string(0, width, REASON_HEADER, reason_head)
        sheet.write_string(0, width + 1, ROW_HEADER, reason_head)
        sheet.write_string(0, width + 2, WORKSHEET_HEADER, reason_head)
        for position, row in enumerate(rejected, start=1):
            _write_row(sheet, position, row, width, text, wrong)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _write_row(sheet: Worksheet, position: int, row: RejectedRow, width: int, text: Format, wrong: Format) -> None:
    by_column: dict[int, list[str]] = {}
    for reason in row.reasons:
        if reason.column is not None and reason.column < width:
            by_column.setdefault(reason.column, []).append(reason.message)
    # A reason that is about no cell of its own (a state, a default) marks the whole row.
    is_whole = any(reason.column is None or reason.column >= width for reason in row.reasons)
    for column in range(width):
        value = row.cells[column] if column < len(row.cells) else ""
        messages = by_column.get(column)
        if value or messages or is_whole:
            sheet.write_string(position, column, value, wrong if messages or is_whole else text)
        if messages and position <= ROWS_WITH_COMMENTS:
            sheet.write_comment(position, column, "\n".join(messages), {"x_scale": 2})
    sheet.write_string(position, width, "；".join(reason.message for reason in row.reasons))
    sheet.write_number(position, width + 1, row.number)
    sheet.write_string(position, width + 2, row.worksheet)
