"""`./jiuye manage preview_import`: what an import would make of a sheet, without a database."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from tests.factories.imports import imported, recruiter, row
from tests.factories.sheets import HEADERS, write_csv

FIELDS = [
    *(
        "row",
        "outcome",
        "notes",
        "title",
        "employer",
        "region",
        "address",
        "pay_min",
        "pay_max",
        "pay_unit",
        "pay_months",
    ),
    *("experience_min", "experience_max", "education", "employment_type", "headcount", "valid_through", "industry"),
    *("occupation", "tags"),
]


def previewed(
    folder: Path, rows: list[list[str]], headers: list[str] | None = None, **options: Any
) -> list[dict[str, Any]]:
    path = write_csv(folder / "职位.csv", [headers or HEADERS, *rows])
    out = io.StringIO()
    call_command("preview_import", str(path), json=True, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_row_is_one_object_with_every_field(tmp_path: Path) -> None:
    [one] = previewed(tmp_path, [row()])
    assert list(one) == FIELDS
    assert (one["row"], one["outcome"], one["notes"]) == (2, "publish", [])
    assert (one["title"], one["employer"], one["region"]) == ("车工", "示例精密机械有限公司", "320583")
    assert (one["pay_min"], one["pay_max"], one["pay_unit"], one["pay_months"]) == (6000, 9000, "month", 12)
    assert (one["headcount"], one["employment_type"]) == (5, "full_time")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("1200元/天", (1200, 1200, "day")),
        ("200-300元/天", (200, 300, "day")),
        ("18.5元/小时", (18.5, 18.5, "hour")),
        ("18万/年", (15000, 15000, "month")),
        ("8千以上", (8000, None, "month")),
        ("面议", (None, None, None)),
    ],
)
def test_pay_is_told_in_its_own_unit_and_a_years_by_the_month(tmp_path: Path, cell: str, told: tuple[Any, ...]) -> None:
    [one] = previewed(tmp_path, [row(薪资=cell)])
    assert (one["pay_min"], one["pay_max"], one["pay_unit"]) == told


def test_outcomes_say_what_the_import_would_do_and_why(tmp_path: Path) -> None:
    rows = [
        row(),
        row(职位名称="铣工", 招聘条件="限男性"),
        row(职位名称="刨工", 招聘条件="年龄18-35岁"),
        row(职位名称="焊工", 工作内容=""),
    ]
    told = previewed(tmp_path, rows)
    assert [one["outcome"] for one in told] == ["publish", "rejected", "review", "draft"]
    assert "限男性" in told[1]["notes"][0]
    assert "年龄" in told[2]["notes"][0]
    assert told[3]["notes"] == ["缺：工作内容"]


def test_a_row_like_one_before_is_not_told_as_another_posting(tmp_path: Path) -> None:
    rows = [row(), *[row(职位名称=f"车工{n}") for n in range(500)], row()]
    assert previewed(tmp_path, rows)[-1]["notes"] == ["与前面的行相同，不会重复导入"]


def test_a_credit_code_with_two_names_is_refused_for_the_second(tmp_path: Path) -> None:
    code = "91350100M000100Y43"
    rows = [[*row(), code], [*row(职位名称="铣工", 招聘单位="另一家有限公司"), code]]
    told = previewed(tmp_path, rows, [*HEADERS, "统一社会信用代码"])
    assert [one["outcome"] for one in told] == ["publish", "rejected"]
    assert "不一致" in told[1]["notes"][0]


def test_columns_can_be_named_numbered_and_left_out(tmp_path: Path) -> None:
    headers = ["甲", "乙", *HEADERS[2:]]
    [one] = previewed(
        tmp_path,
        [row()],
        headers,
        column=[("甲", "title"), ("2", "招聘单位"), ("招聘人数", "")],
        default=[("headcount", "9")],
    )
    assert (one["title"], one["employer"], one["headcount"]) == ("车工", "示例精密机械有限公司", 9)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([("没有", "pay")], "没有“没有”这一列"),
        ([("薪资", "salary")], "没有“salary”这个字段"),
        ([("职位名称", "")], "职位名称"),
    ],
)
def test_a_column_or_field_that_there_is_not_is_named(
    tmp_path: Path, columns: list[tuple[str, str]], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        previewed(tmp_path, [row()], column=columns)


def test_a_file_that_is_no_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\x7fELF")
    with pytest.raises(CommandError, match="不是 Excel 或 CSV 表格"):
        call_command("preview_import", str(path))
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("preview_import", str(tmp_path / "b.xlsx"))


@pytest.mark.django_db
def test_it_decides_as_for_an_agency_that_is_named(tmp_path: Path) -> None:
    actor = recruiter()
    imported(actor, [row()])
    told = previewed(tmp_path, [row(), row(职位名称="铣工")], agency=actor.organisation_id)
    assert [one["notes"] for one in told] == [["与已有的职位或前面的行相同，没有变化（招聘中）"], []]
    with pytest.raises(CommandError, match="没有这家机构"):
        previewed(tmp_path, [row()], agency=UUID(int=1))


def test_without_json_it_is_a_readable_list(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "职位.csv", [HEADERS, row(), row(职位名称="铣工", 工作内容="")])
    out = io.StringIO()
    call_command("preview_import", str(path), stdout=out)
    assert "第 2 行  发布  车工" in out.getvalue()
    assert "    · 缺：工作内容" in out.getvalue()
    assert "共 存为草稿 1，发布 1" in out.getvalue()


def test_the_unit_of_a_column_comes_from_its_header_or_is_told(tmp_path: Path) -> None:
    headers = [header if header != "薪资" else "年薪（万元）" for header in HEADERS]
    [one] = previewed(tmp_path, [row(薪资="18")], headers)
    assert (one["outcome"], one["pay_min"], one["pay_unit"]) == ("publish", 15000, "month")
    [one] = previewed(tmp_path, [row(薪资="4-5")], unit=[("薪资", "thousand/month")])
    assert (one["outcome"], one["pay_min"], one["pay_max"]) == ("publish", 4000, 5000)


class TestSheets:
    def preview(self, path: Path, **options: Any) -> tuple[list[dict[str, Any]], str]:
        out, err = io.StringIO(), io.StringIO()
        call_command("preview_import", str(path), json=True, stdout=out, stderr=err, **options)
        return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()

    def test_worksheets_are_read_together_or_one_by_name(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, title in (("苏州", "车工"), ("无锡", "铣工")):
                sheet = book.add_worksheet(name)
                sheet.write_row(0, 0, HEADERS)
                sheet.write_row(1, 0, row(职位名称=title))
        rows, told = self.preview(path)
        assert ([one["title"] for one in rows], "2 张工作表" in told) == (["车工", "铣工"], True)
        rows, told = self.preview(path, worksheet=["无锡"])
        assert ([one["title"] for one in rows], "没有读取的工作表：“苏州”" in told) == (["铣工"], True)

    def test_an_uncertain_header_is_asked_for_and_can_be_given(self, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "a.csv", [["车工", "某某公司", "面议"], ["铣工", "某某公司", "面议"]])
        with pytest.raises(CommandError, match="--header"):
            self.preview(path)
        rows, _ = self.preview(path, header=0, column=[("1", "title")])
        assert [one["title"] for one in rows] == ["车工", "铣工"]
