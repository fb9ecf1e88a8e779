"""A row becomes a posting, or every reason why not."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.jobs.experience import Experience
from jiuye.domains.jobs.sheets.mapping import guess_mapping
from jiuye.domains.jobs.sheets.parsed import Choices, Note, ParsedPosting, RowErrors
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.rows import parse_row
from tests.factories.sheets import HEADERS, ROW

TODAY = date(2026, 3, 1)
FULL = dict(zip(HEADERS, ROW, strict=True))


def parse(row: dict[str, str], defaults: dict[str, str] | None = None) -> ParsedPosting | RowErrors:
    mapping = guess_mapping(list(row), [])
    return parse_row(list(row.values()), mapping, defaults or {}, reference_vocabulary(), TODAY)


def posting(row: dict[str, str], defaults: dict[str, str] | None = None) -> ParsedPosting:
    parsed = parse(row, defaults)
    assert isinstance(parsed, ParsedPosting), parsed
    return parsed


def reasons(row: dict[str, str]) -> dict[str, str]:
    parsed = parse(row)
    assert isinstance(parsed, RowErrors), parsed
    return {reason.field: reason.message for reason in parsed.reasons}


def test_a_full_row_has_every_legal_element() -> None:
    parsed = posting(FULL)
    assert parsed.missing == ()
    assert (parsed.title, parsed.employer_name, parsed.region) == ("车工", "示例精密机械有限公司", "320583")
    assert (parsed.headcount, parsed.employment_type, parsed.valid_through) == (5, "full_time", date(2026, 3, 31))
    assert parsed.pay is not None
    assert (parsed.pay.minimum, parsed.pay.maximum) == (6000, 9000)
    assert parsed.occupation == "6-18-01-01"


@pytest.mark.parametrize(
    ("header", "element"),
    [
        ("招聘单位", "employer_name"),
        ("工作地点", "region"),
        ("薪资", "pay"),
        ("招聘人数", "headcount"),
        ("用工类型", "employment_type"),
        ("工作内容", "duties"),
        ("招聘条件", "requirements"),
        ("工作条件", "working_conditions"),
        ("有效期至", "valid_through"),
    ],
)
def test_a_row_without_a_legal_element_comes_in_and_says_what_is_missing(header: str, element: str) -> None:
    assert posting(FULL | {header: ""}).missing == (element,)


def test_defaults_fill_what_a_row_leaves_blank_and_nothing_else() -> None:
    defaults = {"headcount": "2", "employment_type": "兼职", "duties": "按安排工作", "valid_through": "10天"}
    row = FULL | {"招聘人数": "", "工作内容": "", "有效期至": ""}
    parsed = posting(row, defaults)
    assert (parsed.headcount, parsed.employment_type, parsed.duties) == (2, "full_time", "按安排工作")
    assert parsed.missing == ()


def test_vague_words_leave_an_element_missing() -> None:
    assert posting(FULL | {"招聘人数": "若干", "薪资": "面议", "有效期至": "长期"}).missing == (
        "headcount",
        "pay",
        "valid_through",
    )


def test_requirements_are_composed_from_other_columns() -> None:
    parsed = posting(FULL | {"招聘条件": "", "学历": "本科", "工作经验": "3-4年"})
    assert parsed.requirements == "学历：本科；经验：3-4年"
    assert parsed.missing == ()


def test_tags_tell_what_no_column_says() -> None:
    parsed = posting(FULL | {"标签": "2年,大专,五险一金,数控"})
    assert (parsed.education, parsed.experience, parsed.benefits) == ("30", Experience(2, None), ("五险一金",))
    assert parsed.tags == ("数控",)


def test_a_mixed_description_gives_duties_and_requirements() -> None:
    parsed = posting(FULL | {"工作内容": "", "招聘条件": "", "职位描述": "岗位职责：焊接。任职要求：有焊工证"})
    assert (parsed.duties, parsed.requirements) == ("焊接", "有焊工证")


def test_a_workplace_in_three_columns_is_one() -> None:
    row = {key: value for key, value in FULL.items() if key != "工作地点"} | {
        "省": "四川省",
        "市": "成都市",
        "区": "武侯区",
    }
    assert posting(row).region == "510107"


def test_what_the_workplace_says_beyond_the_division_is_the_address() -> None:
    assert posting(FULL | {"工作地点": "四川省成都红星路"}).address == "红星路"
    assert posting(FULL | {"工作地点": "四川省成都", "详细地址": "示范路18号"}).address == "示范路18号"


def test_pay_in_two_columns_is_one() -> None:
    row = {key: value for key, value in FULL.items() if key != "薪资"} | {"最低薪资": "6000", "最高薪资": "9000"}
    pay = posting(row).pay
    assert pay is not None
    assert (pay.minimum, pay.maximum) == (6000, 9000)


def notes(row: dict[str, str]) -> dict[str, Note]:
    return {note.field: note for note in posting(row).notes}


UNREADABLE = {
    "薪资": "8-12",
    "工作地点": "火星",
    "招聘人数": "很多",
    "用工类型": "待定",
    "有效期至": "2020-01-01",
    "学历": "熟练",
    "工作经验": "资深",
    "统一社会信用代码": "123",
}


def test_cells_that_cannot_be_read_never_reject_the_row_but_are_told_with_their_column() -> None:
    row = FULL | UNREADABLE
    assert {(note.field, note.column) for note in posting(row).notes} == {
        ("pay", 3), ("region", 2), ("headcount", 4), ("employment_type", 5), ("valid_through", 9), ("education", 10), ("experience", 11),
        ("employer_credit_code", 12),
    }  # fmt: skip
    assert posting(row).missing == ("headcount", "employment_type", "region", "pay", "valid_through")


def test_a_row_without_a_title_is_rejected_and_told_every_fault_at_once() -> None:
    assert reasons(FULL | UNREADABLE | {"职位名称": ""}).keys() == {
        "title", "pay", "region", "headcount", "employment_type", "valid_through", "education", "experience", "employer_credit_code",
    }  # fmt: skip


def test_a_title_that_is_a_formula_rejects_the_row() -> None:
    assert "公式" in reasons(FULL | {"职位名称": '=HYPERLINK("http://x")'})["title"]


@pytest.mark.parametrize(
    ("change", "field", "hint"),
    [
        ({"学历": "熟练"}, "education", "看不明白"),
        ({"工作经验": "资深"}, "experience", "看不明白"),
        ({"统一社会信用代码": "123"}, "employer_credit_code", "18 位"),
        ({"详细地址": "示范路\ufffd号"}, "address", "乱码"),
        ({"招聘人数": "=A1+5"}, "headcount", "公式"),
        ({"招聘人数": "1\ufffd"}, "headcount", "乱码"),
        ({"职位编号": "A" * 65}, "external_code", "最多64个"),
        ({"福利待遇": f"五险一金、{'包吃' * 20}"}, "benefits", "1个词"),
        ({"招聘单位": "某" * 101}, "employer_name", "最多100个"),
    ],
)
def test_a_note_says_what_was_left_out_and_how_to_correct_it(change: dict[str, str], field: str, hint: str) -> None:
    note = notes(FULL | change)[field]
    assert hint in note.message
    assert not note.holds


@pytest.mark.parametrize(
    ("change", "field", "kept"),
    [
        ({"职位名称": "工" * 81}, "title", "工" * 80),
        ({"职位名称": "车\ufffd工"}, "title", "车工"),
        ({"工作内容": "做" * 5001}, "duties", "做" * 5000),
        ({"详细地址": "路" * 201}, "address", "路" * 200),
        ({"工作内容": "\ufffd\ufffd加工"}, "duties", "加工"),
    ],
)
def test_a_text_that_is_too_long_or_garbled_is_kept_as_far_as_it_goes_in_a_draft(
    change: dict[str, str], field: str, kept: str
) -> None:
    parsed = posting(FULL | change)
    assert getattr(parsed, field) == kept
    assert parsed.is_held


def test_one_garbled_character_in_a_long_text_comes_in_with_a_note() -> None:
    parsed = posting(FULL | {"工作内容": "操作数控车床，按图纸加\ufffd工零件，做首件检验和日常保养。"})
    assert parsed.duties == "操作数控车床，按图纸加工零件，做首件检验和日常保养。"
    assert (parsed.missing, parsed.is_held) == ((), False)
    assert notes(FULL | {"工作内容": "操作数控车床，按图纸加\ufffd工零件"})["duties"]


def test_an_unreadable_cell_is_not_filled_by_the_default() -> None:
    parsed = posting(FULL | {"招聘人数": "很多"}, {"headcount": "2"})
    assert (parsed.headcount, parsed.missing) == (None, ("headcount",))


def test_a_description_without_headings_stands_for_both_only_if_the_sender_says_so() -> None:
    row = FULL | {"工作内容": "", "招聘条件": "", "职位描述": "加工零件，会看图纸"}
    assert posting(row).missing == ("requirements",)
    mapping = guess_mapping(list(row), [])
    parsed = parse_row(list(row.values()), mapping, {}, reference_vocabulary(), TODAY, Choices(whole_description=True))
    assert isinstance(parsed, ParsedPosting)
    assert (parsed.duties, parsed.requirements, parsed.missing) == ("加工零件，会看图纸", "加工零件，会看图纸", ())


def test_duties_with_a_heading_for_requirements_are_a_description() -> None:
    parsed = posting(FULL | {"工作内容": "加工零件\n任职要求：会看图纸", "招聘条件": ""})
    assert (parsed.duties, parsed.requirements) == ("加工零件", "会看图纸")


def test_markup_and_invisible_characters_are_taken_out() -> None:
    parsed = posting(
        FULL | {"职位名称": "车\u200b工", "工作内容": "<p>加工&nbsp;零件</p><script>alert(1)</script><br>检验"}
    )
    assert parsed.title == "车工"
    assert parsed.duties == "加工 零件\n检验"


def test_comparisons_in_text_are_no_markup() -> None:
    assert posting(FULL | {"招聘条件": "年龄<60，经验>1年"}).requirements == "年龄<60，经验>1年"


def test_a_row_that_is_imported_again_has_the_same_hash_whatever_the_defaults() -> None:
    row = FULL | {"招聘人数": ""}
    assert posting(row, {"headcount": "2"}).content_hash == posting(row, {"headcount": "9"}).content_hash
    assert posting(FULL | {"有效期至": "60天"}).content_hash == posting(FULL).content_hash


@pytest.mark.parametrize(
    "change", [{"职位名称": "铣工"}, {"薪资": "7000-9000元/月"}, {"工作地点": "江苏省无锡市"}, {"工作内容": "别的"}]
)
def test_a_row_that_says_something_else_has_another_hash(change: dict[str, str]) -> None:
    assert posting(FULL | change).content_hash != posting(FULL).content_hash


cells = st.lists(st.one_of(st.text(max_size=60), st.sampled_from([*ROW, "=1", "<b>", "面议", "\ufffd"])), max_size=14)


@given(cells)
def test_any_row_becomes_a_posting_or_reasons(row: list[str]) -> None:
    parsed: Any = parse_row(row, guess_mapping(HEADERS, []), {}, reference_vocabulary(), TODAY)
    if isinstance(parsed, RowErrors):
        assert all(reason.message for reason in parsed.reasons)
        assert parsed.reasons
    else:
        assert 0 < len(parsed.title) <= 80
        assert len(parsed.content_hash) == 64
