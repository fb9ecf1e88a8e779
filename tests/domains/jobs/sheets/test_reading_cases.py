"""Cells as people write them, each with its right value: tests/cases/reading.csv.

The value of `right` by field: pay `8000-12000 month`, either end open, or asked (a draft that asks for the unit), refused (a draft that
says why), unstated (a price for a piece); experience in years, `any` for no limit, `left out` with a note, or asked; education by its code;
headcount, `held` for a draft that asks; validity a day; a tag, or what a tag is instead. `missing`: a draft that says why.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from jiuye.domains.jobs.experience import ANY, Experience
from jiuye.domains.jobs.sheets.mapping import guess_mapping
from jiuye.domains.jobs.sheets.parsed import Choices, Note, ParsedPosting
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.rows import parse_row
from jiuye.domains.jobs.sheets.units import column_units
from tests.factories.sheets import HEADERS, ROW

TODAY = date(2026, 11, 29)
FILE = Path(__file__).parents[3] / "cases" / "reading.csv"
FULL = dict(zip(HEADERS, ROW, strict=True))
COLUMNS = {"validity": "valid_through"}
REPLACED = {
    "pay": "薪资", "experience": "", "education": "", "employment_type": "用工类型", "headcount": "招聘人数", "validity": "有效期至",
    "tags": "",
}  # fmt: skip

with FILE.open(encoding="utf-8") as file:
    CASES = [(line["field"], line["header"], line["cell"], line["right"]) for line in csv.DictReader(file)]


def of(field: str) -> list[tuple[str, str, str]]:
    return [(header, cell.replace(" (U+2015)", ""), right) for code, header, cell, right in CASES if code == field]


def read(field: str, header: str, cell: str, choices: Choices | None = None) -> ParsedPosting:
    """Return a complete row with this cell in the field's column."""
    row = {name: text for name, text in FULL.items() if name != REPLACED[field]}
    mapping = {code: list(row).index(name) for code, name in _CODES.items() if name in row}
    headers, cells = list(row), list(row.values())
    for one, text in zip(header.split(" + "), cell.split(" + "), strict=True):
        code = COLUMNS.get(field, field) if " + " not in header else guess_mapping([one], [[text]]).popitem()[0]
        mapping[code] = len(headers)
        headers.append(one)
        cells.append(text)
    choices = choices or Choices(units=column_units(headers, mapping))
    parsed = parse_row(cells, mapping, {}, reference_vocabulary(), TODAY, choices)
    assert isinstance(parsed, ParsedPosting), parsed
    return parsed


_CODES = {
    "title": "职位名称", "employer_name": "招聘单位", "region": "工作地点", "pay": "薪资", "headcount": "招聘人数",
    "employment_type": "用工类型", "duties": "工作内容", "requirements": "招聘条件", "working_conditions": "工作条件",
    "valid_through": "有效期至",
}  # fmt: skip


def note_on(parsed: ParsedPosting, *fields: str) -> Note:
    return next(note for note in parsed.notes if note.field in fields)


@pytest.mark.parametrize(("header", "cell", "right"), of("pay"))
def test_pay(header: str, cell: str, right: str) -> None:
    parsed = read("pay", header, cell)
    assert parsed.pay is not None
    if right in ("asked", "refused", "unstated"):
        assert (parsed.pay.minimum, parsed.pay.maximum) == (None, None)
        assert parsed.missing == ("pay",)
        assert parsed.is_held == (right == "asked")
        assert right == "unstated" or note_on(parsed, "pay", "pay_min").message
        return
    ends, unit = right.split(" ")
    minimum, maximum = (int(end) if end else None for end in ends.split("-"))
    assert (parsed.pay.minimum, parsed.pay.maximum, parsed.pay.unit) == (minimum, maximum, unit)
    assert (parsed.missing, parsed.notes) == ((), ())


def test_the_answer_of_the_sender_is_the_unit_where_nothing_else_says_it() -> None:
    pay = read("pay", "薪资", "4-5", Choices(units={"pay": "thousand/month"})).pay
    assert pay is not None
    assert (pay.minimum, pay.maximum) == (4000, 5000)
    pay = read("pay", "薪资", "200000", Choices(units={"pay": "yuan/year"})).pay
    assert pay is not None
    assert pay.minimum == 16667


@pytest.mark.parametrize(("header", "cell", "right"), of("experience"))
def test_experience(header: str, cell: str, right: str) -> None:
    parsed = read("experience", header, cell)
    if right in ("any", "left out", "asked"):
        assert parsed.experience == ANY
        assert bool(parsed.notes) == (right != "any")
    else:
        minimum, maximum = (int(end) if end else None for end in right.split("-"))
        assert parsed.experience == Experience(minimum, maximum)
    assert parsed.missing == ()
    assert parsed.is_held == (right == "asked")


def test_an_internship_named_as_experience_is_the_type_of_employment_where_the_row_has_no_other() -> None:
    row = {**FULL, "用工类型": "", "经验": "实习"}
    mapping = {code: list(row).index(name) for code, name in _CODES.items()} | {"experience": len(row) - 1}
    parsed = parse_row(list(row.values()), mapping, {"employment_type": "全职"}, reference_vocabulary(), TODAY)
    assert isinstance(parsed, ParsedPosting)
    assert parsed.employment_type == "internship"
    assert note_on(parsed, "employment_type")


@pytest.mark.parametrize(("header", "cell", "right"), of("education"))
def test_education(header: str, cell: str, right: str) -> None:
    parsed = read("education", header, cell)
    assert parsed.education == ("" if right in ("any", "left out") else right.removesuffix(" noted"))
    assert bool(parsed.notes) == (right.endswith("noted") or right == "left out")
    assert parsed.missing == ()


@pytest.mark.parametrize(("header", "cell", "right"), of("employment_type"))
def test_employment_type(header: str, cell: str, right: str) -> None:
    parsed = read("employment_type", header, cell)
    if right == "missing":
        assert parsed.missing == ("employment_type",)
        assert note_on(parsed, "employment_type")
    else:
        assert (parsed.employment_type, parsed.notes) == (right, ())


@pytest.mark.parametrize(("header", "cell", "right"), of("headcount"))
def test_headcount(header: str, cell: str, right: str) -> None:
    parsed = read("headcount", header, cell)
    if right == "missing":
        assert parsed.missing == ("headcount",)
        return
    assert parsed.headcount == int(right.removesuffix(" held"))
    assert parsed.is_held == right.endswith("held")
    assert parsed.missing == ()


@pytest.mark.parametrize(("header", "cell", "right"), of("validity"))
def test_validity(header: str, cell: str, right: str) -> None:
    parsed = read("validity", header, cell)
    if right == "missing":
        assert parsed.missing == ("valid_through",)
    else:
        assert parsed.valid_through == date.fromisoformat(right)
        assert parsed.notes == ()


@pytest.mark.parametrize(("header", "cell", "right"), of("tags"))
def test_tags(header: str, cell: str, right: str) -> None:
    parsed = read("tags", header, cell)
    kinds = {"benefit": (parsed.benefits, parsed.tags), "education": ((), parsed.tags)}
    if right == "benefit":
        assert kinds["benefit"] == ((cell,), ())
    elif right == "education":
        assert parsed.education
        assert parsed.tags == ()
    else:
        assert (parsed.tags, parsed.benefits, parsed.education) == ((right,), (), "")
