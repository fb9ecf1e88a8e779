"""A workbook that would take long to look at is refused before it is: by counts over its parts, in less than two seconds of a processor."""

import resource
from pathlib import Path

import pytest

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from tests.factories.harmful import workbooks
from tests.factories.sheets import HEADERS, ROW, write_xlsx

CPU_SECONDS = 2.5


def read(path: Path) -> int:
    with open_sheet(path) as sheet:
        return sum(1 for _ in sheet.rows)


def refusal(path: Path) -> str:
    with pytest.raises(SheetRefused) as caught:
        read(path)
    return caught.value.code


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a workbook of 6 million blank cells", "too_heavy"),
        ("a workbook of 300,000 worksheets", "too_heavy"),
        ("a workbook of 400 worksheets", "too_many_worksheets"),
        ("a workbook with styles of 9 MB", "too_heavy"),
        ("a workbook that unpacks to 300 MB", "bomb"),
        ("a workbook of 4,000 parts", "bomb"),
    ],
)
def test_it_is_refused_without_being_looked_through(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbooks.SHEETS[name]())
    before = cpu()
    assert refusal(path) == code
    assert cpu() - before < CPU_SECONDS


def test_elements_with_a_namespace_count_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = '<x:c s="1"/>' * 60
    rows = "".join(f'<x:row r="{number}">{cells}</x:row>' for number in range(3, 60_000))
    path.write_bytes(workbooks.with_markup(lambda markup: markup.replace("</sheetData>", f"{rows}</sheetData>")))
    assert refusal(path) == "too_heavy"


def test_visible_worksheets_beyond_the_limit_are_said_not_left_out(tmp_path: Path) -> None:
    more = [f"第{number}张" for number in range(limits.WORKSHEETS - 1)]
    assert read(write_xlsx(tmp_path / "thirty.xlsx", [HEADERS, ROW], more_sheets=more)) == 2 + len(more)
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, ROW], more_sheets=[*more, "最后一张"])
    assert refusal(path) == "too_many_worksheets"


def test_a_blank_area_as_spreadsheet_programs_leave_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbooks.blank_cells(20_000, 40))
    assert read(path) == 2
