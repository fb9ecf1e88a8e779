"""Sheets of postings as people send them, written by a test and read as the product reads them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from jiuye.domains.jobs.sheets.reading import SheetRow, open_sheet
from jiuye.domains.jobs.sheets.survey import Survey

HEADERS = ["职位名称", "招聘单位", "学历", "经验", "薪资"]
POSTINGS = [
    ["车工", "甲公司", "大专", "3-5年", "6-8K"],
    ["铣工", "", "", "", "7-9K"],
    ["刨工", "", "", "", "8-9K"],
    ["钳工", "乙公司", "本科", "1-3年", "5-6K"],
]
Filled = Callable[[Any, Any], object]


def surveyed(path: Path, chosen: dict[str, int | None] | None = None) -> tuple[Survey, list[SheetRow]]:
    survey = Survey(chosen)
    with open_sheet(path) as sheet:
        return survey, list(survey.rows(sheet))


def rows_of(path: Path) -> list[list[str]]:
    return [row.cells for row in surveyed(path)[1]]


def write(path: Path, fill: Filled) -> Path:
    """A workbook whose one worksheet `fill` writes."""
    with xlsxwriter.Workbook(path) as book:
        fill(book, book.add_worksheet("职位"))
    return path


def put(sheet: Any, rows: Sequence[Sequence[object]], first: int = 0) -> None:
    for number, row in enumerate(rows, first):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
