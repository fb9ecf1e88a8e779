"""Which column means what."""

import pytest

from jiuye.domains.jobs.sheets.errors import RejectedRow, build_error_workbook
from jiuye.domains.jobs.sheets.fields import FIELDS, TEMPLATE_FIELDS
from jiuye.domains.jobs.sheets.headers import find_header
from jiuye.domains.jobs.sheets.mapping import fold_header, guess_mapping, signature
from jiuye.domains.jobs.sheets.reading import open_sheet
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.reference.queries import find_region


def is_region(text: str) -> bool:
    return find_region(text) is not None


def test_every_synonym_is_written_folded_and_means_one_field() -> None:
    owner: dict[str, str] = {}
    for field in FIELDS:
        for synonym in field.synonyms:
            assert fold_header(synonym) in (synonym, synonym.replace("_", "")), synonym
            assert owner.setdefault(synonym, field.code) == field.code, synonym


def test_headers_are_compared_without_marks_case_and_asides() -> None:
    assert [fold_header(h) for h in ["*职位名称（必填）：", "Job Name", "job_name", "月薪/元"]] == [
        "职位名称", "jobname", "jobname", "月薪元",
    ]  # fmt: skip


def test_the_headers_of_a_board_are_understood() -> None:
    headers = [
        "jobName",
        "tags",
        "area",
        "salary",
        "workYear",
        "degree",
        "companyName",
        "companyType",
        "companySize",
        "issueDate",
    ]
    assert guess_mapping(headers, []) == {
        "title": 0, "tags": 1, "region": 2, "pay": 3, "experience": 4, "education": 5, "employer_name": 6,
        "employer_ownership": 7, "employer_size": 8, "published_on": 9,
    }  # fmt: skip


def test_a_header_that_contains_a_known_one_is_understood() -> None:
    assert guess_mapping(["序", "招聘岗位名称及代号", "用人单位名称（盖章）", "月薪酬范围（元）"], []) == {
        "title": 1, "employer_name": 2, "pay": 3,
    }  # fmt: skip


def test_a_city_alone_is_the_workplace_and_beside_a_province_a_part_of_it() -> None:
    assert guess_mapping(["职位", "城市"], []) == {"title": 0, "region": 1}
    assert guess_mapping(["职位", "省", "市", "区"], []) == {"title": 0, "province": 1, "city": 2, "county": 3}


def test_columns_with_unknown_headers_are_told_by_what_they_hold() -> None:
    rows = [
        ["车工", "x", "6-9千", "江苏省苏州市", "3-5年", "2026-03-01"],
        ["铣工", "y", "5000-8000元/月", "上海浦东", "经验不限", "2026-03-02"],
    ]
    assert guess_mapping(["职位", "甲", "乙", "丙", "丁", "戊"], rows, is_region) == {
        "title": 0, "pay": 2, "region": 3, "experience": 4, "published_on": 5,
    }  # fmt: skip


def test_each_column_has_one_meaning_and_each_field_one_column() -> None:
    mapping = guess_mapping(["职位名称", "岗位名称", "薪资", "工资"], [])
    assert mapping == {"title": 0, "pay": 2}


def test_the_header_is_found_below_a_title() -> None:
    found = find_header([["某某人力资源公司招聘表"], [], ["职位名称", "薪资"], ["车工", "8K"]])
    assert (found.first, found.end, found.is_certain) == (2, 3, True)


def test_unknown_headers_are_taken_from_the_first_row_without_figures_with_a_doubt() -> None:
    found = find_header([["甲", "乙"], ["车工", "8K"]])
    assert (found.first, found.is_certain) == (0, False)


def test_a_sheet_that_starts_with_data_is_refused() -> None:
    with pytest.raises(SheetRefused) as caught:
        find_header([["某公司", "8000", "2人"]])
    assert caught.value.code == "no_header"


def test_the_signature_ignores_marks_and_our_own_columns() -> None:
    assert (
        signature(["职位名称*", "薪资", ""])
        == signature(["职位名称", "薪资"])
        == signature(["职位名称", "薪资", "未导入原因", "原行号", "原工作表"])
    )
    assert signature(["薪资", "职位名称"]) != signature(["职位名称", "薪资"])


def test_an_error_workbook_maps_as_the_sheet_it_came_from(tmp_path) -> None:  # type: ignore[no-untyped-def]
    headers = [field.label for field in TEMPLATE_FIELDS]
    path = tmp_path / "errors.xlsx"
    path.write_bytes(build_error_workbook(headers, [RejectedRow(7, ["A-1", "车工"], [])]))
    with open_sheet(path) as sheet:
        rows = list(sheet.rows)
    assert signature(rows[0].cells) == signature(headers)
    assert guess_mapping(rows[0].cells, []) == guess_mapping(headers, [])


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["职位", "工作城市", "区域"], {"title": 0, "region": 1, "county": 2}),
        (["职位", "区域", "工作城市"], {"title": 0, "region": 1, "city": 2}),
        (["职位", "工作城市", "工作地点"], {"title": 0, "region": 1, "address": 2}),
        (["职位", "城市", "工作地点"], {"title": 0, "city": 1, "region": 2}),
        (["职位", "工作地区", "工作地点", "详细地址"], {"title": 0, "region": 1, "county": 2, "address": 3}),
    ],
)
def test_a_second_column_about_the_place_counts_too(headers: list[str], fields: dict[str, int]) -> None:
    assert guess_mapping(headers, []) == fields
