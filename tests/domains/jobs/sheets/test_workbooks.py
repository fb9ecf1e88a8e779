"""The workbooks we hand out: the template, and the rows that did not come in."""

from datetime import date
from pathlib import Path

import openpyxl

from jiuye.domains.jobs.sheets.errors import RejectedRow, build_error_workbook
from jiuye.domains.jobs.sheets.fields import LEGAL, TEMPLATE_FIELDS
from jiuye.domains.jobs.sheets.mapping import guess_mapping
from jiuye.domains.jobs.sheets.parsed import ParsedPosting, Reason
from jiuye.domains.jobs.sheets.reading import SheetRow, open_sheet
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.rows import parse_row
from jiuye.domains.jobs.sheets.template import EXAMPLE_MARK, build_template, is_example
from tests.factories.sheets import HEADERS, ROW


def read_back(path: Path, workbook: bytes) -> list[SheetRow]:
    path.write_bytes(workbook)
    with open_sheet(path) as sheet:
        return list(next(sheet.worksheets).rows)


def test_the_template_is_read_by_its_own_names(tmp_path: Path) -> None:
    header, *_ = read_back(tmp_path / "t.xlsx", build_template())
    mapping = guess_mapping(header.cells, [])
    assert mapping == {field.code: column for column, field in enumerate(TEMPLATE_FIELDS)}
    assert set(LEGAL) <= mapping.keys()


def test_the_templates_example_is_marked_and_would_be_a_complete_posting(tmp_path: Path) -> None:
    header, example = read_back(tmp_path / "t.xlsx", build_template())
    assert is_example(example.cells)
    parsed = parse_row(example.cells, guess_mapping(header.cells, []), {}, reference_vocabulary(), date(2026, 3, 1))
    assert isinstance(parsed, ParsedPosting), parsed
    assert parsed.missing == ()
    assert parsed.title.startswith(EXAMPLE_MARK)


def test_the_template_offers_lists_and_explains_every_column(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(build_template())
    book = openpyxl.load_workbook(path)
    lists = [validation.formula1 for validation in book["职位"].data_validations.dataValidation]
    assert any("劳务派遣" in choices for choices in lists)
    assert [row[0].value for row in book["填写说明"].iter_rows(min_row=2, max_row=1 + len(TEMPLATE_FIELDS))] == [
        field.label for field in TEMPLATE_FIELDS
    ]


def test_an_error_workbook_keeps_the_row_and_says_why_in_the_cell_and_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    rejected = RejectedRow(12, ROW, [Reason("pay", 3, "没有写明单位"), Reason("headcount", 4, "请写数字")], "社招")
    path.write_bytes(build_error_workbook(HEADERS, [rejected]))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    first, second = list(sheet.iter_rows())
    assert [cell.value for cell in first] == [*HEADERS, "未导入原因", "原行号", "原工作表"]
    assert [cell.value for cell in second] == [*ROW, "没有写明单位；请写数字", 12, "社招"]
    assert second[3].comment is not None
    assert "没有写明单位" in second[3].comment.text
    assert second[3].fill.fgColor.rgb != second[2].fill.fgColor.rgb


def test_a_reason_about_no_cell_marks_the_whole_row(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    rows = [
        RejectedRow(2, ROW, [Reason("external_code", None, "审核中")]),
        RejectedRow(3, ROW, [Reason("pay", 3, "?")]),
    ]
    path.write_bytes(build_error_workbook(HEADERS, rows))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    _, whole, single = [[cell.fill.fgColor.rgb == "FFFBE9E7" for cell in row] for row in sheet.iter_rows()]
    assert whole[: len(HEADERS)] == [True] * len(HEADERS)
    assert [column for column, marked in enumerate(single) if marked] == [3]


def test_what_people_typed_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "e.xlsx"
    evil = ["=1+1", '=HYPERLINK("http://x","y")', "http://example.com", "@SUM(1)", "+1", "-1", "00123"]
    path.write_bytes(build_error_workbook(["列"] * len(evil), [RejectedRow(2, evil, [Reason("title", 0, "=2+2")])]))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    _, row = list(sheet.iter_rows())
    assert [cell.value for cell in row[: len(evil)]] == evil
    assert {cell.data_type for cell in row[: len(evil)]} == {"s"}
    assert not any(cell.hyperlink for cell in row)


def test_a_corrected_error_workbook_reads_as_the_original_would(tmp_path: Path) -> None:
    rows = read_back(tmp_path / "e.xlsx", build_error_workbook(HEADERS, [RejectedRow(2, ROW, [])]))
    parsed = parse_row(rows[1].cells, guess_mapping(rows[0].cells, []), {}, reference_vocabulary(), date(2026, 3, 1))
    original = parse_row(ROW, guess_mapping(HEADERS, []), {}, reference_vocabulary(), date(2026, 3, 1))
    assert parsed == original
