"""The unit of a pay column."""

import pytest

from jiuye.domains.jobs.sheets.units import (
    OFFERED,
    code_of,
    column_units,
    label_of,
    needs_unit,
    unit_of_code,
    unit_of_header,
)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("薪资", ""),
        ("年薪", "/year"),
        ("年薪（万元）", "ten_thousand/year"),
        ("薪酬（W/年）", "ten_thousand/year"),
        ("税前年薪 (万)", "ten_thousand/year"),
        ("年收入", "/year"),
        ("Annual Salary", "/year"),
        ("2026年薪资", ""),
        ("12月薪资", "/month"),
        ("月薪（千元）", "thousand/month"),
        ("月薪（k）", "thousand/month"),
        ("薪资下限（K）", "thousand/"),
        ("salary_k", "thousand/"),
        ("薪资（元/月） 最低", "yuan/month"),
        ("薪资(万元)", "ten_thousand/"),
        ("日薪", "/day"),
        ("薪资（元/天）", "yuan/day"),
        ("待遇(元/日)", "yuan/day"),
        ("时薪", "/hour"),
        ("工资（元/小时）", "yuan/hour"),
        ("hourly rate", "/hour"),
        ("临时薪资", ""),
        ("节日薪资", ""),
        ("日薪/月薪", ""),
        ("单价（元/件）", "yuan/piece"),
        ("薪资（美元）", "foreign"),
        ("月薪（USD）", "foreign"),
        ("薪资（日元）", "foreign"),
    ],
)
def test_a_header_says_the_unit_of_its_column_or_a_part_of_it(header: str, code: str) -> None:
    assert code_of(unit_of_header(header)) == code
    assert unit_of_code(code) == unit_of_header(header)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("薪资", ["4-5", "6-8", "面议"]),
        ("薪资", ["200000", "180000"]),
        ("薪资", ["20-30万"]),
        ("薪资", ["150", "200-300"]),
        ("薪资（元）", ["8-12"]),
        ("年薪", ["18", "20-30"]),
        ("月薪", ["180000"]),
        ("月薪（千元）", ["8000-12000"]),
    ],
)
def test_the_unit_is_asked_where_the_figures_cannot_be_what_header_and_cells_say(header: str, cells: list[str]) -> None:
    assert needs_unit(header, cells)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("薪资", ["4000-5000", "8K", "面议", ""]),
        ("薪资", ["150元/天", "20元/小时", "20万/年"]),
        ("薪资", ["4000-5000", "5000-6000", "200000"]),
        ("年薪（万元）", ["18", "20-30"]),
        ("日薪", ["1200"]),
        ("薪资（美元）", ["3000"]),
        ("薪资", ["面议", "很高"]),
        ("薪资", []),
    ],
)
def test_it_is_not_asked_where_they_can(header: str, cells: list[str]) -> None:
    assert not needs_unit(header, cells)


def test_an_answer_goes_before_the_header() -> None:
    headers, mapping = ["职位", "薪资下限（K）", "薪资上限"], {"title": 0, "pay_min": 1, "pay_max": 2}
    assert column_units(headers, mapping) == {"pay_min": "thousand/"}
    assert column_units(headers, mapping, {"pay_min": "yuan/day", "pay_max": "yuan/day"}) == {
        "pay_min": "yuan/day",
        "pay_max": "yuan/day",
    }


def test_every_offered_unit_has_a_name_and_is_read_back() -> None:
    assert [label_of(code) for code in OFFERED] == [
        "元/月", "千元/月", "万元/月", "元/天", "元/小时", "元/年", "千元/年", "万元/年",
    ]  # fmt: skip
    assert [code_of(unit_of_code(code)) for code in OFFERED] == list(OFFERED)
    with pytest.raises(ValueError, match="yuan/century"):
        unit_of_code("yuan/century")
