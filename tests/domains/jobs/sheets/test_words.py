"""The words of job sheets."""

import re
from datetime import date

import pytest

from jiuye.domains.jobs.experience import Experience
from jiuye.domains.jobs.sheets.dates import DateError, parse_day, parse_validity
from jiuye.domains.jobs.sheets.degrees import parse_education
from jiuye.domains.jobs.sheets.descriptions import compose_requirements, split_description
from jiuye.domains.jobs.sheets.headcounts import HeadcountError, parse_headcount
from jiuye.domains.jobs.sheets.tags import sort_tags, split_words
from jiuye.domains.jobs.sheets.words import (
    WordError,
    parse_employment_type,
    parse_ownership,
    parse_size,
)

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3", 3),
        ("招3人", 3),
        ("5-10人", 5),
        ("１０名", 10),
        ("十人", 10),
        ("1,200人", 1200),
        ("若干", None),
        ("人数不限", None),
    ],
)
def test_headcounts(text: str, count: int | None) -> None:
    assert parse_headcount(text).count == count


@pytest.mark.parametrize("text", ["很多", "0", "9999999"])
def test_a_headcount_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(HeadcountError):
        parse_headcount(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("全职", "full_time"),
        ("正式员工", "full_time"),
        ("非全日制", "part_time"),
        ("兼职", "part_time"),
        ("全职/实习", "internship"),
        ("临时工", "temporary"),
        ("劳务派遣", "dispatch"),
        ("外包", "outsourced"),
    ],
)
def test_employment_types(text: str, code: str) -> None:
    assert parse_employment_type(text) == code


def test_an_unknown_employment_type_is_refused_with_the_choices() -> None:
    with pytest.raises(WordError, match="劳务派遣"):
        parse_employment_type("待定")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本科", "20"),
        ("本科及以上", "20"),
        ("大专", "30"),
        ("大学专科", "30"),
        ("统招本科/硕士", "20"),
        ("硕士研究生", "14"),
        ("博士", "11"),
        ("中技/中专", "40"),
        ("高中/中专", "60"),
        ("初中及以下", "70"),
        ("学历不限", ""),
        ("无", ""),
        ("熟练工", None),
    ],
)
def test_education_words(text: str, code: str | None) -> None:
    assert parse_education(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("少于50人", "under_50"),
        ("50-150人", "from_50"),
        ("20-99人", "from_50"),
        ("100-499人", "from_150"),
        ("1000人以上", "from_1000"),
        ("10000人以上", "over_10000"),
        ("1万人以上", "over_10000"),
        ("不详", ""),
    ],
)
def test_company_sizes(text: str, code: str) -> None:
    assert parse_size(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("民营", "private"),
        ("国企", "state"),
        ("外资（欧美）", "foreign"),
        ("合资", "joint_venture"),
        ("已上市", "listed"),
        ("未上市", "private"),
        ("事业单位", "public_institution"),
        ("政府机关", "government"),
        ("非营利组织", "non_profit"),
        ("个体工商户", "self_employed"),
        ("", ""),
    ],
)
def test_ownership_words(text: str, code: str) -> None:
    assert parse_ownership(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31",
        "2026-12-31 09:22:00",
        "2026/12/31",
        "2026年12月31日",
        "2026.12.31",
        "20261231",
        "46387",
        "46387.39",
    ],
)
def test_days(text: str) -> None:
    assert parse_day(text) == date(2026, 12, 31)


@pytest.mark.parametrize("text", ["明天", "2026-02-30", "", "12-31"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        parse_day(text)


def test_validity_is_a_day_or_a_span_from_today() -> None:
    assert parse_validity("2026-03-31", TODAY) == date(2026, 3, 31)
    assert parse_validity("30天", TODAY) == date(2026, 3, 31)
    assert parse_validity("30", TODAY) == date(2026, 3, 31)
    assert parse_validity("长期", TODAY) is None


@pytest.mark.parametrize(
    ("text", "hint"), [("2026-02-28", "已经过了"), ("2029-01-01", "最长180天"), ("900天", "最长180天")]
)
def test_a_validity_in_the_past_or_far_away_is_refused(text: str, hint: str) -> None:
    with pytest.raises(DateError, match=hint):
        parse_validity(text, TODAY)


def test_tags_are_sorted_into_what_they_are() -> None:
    words = split_words("3-4年,本科,五险一金,年终奖金,python,数据库,python,氛围好")
    found = sort_tags(words, parse_education)
    assert found.experience == Experience(3, 4)
    assert found.education == "20"
    assert found.benefits == ("五险一金", "年终奖金")
    assert found.skills == ("python", "数据库")
    assert found.tags == ("python", "数据库", "氛围好")


def test_a_garbled_tag_is_left_out() -> None:
    assert split_words("电工,\ufffd\ufffd费,焊工") == ("电工", "焊工")


@pytest.mark.parametrize(
    "text",
    [
        "岗位职责：\n加工\n任职要求：\n大专",
        "岗位职责：加工。任职要求：大专",
        "岗位职责 1、加工 任职资格 1、大专",
        "工作职责\n加工\n任职资格 大专",
        "一、岗位职责：\n加工\n四、岗位要求：\n大专",
        "【岗位职责】\n加工\n【任职要求】\n大专",
        "【岗位职责】加工【任职要求】大专",
        "【工作内容】：加工\n【招聘要求】：大专",
        "工作内容：加工\n工作要求：大专",
        "Responsibilities:\n加工\nRequirements:\n大专",
        "Job Description\n加工\nQualifications\n大专",
        "岗位职责（Responsibilities）：\n加工\n任职要求（Requirements）：\n大专",
        "(一)岗位职责：加工 (二)任职要求：大专",
        "1、岗位职责：加工；2、任职要求：大专",
        "岗位职责:加工任职要求:大专",
        "■ 岗位职责\n加工\n■ 任职要求\n大专",
        "**岗位职责**\n加工\n**任职要求**\n大专",
        "加工\n要求：大专",
        "任职要求\n大专\n\n岗位职责\n加工",
        "第一部分 岗位职责\n加工\n第二部分 任职要求\n大专",
        "主要工作内容：加工\n任职基本条件：大专",
        "岗位职责---加工\n任职要求---大专",
        "岗位职责（职责）：\n加工\n任职要求（条件）：\n大专",
        "What you'll do\n加工\nWhat we're looking for\n大专",
        "工作职责：\n加工\n我们需要您：\n大专",
        "职位描述：\n岗位职责：\n加工\n任职要求：\n大专",
        "你将负责：\n加工\n我们希望你：\n大专",
    ],
)
def test_a_mixed_description_is_told_apart_by_its_headings(text: str) -> None:
    assert [re.sub(r"^1、", "", part) for part in split_description(text)] == ["加工", "大专"]


@pytest.mark.parametrize(
    "text",
    [
        "加工零件",
        "负责开发，符合岗位要求的各项工作",
        "按客户要求完成加工",
        "完成领导交办的其他工作 要求 细心",
        "岗位职责及要求：\n加工\n大专",
    ],
)
def test_without_a_heading_for_requirements_all_of_it_is_duties(text: str) -> None:
    assert split_description(text) == (text.removeprefix("岗位职责及要求：\n"), "")


def test_requirements_are_composed_only_of_what_the_row_says() -> None:
    assert compose_requirements("本科", Experience(3, 4), ("linux",)) == "学历：本科；经验：3-4年；技能：linux"
    assert compose_requirements("", None, ()) == ""
