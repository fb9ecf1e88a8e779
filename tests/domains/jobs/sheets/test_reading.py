"""Reading people's files: what comes out of good ones, and how bad ones are refused."""

import struct
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from tests.factories.sheets import HEADERS, ROW, rezip, sheet_xml, write_csv, write_xls, write_xlsx


def read(path: Path) -> list[tuple[int, list[str]]]:
    """The rows of all worksheets."""
    with open_sheet(path) as sheet:
        return [(row.number, row.cells) for row in sheet.rows]


def problem(path: Path) -> str:
    """Why the first worksheet alone is not read."""
    with open_sheet(path) as sheet:
        worksheet = next(sheet.worksheets)
        assert not list(worksheet.rows)
        return worksheet.problem


def refusal(path: Path) -> SheetRefused:
    with pytest.raises(SheetRefused) as caught:
        read(path)
    return caught.value


def test_an_xlsx_gives_its_rows_with_their_numbers(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["标题"], [], HEADERS, ROW])
    assert read(path) == [(1, ["标题"]), (3, HEADERS), (4, ROW)]


def test_an_old_xls_gives_its_rows(tmp_path: Path) -> None:
    path = write_xls(tmp_path / "a.xls", [HEADERS, ROW, ["铣工", 3.0]])
    assert read(path) == [(1, HEADERS), (2, ROW), (3, ["铣工", "3"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_csv_is_read_in_the_encoding_and_with_the_delimiter_it_has(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEADERS, ROW], encoding=encoding, delimiter=delimiter)
    assert read(path) == [(1, HEADERS), (2, ROW)]


def test_a_csv_cell_may_hold_line_breaks_in_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('职位名称,工作内容,薪资\r\n车工,"1. 加工\n2. 检验",8K\r\n\r\n铣工,加工,9K\r\n', encoding="utf-8")
    assert read(path) == [
        (1, ["职位名称", "工作内容", "薪资"]),
        (2, ["车工", "1. 加工\n2. 检验", "8K"]),
        (4, ["铣工", "加工", "9K"]),
    ]


def test_the_kind_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.csv", [HEADERS, ROW])
    with open_sheet(path) as sheet:
        assert sheet.kind == "xlsx"


def test_numbers_dates_and_truth_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [8000, 1.5, True])
        sheet.write_datetime(0, 3, datetime(2026, 3, 1), day)
        sheet.write_datetime(0, 4, datetime(2026, 3, 1, 9, 30), day)
    assert read(path) == [(1, ["8000", "1.5", "是", "2026-03-01", "2026-03-01 09:30:00"])]


def test_all_visible_worksheets_are_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, ROW], more_sheets=["说明", "备用"])
    with open_sheet(path) as sheet:
        assert [(one.name, [row.cells for row in one.rows]) for one in sheet.worksheets] == [
            ("职位", [HEADERS, ROW]),
            ("说明", [["另一张"]]),
            ("备用", [["另一张"]]),
        ]


def test_a_column_left_empty_at_the_left_still_counts(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["", "职位名称"], ["", "车工"]])
    assert read(path) == [(1, ["", "职位名称"]), (2, ["", "车工"])]


def test_control_characters_are_dropped(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["职位名称", "薪资"], ["车\x07工\x1b", "8K"]])
    assert read(path)[1][1] == ["车工", "8K"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n....", "wrong_type"),
        (b"\x7fELF\x02\x01\x01\x00", "wrong_type"),
        (b"MZ\x90\x00", "wrong_type"),
        (b"name\x00value", "wrong_type"),
        (b"<html><p>x</p></html>", "web_page"),
        (b"<html><table></table></html>", "web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web_archive"),
        (
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "entities",
        ),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>', "damaged"),
        (b"PK\x03\x04 but nothing after it", "damaged"),
        (b"\xff\xfe\xd8", "encoding"),
        (b"\x81\x20,\xff\xff\n", "encoding"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "职位.xlsx"
    path.write_bytes(content)
    assert refusal(path).code == code


def test_a_file_over_20_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(100 * limits.MEGABYTE)
    refused = refusal(path)
    assert refused.code == "too_big"
    assert "20 MB" in refused.message


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = rezip(write_xlsx(tmp_path / "a.xlsx", [HEADERS]), {"xl/vbaProject.bin": b"\xd0\xcf"})
    assert refusal(path).code == "macros"


def test_a_macro_workbook_without_its_macros_is_refused_too(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS])
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = types.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert refusal(rezip(path, {"[Content_Types].xml": types})).code == "macros"


def test_an_old_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    assert refusal(write_xls(tmp_path / "a.xls", [HEADERS], storage="_VBA_PROJECT_CUR")).code == "macros"


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    assert refusal(write_xls(tmp_path / "a.xlsx", [HEADERS], stream="EncryptedPackage")).code == "encrypted"


def test_an_old_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    file_pass = struct.pack("<HHHHH", 0x002F, 6, 1, 1, 1) + b"\x00\x00"
    assert refusal(write_xls(tmp_path / "a.xls", [HEADERS], records=file_pass)).code in ("encrypted", "damaged")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal(path).code == "wrong_type"


def test_other_workbook_formats_are_named_in_the_refusal(tmp_path: Path) -> None:
    ods = tmp_path / "a.ods"
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    xlsb = rezip(write_xlsx(tmp_path / "a.xlsb", [HEADERS]), {"xl/workbook.bin": b"\x00"})
    assert (refusal(ods).code, refusal(xlsb).code) == ("open_document", "binary_workbook")


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, ROW])
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path).code == "damaged"


def test_an_archive_that_unpacks_to_far_more_than_it_is_gets_refused(tmp_path: Path) -> None:
    bomb = b" " * (60 * limits.MEGABYTE)
    path = rezip(write_xlsx(tmp_path / "a.xlsx", [HEADERS]), {"xl/media/image1.xml": bomb})
    assert path.stat().st_size < limits.MEGABYTE
    assert refusal(path).code == "bomb"


def test_an_archive_whose_directory_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    """Each size in the directory is set to a harmless one; the real bytes are counted all the same."""
    path = rezip(write_xlsx(tmp_path / "a.xlsx", [HEADERS]), {"xl/comments1.xml": b" " * (60 * limits.MEGABYTE)})
    data = bytearray(path.read_bytes())
    position = data.find(b"PK\x01\x02")
    while position != -1:
        if struct.unpack_from("<I", data, position + 24)[0] > limits.MEGABYTE:
            struct.pack_into("<I", data, position + 24, 1000)
        position = data.find(b"PK\x01\x02", position + 4)
    path.write_bytes(data)
    assert refusal(path).code == "bomb"


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:XFD1048576", "B7"])
def test_a_lying_dimension_hides_no_row(tmp_path: Path, dimension: str) -> None:
    rows = [HEADERS, *([f"职位{n}"] for n in range(300))]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    markup = sheet_xml(path)
    start = markup.index("<dimension")
    end = markup.index("/>", start)
    path = rezip(
        path, {"xl/worksheets/sheet1.xml": (markup[:start] + f'<dimension ref="{dimension}"' + markup[end:]).encode()}
    )
    assert len(read(path)) == 301


def test_rows_out_of_order_are_refused_because_readers_lose_them(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["a"], ["b"], ["c"]])
    markup = sheet_xml(path).replace('<row r="3"', '<row r="1"')
    assert refusal(rezip(path, {"xl/worksheets/sheet1.xml": markup.encode()})).code == "damaged"


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_entity_definitions_are_refused(tmp_path: Path, part: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, ROW])
    with zipfile.ZipFile(path) as archive:
        body = archive.read(part)
    head, _, rest = body.partition(b"?>")
    evil = head + b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + rest
    assert refusal(rezip(path, {part: evil})).code == "entities"


def test_markup_in_another_encoding_is_refused_because_it_can_hide_definitions(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, ROW])
    body = sheet_xml(path).replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(rezip(path, {"xl/worksheets/sheet1.xml": body})).code == "entities"


def test_more_than_100_columns_are_refused(tmp_path: Path) -> None:
    wide = [["列"] * 101]
    assert problem(write_xlsx(tmp_path / "a.xlsx", wide)) == "too_many_columns"
    assert refusal(write_csv(tmp_path / "a.csv", wide)).code == "too_many_columns"


def test_a_lone_cell_far_out_is_refused_without_reading(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["职位名称"]])
    markup = sheet_xml(path).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert problem(rezip(path, {"xl/worksheets/sheet1.xml": markup.encode()})) == "too_many_columns"


@pytest.mark.parametrize("column", ["A", "Z", "CV"])
def test_a_stray_cell_in_the_last_row_costs_nothing(tmp_path: Path, column: str) -> None:
    """The parser alone would allocate the whole range: gigabytes and minutes for a file of 6 KB."""
    path = write_xlsx(tmp_path / "a.xlsx", [["职位名称"]])
    stray = f'<row r="1048576"><c r="{column}1048576"><v>7</v></c></row></sheetData>'
    markup = sheet_xml(path).replace("</sheetData>", stray)
    rows = read(rezip(path, {"xl/worksheets/sheet1.xml": markup.encode()}))
    assert [(number, cells[-1]) for number, cells in rows] == [(1, "职位名称"), (1_048_576, "7")]


def test_a_sheet_that_needs_too_much_memory_kills_only_the_child(
    tmp_path: Path,
) -> None:
    """A long text that many cells share is copied for each of them."""
    path = write_xlsx(tmp_path / "a.xlsx", [["长" * 30_000]])
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 90_000))
    markup = sheet_xml(path).replace("</sheetData>", f"{cells}</sheetData>")
    assert refusal(rezip(path, {"xl/worksheets/sheet1.xml": markup.encode()})).code == "too_heavy"


def test_a_child_that_takes_too_long_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.0)
    assert refusal(write_xlsx(tmp_path / "a.xlsx", [HEADERS, ROW])).code == "too_heavy"


def test_more_than_100_000_rows_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * (limits.ROWS + limits.LINES_ABOVE_DATA + 1))
    assert refusal(path).code == "too_many_rows"


def test_a_cell_is_cut_beyond_what_any_field_takes(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["a", "b"], ["x", "长" * 32_768]])
    assert len(read(path)[1][1][1]) == limits.CELL_CHARACTERS


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\n1,"2,3\n4,5,6\n7,8,9\n',
        'a,b,c\n1,"2,3\n4,5,6\n7,8,9\nx,"y",z\n',
        'a,b,c\n1,"2,3\n4,5,6\n7,8,9\n1,2",3\n',
    ],
)
def test_a_quote_without_its_partner_swallows_no_rows_in_silence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert refusal(path).code == "open_quote"


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    assert read(write_xlsx(tmp_path / "a.xlsx", [])) == read(write_csv(tmp_path / "a.csv", [["", ""]])) == []


def test_a_formula_is_read_as_its_last_value_not_run(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_formula(0, 0, "=1+1", None, 2)
    assert read(path) == [(1, ["2"])]
