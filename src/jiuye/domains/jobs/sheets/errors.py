"""The error workbook: the rejected rows as they were, with reasons, to be corrected and imported again."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiuye.domains.jobs.sheets.mapping import REASON_HEADER, ROW_HEADER, WORKSHEET_HEADER
from jiuye.domains.jobs.sheets.parsed import Reason
from jiuye.kernel.spreadsheets import Sheet, Style, workbook

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
    with workbook(file) as book:
        sheet = book.sheet("未导入的行")
        head = book.style(bold=True, bg_color="#E6EFF8", border=1)
        reason_head = book.style(bold=True, bg_color="#B3261E", font_color="#FFFFFF", border=1)
        wrong = book.style(num_format="@", bg_color="#FBE9E7", font_color="#B3261E", border=1)
        text = book.style(num_format="@")
        width = len(headers)
        sheet.columns(0, max(0, width - 1), 18, text)
        sheet.columns(width, width, 60)
        for column, header in enumerate(headers):
            sheet.write(0, column, header, head)
        for column, header in enumerate((REASON_HEADER, ROW_HEADER, WORKSHEET_HEADER), start=width):
            sheet.write(0, column, header, reason_head)
        for position, row in enumerate(rejected, start=1):
            _write_row(sheet, position, row, width, text, wrong)
        sheet.freeze(1)
    return file.getvalue()


def _write_row(sheet: Sheet, position: int, row: RejectedRow, width: int, text: Style, wrong: Style) -> None:
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
            sheet.write(position, column, value, wrong if messages or is_whole else text)
        if messages and position <= ROWS_WITH_COMMENTS:
            sheet.comment(position, column, "\n".join(messages))
    sheet.write(position, width, "；".join(reason.message for reason in row.reasons))
    sheet.write(position, width + 1, row.number)
    sheet.write(position, width + 2, row.worksheet)
