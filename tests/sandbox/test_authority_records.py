"""How the records office compares a statement with its records."""

import doctest

import pytest

from jiuye.sandbox.authority import judgement
from jiuye.sandbox.authority.judgement import Added, Difference, judge
from jiuye.sandbox.authority.statements import FIELDS, Statement
from jiuye.sandbox.people import Employment
from tests.sandbox.asking import id_number_of

ZHIXIA, WANGSHU, WITHOUT_RECORDS = ((name, id_number_of(name)) for name in ("林知夏", "周望舒", "叶美玲"))
EMPLOYER = "杭州澄岸智软件技术有限公司"


def stated(kind: str, who: tuple[str, str] = ZHIXIA, **claims: str) -> Statement:
    """A statement; fields that are not in `claims` are empty."""
    empty = {field.rstrip("?"): "" for field in FIELDS[kind]}
    return Statement("r-1", kind, *who, {**empty, **claims}, "")


def differences(statement: Statement) -> list[tuple[str, str, str]]:
    """(field, stated, recorded) of a mismatch."""
    judged = judge(statement)
    assert judged.outcome == "mismatched"
    return [(one.field, one.stated, one.recorded) for one in judged.differences]


def test_examples_in_the_descriptions_are_true() -> None:
    assert doctest.testmod(judgement).failed == 0


def test_a_name_and_its_id_number_are_verified() -> None:
    assert judge(stated("identity")).outcome == "verified"
    assert judge(stated("identity", phone="+8619900001001")).outcome == "verified"


def test_dots_and_spaces_within_a_name_mean_nothing() -> None:
    assert judge(stated("identity", ("古丽娜•艾山", id_number_of("古丽娜·艾山")))).outcome == "verified"


def test_another_name_is_a_mismatch_that_tells_no_name() -> None:
    assert differences(stated("identity", ("林知秋", ZHIXIA[1]))) == [("name", "林知秋", "")]
    assert differences(stated("employment", ("林知秋", ZHIXIA[1]), employer=EMPLOYER, start="2022-07")) == [
        ("name", "林知秋", "")
    ]


def test_another_phone_is_a_mismatch_that_tells_no_phone() -> None:
    assert differences(stated("identity", phone="19900000000")) == [("phone", "19900000000", "")]


def test_nobody_has_an_unknown_id_number() -> None:
    assert judge(stated("identity", ("无名氏", "990000190001010000"))).outcome == "no_record"


@pytest.mark.parametrize(
    ("employer", "start", "end"),
    [
        (EMPLOYER, "2022-07", ""),
        (" 杭州澄岸智 软件技术有限公司", "2022-08", ""),
        ("杭州云麓网络科技有限公司", "2020-07", "2022-05"),
        ("杭州云麓网络科技有限公司", "2020-06", "2022-06"),
    ],
)
def test_an_insured_period_is_verified_with_a_month_of_tolerance(employer: str, start: str, end: str) -> None:
    assert judge(stated("employment", employer=employer, start=start, end=end)).outcome == "verified"


def test_brackets_may_be_full_or_half_width() -> None:
    assert judge(stated("certificate", WANGSHU, title="养老护理员(四级)", number="demo20190408")).outcome == "verified"


def test_each_month_that_differs_is_named() -> None:
    wrong = stated("employment", employer="杭州云麓网络科技有限公司", start="2019-01", end="")

    assert differences(wrong) == [("start", "2019-01", "2020-07"), ("end", "至今", "2022-05")]


def test_what_goes_on_in_the_records_is_not_over() -> None:
    assert differences(stated("employment", employer=EMPLOYER, start="2022-07", end="2024-01")) == [
        ("end", "2024-01", "至今")
    ]


def test_another_employer_of_the_same_time_is_a_mismatch() -> None:
    assert differences(stated("employment", employer="某某公司", start="2020-07", end="2022-05")) == [
        ("employer", "某某公司", "杭州云麓网络科技有限公司")
    ]


def test_a_time_without_any_insurance_has_no_record() -> None:
    assert judge(stated("employment", employer="某某公司", start="2015-01", end="2016-01")).outcome == "no_record"
    assert judge(stated("employment", WITHOUT_RECORDS, employer=EMPLOYER, start="2022-07")).outcome == "no_record"


def test_education_is_school_level_and_year() -> None:
    assert judge(stated("education", school="杭州禾桥理工大学", level="20", end="2020-06")).outcome == "verified"
    assert differences(stated("education", school="杭州禾桥理工大学", level="14", end="2021")) == [
        ("level", "14", "20"),
        ("end", "2021", "2020"),
    ]
    assert differences(stated("education", school="某某大学", level="20", end="2020")) == [
        ("school", "某某大学", "杭州禾桥理工大学")
    ]
    assert judge(stated("education", school="某某大学", level="11", end="2020")).outcome == "no_record"


def test_a_certificate_is_known_by_its_number() -> None:
    right = {"title": "健康管理师（三级）", "number": "DEMO20220911", "issued": "2022-08-30"}

    assert judge(stated("certificate", WANGSHU, **right)).outcome == "verified"
    assert differences(stated("certificate", WANGSHU, **{**right, "title": "健康管理师（二级）"})) == [
        ("title", "健康管理师（二级）", "健康管理师（三级）")
    ]
    assert differences(stated("certificate", WANGSHU, **{**right, "issued": "2021-01-01"})) == [
        ("issued", "2021-01-01", "2022-08-30")
    ]


def test_the_right_number_of_a_certificate_is_not_told() -> None:
    assert differences(stated("certificate", WANGSHU, title="健康管理师（三级）", number="DEMO1")) == [
        ("number", "DEMO1", "")
    ]
    assert judge(stated("certificate", WANGSHU, title="电工证", number="DEMO1")).outcome == "no_record"


def test_a_difference_is_told_by_field() -> None:
    judged = judge(stated("identity", ("林知秋", ZHIXIA[1])))

    assert judged.differences == (Difference("name", "林知秋", ""),)


# Employment without a start: is the person insured there today?


def test_present_insurance_with_an_employer_is_verified() -> None:
    assert judge(stated("employment", employer=EMPLOYER)).outcome == "verified"


def test_insurance_that_ended_is_a_mismatch_with_its_end() -> None:
    assert differences(stated("employment", employer="杭州云麓网络科技有限公司")) == [("end", "至今", "2022-05")]


def test_where_else_somebody_is_insured_is_not_disclosed() -> None:
    assert differences(stated("employment", employer="某某公司")) == [("employer", "某某公司", "")]


def test_somebody_who_is_insured_nowhere_has_no_record() -> None:
    assert judge(stated("employment", WITHOUT_RECORDS, employer=EMPLOYER)).outcome == "no_record"


def test_a_credit_code_must_be_the_employers() -> None:
    statement = stated("employment", employer=EMPLOYER, credit_code="91990001MATRY00018")

    assert judge(statement, Added(unit_name=EMPLOYER)).outcome == "verified"
    assert [one.field for one in judge(statement, Added(unit_name="另一家公司")).differences] == ["credit_code"]


def test_an_added_insurance_counts() -> None:
    added = Added(employments=(Employment(EMPLOYER, "2025-01"),))

    assert judge(stated("employment", WITHOUT_RECORDS, employer=EMPLOYER), added).outcome == "verified"
