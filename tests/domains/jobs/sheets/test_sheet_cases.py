"""Whole sheets as people send them: merges, hidden rows, several worksheets, headers of several lines or none."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jiuye.domains.jobs.actions.imports.reading import guessed_columns
from jiuye.domains.jobs.sheets.mapping import guess_mapping
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.survey import NO_HEADER
from tests.factories.sheets import (
    hidden_columns,
    hidden_row,
    merged,
    number_format,
    rezip,
    sheet_xml,
    write_csv,
    write_xls,
    write_xlsx,
)
from tests.factories.surveyed_sheets import HEADERS, POSTINGS, put, rows_of, surveyed, write


class TestMergedCells:
    def test_a_value_counts_for_all_rows_of_its_merge(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [HEADERS, *POSTINGS])
            for column in (1, 2, 3):
                sheet.merge_range(1, column, 3, column, POSTINGS[0][column])

        rows = rows_of(write(tmp_path / "a.xlsx", fill))
        assert [row[1:4] for row in rows] == [["甲公司", "大专", "3-5年"]] * 3 + [["乙公司", "本科", "1-3年"]]

    def test_so_in_an_old_workbook(self, tmp_path: Path) -> None:
        path = write_xls(tmp_path / "a.xls", [HEADERS, *POSTINGS], layout=merged((1, 1, 3, 1), (1, 2, 3, 3)))
        assert [row[1:4] for row in rows_of(path)] == [["甲公司", "大专", "大专"]] * 3 + [["乙公司", "本科", "1-3年"]]

    def test_and_for_all_its_columns(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [["职位名称", "最低薪资", "最高薪资"], ["车工"]])
            sheet.merge_range(1, 1, 1, 2, 5000)

        assert rows_of(write(tmp_path / "a.xlsx", fill)) == [["车工", "5000", "5000"]]

    def test_a_merge_over_blank_rows_makes_no_postings(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [["招聘单位", "职位名称"], ["", "车工"], ["", "铣工"]])
            sheet.merge_range(1, 0, 500, 0, "甲公司")

        assert rows_of(write(tmp_path / "a.xlsx", fill)) == [["甲公司", "车工"], ["甲公司", "铣工"]]

    def test_the_first_row_of_a_merge_may_be_hidden(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [["招聘单位", "职位名称"], ["", "车工"], ["", "铣工"]])
            sheet.merge_range(1, 0, 2, 0, "甲公司")
            sheet.set_row(1, None, None, {"hidden": True})

        assert rows_of(write(tmp_path / "a.xlsx", fill)) == [["甲公司", "铣工"]]

    def test_a_title_a_subheading_and_a_note_over_the_width_are_no_postings(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            sheet.merge_range("A1:E1", "某某公司招聘职位汇总表（12月）")
            put(sheet, [HEADERS, POSTINGS[0]], 1)
            sheet.merge_range("A4:E4", "二、生产部")
            put(sheet, [POSTINGS[3]], 4)
            sheet.merge_range("A6:E6", "备注：以上职位包吃住")

        survey, rows = surveyed(write(tmp_path / "a.xlsx", fill))
        assert [row.number for row in rows] == [3, 5]
        assert survey.tables[0].banners == 3

    def test_a_sea_of_merges_is_refused_and_one_far_out_costs_nothing(self, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, POSTINGS[0]])
        merges = '<mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells></worksheet>'
        path = rezip(path, {"xl/worksheets/sheet1.xml": sheet_xml(path).replace("</worksheet>", merges).encode()})
        assert [row[:2] for row in rows_of(path)] == [["车工", "甲公司"]]


class TestHidden:
    def test_hidden_and_filtered_rows_are_left_out_and_counted(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [HEADERS, *POSTINGS])
            sheet.autofilter("A1:E5")
            sheet.filter_column("B", "x == 甲公司")
            for row in (2, 3):
                sheet.set_row(row, None, None, {"hidden": True})

        survey, rows = surveyed(write(tmp_path / "a.xlsx", fill))
        assert [row.number for row in rows] == [2, 5]
        assert survey.tables[0].hidden_rows == 2

    def test_so_in_an_old_workbook(self, tmp_path: Path) -> None:
        layout = hidden_row(2) + hidden_row(3) + hidden_columns(4, 4)
        survey, rows = surveyed(write_xls(tmp_path / "a.xls", [HEADERS, *POSTINGS], layout=layout))
        assert [row.number for row in rows] == [2, 5]
        assert (survey.tables[0].hidden_rows, survey.tables[0].hidden_columns) == (2, 1)
        assert "薪资" not in survey.headers

    def test_hidden_columns_are_left_out_and_counted(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [[*HEADERS, "内部备注"], [*POSTINGS[0], "底价 9K"]])
            sheet.set_column(5, 5, None, None, {"hidden": True})

        survey, rows = surveyed(write(tmp_path / "a.xlsx", fill))
        assert (survey.headers, rows[0].cells, survey.tables[0].hidden_columns) == (HEADERS, POSTINGS[0], 1)

    def test_a_sheet_of_which_all_is_hidden_is_named_so(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            put(sheet, [HEADERS, POSTINGS[0]])
            sheet.set_row(1, None, None, {"hidden": True})

        assert refusal(write(tmp_path / "a.xlsx", fill)) == "only_hidden"


def refusal(path: Path) -> str:
    with pytest.raises(SheetRefused) as caught:
        surveyed(path)
    return caught.value.code


class TestHeaders:
    def test_two_lines_are_joined(self, tmp_path: Path) -> None:
        def fill(_: Any, sheet: Any) -> None:
            for column, name in enumerate(["职位名称", "招聘单位"]):
                sheet.merge_range(0, column, 1, column, name)
            sheet.merge_range(0, 2, 0, 3, "薪资(元/月)")
            put(sheet, [["", "", "最低", "最高"], ["车工", "甲公司", 6000, 8000]], 1)

        survey, rows = surveyed(write(tmp_path / "a.xlsx", fill))
        assert survey.headers == ["职位名称", "招聘单位", "薪资(元/月) › 最低", "薪资(元/月) › 最高"]
        assert guessed_columns(survey)[0] == {"title": 0, "employer_name": 1, "pay_min": 2, "pay_max": 3}
        assert [row.number for row in rows] == [3]
        assert survey.question == ""

    @pytest.mark.parametrize(
        ("lines", "mapping"),
        [
            (
                [["职位名称", "薪资", "", "学历"], ["", "下限", "上限", ""]],
                {"title": 0, "pay_min": 1, "pay_max": 2, "education": 3},
            ),
            (
                [["岗位", "工作地点", "", "", "人数"], ["", "省", "市", "区", ""]],
                {"title": 0, "province": 1, "city": 2, "county": 3, "headcount": 4},
            ),
            (
                [["岗位信息", "", "要求", ""], ["岗位名称", "人数", "学历", "经验"]],
                {"title": 0, "headcount": 1, "education": 2, "experience": 3},
            ),
            (
                [["招聘信息", "", "", ""], ["职位", "月薪（千元）", "", "人数"], ["", "最低", "最高", ""]],
                {"title": 0, "pay_min": 1, "pay_max": 2, "headcount": 3},
            ),
        ],
    )
    def test_lines_without_merges_too(self, tmp_path: Path, lines: list[list[str]], mapping: dict[str, int]) -> None:
        width = len(lines[0])
        path = write_csv(tmp_path / "a.csv", [*lines, ["车工", *["5"] * (width - 1)], ["铣工", *["6"] * (width - 1)]])
        survey, rows = surveyed(path)
        assert guess_mapping(survey.headers, []) == mapping
        assert (len(rows), survey.question) == (2, "")

    def test_the_unit_of_the_upper_line_stays_in_the_name(self, tmp_path: Path) -> None:
        path = write_csv(
            tmp_path / "a.csv",
            [["职位", "月薪（千元）", "", "人数"], ["", "最低薪资", "最高薪资", ""], ["车工", "6", "8", "2"]],
        )
        assert surveyed(path)[0].headers[1:3] == ["月薪（千元） › 最低薪资", "月薪（千元） › 最高薪资"]

    def test_a_header_repeated_in_the_middle_is_no_row(self, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "a.xlsx", [HEADERS, POSTINGS[0], HEADERS, POSTINGS[3]])
        survey, rows = surveyed(path)
        assert [row.number for row in rows] == [2, 4]
        assert survey.tables[0].repeated_headers == 1

    @pytest.mark.parametrize("heading", ["任职要求：", "岗位职责:", "工作内容"])
    def test_a_lone_heading_far_down_is_no_header(self, tmp_path: Path, heading: str) -> None:
        postings = [[f"车工{n}", "甲公司", "6-8K"] for n in range(7)]
        assert refusal(write_xlsx(tmp_path / "a.xlsx", [*postings, [heading], *postings])) == "no_header"

    def test_where_nothing_has_figures_the_first_row_is_asked_about(self, tmp_path: Path) -> None:
        postings = [["车工", "甲公司", "面议"], ["铣工", "乙公司", "面议"], ["任职要求：", "", ""]]
        survey, rows = surveyed(write_xlsx(tmp_path / "a.xlsx", postings))
        assert (survey.question, survey.tables[0].header_rows) == ("header", [1])
        survey, rows = surveyed(write_xlsx(tmp_path / "a.xlsx", postings), {"职位": NO_HEADER})
        assert (survey.question, survey.headers, len(rows)) == ("", ["", "", ""], 3)

    def test_names_below_rows_that_look_like_postings_are_asked_about(self, tmp_path: Path) -> None:
        rows = [
            ["车工", "甲公司", "大专", "3年", "6-8K"],
            ["铣工", "甲公司", "大专", "3年", "7K"],
            HEADERS,
            POSTINGS[3],
        ]
        survey, _ = surveyed(write_xlsx(tmp_path / "a.xlsx", rows))
        assert (survey.question, survey.tables[0].header_rows) == ("header", [3])

    def test_a_person_can_say_which_row_is_the_header(self, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "a.xlsx", [["甲", "乙"], ["工种名", "钱"], ["车工", "8K"]])
        survey, rows = surveyed(path, {"职位": 2})
        assert (survey.headers, len(rows), survey.question) == (["工种名", "钱"], 1, "")


class TestWorksheets:
    def write(self, path: Path, sheets: dict[str, list[list[str]]], hidden: Sequence[str] = ()) -> Path:
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                put(sheet, rows)
                if name in hidden:
                    sheet.hide()
        return path

    def test_all_with_postings_are_read_and_the_choice_is_offered(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.xlsx", {"苏州": [HEADERS, POSTINGS[0]], "无锡": [HEADERS, POSTINGS[3]]})
        survey, rows = surveyed(path)
        assert survey.question == "worksheets"
        assert [(row.worksheet, row.number, row.cells[0]) for row in rows] == [("苏州", 2, "车工"), ("无锡", 2, "钳工")]
        survey, rows = surveyed(path, {"无锡": None})
        assert [row.worksheet for row in rows] == ["无锡"]
        assert [(table.name, table.is_read) for table in survey.tables] == [("苏州", False), ("无锡", True)]

    def test_columns_in_another_order_come_under_the_same_name(self, tmp_path: Path) -> None:
        path = self.write(
            tmp_path / "a.xlsx",
            {
                "苏州": [["职位名称", "薪资", "学历"], ["车工", "8K", "大专"]],
                "无锡": [["薪资", "职位名称", "经验"], ["9K", "铣工", "3年"]],
            },
        )
        survey, rows = surveyed(path)
        assert survey.headers == ["职位名称", "薪资", "学历", "经验"]
        assert [row.cells for row in rows] == [["车工", "8K", "大专"], ["铣工", "9K", "", "3年"]]

    @pytest.mark.parametrize(
        "cover",
        [
            [["某某人力资源公司"], ["联系电话", "0512-1234567"], ["2026年12月"]],
            [["说明"], ["请按下列格式填写", "必填"], ["薪资请写月薪", "是"]],
            [["列名", "必填", "怎么填"], ["职位名称", "是", "80字以内"]],
            [["学历"], ["大专"], ["本科"]],
        ],
    )
    def test_a_cover_in_front_does_not_refuse_the_sheet(self, tmp_path: Path, cover: list[list[str]]) -> None:
        path = self.write(tmp_path / "a.xlsx", {"封面": cover, "职位表": [HEADERS, POSTINGS[0]]})
        survey, rows = surveyed(path)
        assert [row.cells for row in rows] == [POSTINGS[0]]
        assert [(table.name, table.is_read) for table in survey.tables] == [("封面", False), ("职位表", True)]
        assert survey.question == ""

    def test_hidden_worksheets_are_not_read_but_named(self, tmp_path: Path) -> None:
        path = self.write(
            tmp_path / "a.xlsx", {"职位": [HEADERS, POSTINGS[0]], "旧": [HEADERS, POSTINGS[3]]}, hidden=["旧"]
        )
        survey, rows = surveyed(path)
        assert [(table.name, table.is_read, table.problem) for table in survey.tables] == [
            ("职位", True, ""),
            ("旧", False, "hidden"),
        ]
        assert len(rows) == 1

    def test_a_wide_worksheet_beside_it_is_left_out_with_its_reason(self, tmp_path: Path) -> None:
        path = self.write(tmp_path / "a.xlsx", {"职位": [HEADERS, POSTINGS[0]], "字典": [["码"] * 200]})
        survey, rows = surveyed(path)
        assert (len(rows), survey.tables[1].problem) == (1, "too_many_columns")


class TestNumbersAsShown:
    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (datetime(2026, 1, 3), 'm"月"d"日"', "1月3日"),
            (datetime(2026, 1, 3), "d-mmm", "1月3日"),
            (datetime(2026, 10, 15), "m/d;@", "10月15日"),
            (datetime(1940, 3, 1), "mmm-yy", "3-40"),
            (datetime(2026, 3, 1), 'yyyy"年"m"月"', "2026-03"),
            (datetime(2026, 3, 1), "yyyy/m/d", "2026-03-01"),
            (3, "000", "003"),
            (12, "000", "012"),
            (8000, '0"元/月"', "8000元/月"),
            (8000, '#,##0"元"', "8000元"),
            (8, '0.0"K"', "8.0K"),
            (8500, '0.0,"K"', "8.5K"),
            (8000, '"¥"#,##0', "8000"),
            (8000, "[$$-409]#,##0", "$8000"),
            (8000, "#,##0.00", "8000"),
            (8000, "General", "8000"),
            (0.5, "0%", "0.5"),
        ],
    )
    def test_a_cell_reads_as_the_program_shows_it(self, tmp_path: Path, value: Any, code: str, text: str) -> None:
        def fill(book: Any, sheet: Any) -> None:
            put(sheet, [["职位名称", "薪资"], ["车工"]])
            write = sheet.write_datetime if isinstance(value, datetime) else sheet.write_number
            write(1, 1, value, book.add_format({"num_format": code}))

        assert rows_of(write(tmp_path / "a.xlsx", fill)) == [["车工", text]]

    def test_so_in_an_old_workbook(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [["职位名称", "编号"], ["车工", 3]]
        path = write_xls(tmp_path / "a.xls", rows, records=number_format("000"))
        assert rows_of(path) == [["车工", "003"]]


class TestColumnsByContents:
    @pytest.mark.parametrize(
        ("header", "cells", "field"),
        [
            ("职位类型", ["数据分析", "后端开发"], "employment_type"),
            ("工作性质", ["技术", "产品", "运营"], "employment_type"),
            ("人数", ["甲公司", "乙公司"], "headcount"),
            ("薪资", ["双休", "包吃住"], "pay"),
            ("学历", ["苏州", "无锡"], "education"),
            ("职位", ["1", "2", "3"], "title"),
        ],
    )
    def test_a_column_of_other_things_is_not_mapped_and_it_is_said(
        self, tmp_path: Path, header: str, cells: list[str], field: str
    ) -> None:
        path = write_csv(
            tmp_path / "a.csv", [["岗位名称", header, "学历要求"], *(["车工", one, "大专"] for one in cells)]
        )
        mapping, doubts = guessed_columns(surveyed(path)[0])
        assert 1 not in mapping.values()
        if field in ("title", "education"):  # the other column has it
            assert field in mapping
        else:
            assert [(doubt.column, doubt.field) for doubt in doubts] == [(1, field)]
            assert f"“{cells[0]}”" in doubts[0].message

    @pytest.mark.parametrize(
        ("header", "cells", "field"),
        [
            ("职位类型", ["全职", "兼职", "寒假工"], "employment_type"),
            ("招聘类型", ["社会招聘", "校招"], "employment_type"),
            ("薪资", ["4-5", "6-8"], "pay"),
            ("薪资", ["三到五千", "面议"], "pay"),
            ("学历", ["专升本", "985/211"], "education"),
            ("人数", ["十", "若干"], "headcount"),
            ("工作地点", ["东湖新技术开发区", "杭州湾新区"], "region"),
        ],
    )
    def test_what_readers_understand_or_note_stays_mapped(
        self, tmp_path: Path, header: str, cells: list[str], field: str
    ) -> None:
        path = write_csv(tmp_path / "a.csv", [["岗位名称", header], *(["车工", one] for one in cells)])
        mapping, doubts = guessed_columns(surveyed(path)[0])
        assert (mapping[field], doubts) == (1, [])

    def test_cells_from_all_over_the_sheet_are_tried(self, tmp_path: Path) -> None:
        rows = [["车工", "全职"]] * 100 + [["铣工", "数据分析"]] * 900
        mapping, doubts = guessed_columns(surveyed(write_csv(tmp_path / "a.csv", [["职位", "职位类型"], *rows]))[0])
        assert ("employment_type" in mapping, len(doubts)) == (False, 1)
