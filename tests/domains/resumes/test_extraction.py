"""What a resume's text says: periods, labels, headings and histories in the many ways in which people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._resume_files.cases import Case, cases
from bench._resume_files.scoring import wrong
from jiuye.adapters.inspection_local import texts
from jiuye.domains.resumes.extraction import extract
from jiuye.domains.resumes.extraction.found import FoundEmployment
from jiuye.domains.resumes.extraction.headings import part_of
from jiuye.domains.resumes.extraction.periods import period_in
from jiuye.domains.resumes.extraction.plain import lines_of
from jiuye.domains.resumes.extraction.words import is_level, name_of, pay_of


def printed(content: bytes) -> bytes:
    raise AssertionError("needs a browser")


@pytest.mark.parametrize("case", [case for case in cases() if "floats" not in case.layout], ids=lambda case: case.name)
def test_every_field_of_the_benchmarks_files_is_read(case: Case) -> None:
    read = texts.read(case.content(printed), "简历", recognise=False)
    assert wrong(case, extract(read.texts))[1] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019.07-至今", date(2019, 7, 1), None),
        ("2019年7月—2020年3月", date(2019, 7, 1), date(2020, 3, 1)),
        ("2019年07月至今", date(2019, 7, 1), None),
        ("2019/7 -- 至今", date(2019, 7, 1), None),
        ("2019/07~2021/12", date(2019, 7, 1), date(2021, 12, 1)),
        ("07/2019 – 03/2021", date(2019, 7, 1), date(2021, 3, 1)),
        ("2019-07 ~ now", date(2019, 7, 1), None),
        ("Jul 2019 - Present", date(2019, 7, 1), None),
        ("September 2019 to Mar. 2021", date(2019, 9, 1), date(2021, 3, 1)),
        ("2019.07.15-2020.03.01", date(2019, 7, 1), date(2020, 3, 1)),
        ("2019年7月1日至2020年3月31日", date(2019, 7, 1), date(2020, 3, 1)),
        ("2019. 7 － 2020. 3", date(2019, 7, 1), date(2020, 3, 1)),
        ("2019-07 至 至今", date(2019, 7, 1), None),
        ("２０１９．０７－至今", date(2019, 7, 1), None),
    ],
)
def test_periods_are_read_however_they_are_written(text: str, start: date, end: date | None) -> None:
    period = period_in(lines_of(text)[0])
    assert period is not None
    assert (period.start_on, period.end_on) == (start, end)


def test_a_period_of_years_has_no_month_that_nobody_wrote() -> None:
    period = period_in("2016-2020 某公司")
    assert period is not None
    assert (period.start_on, period.end_on) == (None, None)


@pytest.mark.parametrize("text", ["19912345678-2020", "第2019-07-1234号", "2020.03-2019.07", "7-8人", "2.5-3.5万"])
def test_other_numbers_are_no_periods(text: str) -> None:
    assert period_in(text) is None


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("古丽娜尔•买买提", "古丽娜尔·买买提"),
        ("古丽娜尔・买买提", "古丽娜尔·买买提"),
        ("古丽娜尔‧买买提", "古丽娜尔·买买提"),
        ("古丽娜尔．买买提", "古丽娜尔·买买提"),
        ("扎西·罗布", "扎西·罗布"),
        ("王 芳", "王芳"),
        ("欧阳志远", "欧阳志远"),
        ("李明（Michael Li）", "李明"),
        ("个人简历", ""),
        ("武汉", ""),
        ("高级经理", ""),
        ("女", ""),
    ],
)
def test_names_are_told_from_other_short_words(written: str, stored: str) -> None:
    assert name_of(lines_of(written)[0]) == stored


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("6000-8000元/月", 6000, 8000),
        ("8K-12K", 8000, 12000),
        ("8-12k", 8000, 12000),
        ("1-1.5万/月", 10000, 15000),
        ("6千~8千", 6000, 8000),
        ("8000元以上", 8000, None),
        ("24-36万/年", 20000, 30000),
        ("面议", None, None),
        ("300元/天", None, None),
    ],
)
def test_wished_pay_is_a_months(written: str, low: int | None, high: int | None) -> None:
    assert pay_of(written) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["教 育 背 景", "【教育经历】", "二、教育背景：", "教育背景 Education", "EDUCATION", "■ 学习经历", "2. 教育情况"],
)
def test_headings_are_known_in_any_dress(text: str) -> None:
    assert part_of(text) == "education"


@pytest.mark.parametrize("text", ["教育部直属单位工作", "工作认真负责", "负责项目管理", "技能 Java"])
def test_sentences_are_no_headings(text: str) -> None:
    assert part_of(text) is None


def test_levels_are_told_from_schools() -> None:
    assert [is_level(one) for one in ("全日制本科", "硕士研究生", "大专（函授）", "职业中等专业学校", "本科生导师制")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_radicals_are_folded_to_the_characters_they_stand_for() -> None:
    found = extract(["⼯作经历\n2019.07-⾄今 ⻓沙⻋⻔⾦属⼚ ⾼级焊⼯"])
    assert [(one.employer_name, one.title, one.end_on) for one in found.employments] == [
        ("长沙车门金属厂", "高级焊工", None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "工作经历\n2019.07-2021.03  蓉江机械有限公司  装配工\n装配减速机",
        "工作经历\n蓉江机械有限公司\t2019.07-2021.03\n装配工\n装配减速机",
        "工作经历\n蓉江机械有限公司 装配工\n2019.07-2021.03\n装配减速机",
        "工作经历\n2019.07-2021.03\n蓉江机械有限公司 | 装配工\n装配减速机",
        "工作经历\n装配工 @ 蓉江机械有限公司（2019.07-2021.03）\n• 装配减速机".replace(" @ ", "  "),
        "工作经历\n时间：2019.07-2021.03\n单位：蓉江机械有限公司\n岗位：装配工\n主要职责：装配减速机",
        "工作经历\n起止时间\t工作单位\t职务\t工作内容\n2019.07-2021.03\t蓉江机械有限公司\t装配工\t装配减速机",
        "工作经历\n蓉江机械有限公司（150-500人） 装配车间 装配工 2019.07-2021.03\n装配减速机",
        "工作经历\t2019.07-2021.03 蓉江机械有限公司 装配工\n装配减速机",
    ],
)
def test_a_job_is_read_from_any_order_of_its_parts(text: str) -> None:
    assert extract([text]).employments == [
        FoundEmployment("蓉江机械有限公司", "装配工", date(2019, 7, 1), date(2021, 3, 1), "装配减速机")
    ]


def test_a_line_about_a_date_in_a_description_begins_no_other_job() -> None:
    text = "工作经历\n2019.07-2021.03 蓉江机械有限公司 装配工\n• 2020.01-2020.06 参加技改小组，装配减速机\n带徒弟两人"
    found = extract([text])
    assert len(found.employments) == 1
    assert found.employments[0].description == "2020.01-2020.06 参加技改小组，装配减速机\n带徒弟两人"


def test_a_second_job_at_the_same_employer_needs_its_name_once() -> None:
    text = "工作经历\n蓉江机械有限公司\n班组长（2020.1-至今）\n（1）管理十人\n装配工（2017.3-2019.12）\n（1）装配减速机"
    assert [(one.employer_name, one.title) for one in extract([text]).employments] == [
        ("蓉江机械有限公司", "班组长"),
        ("蓉江机械有限公司", "装配工"),
    ]


def test_what_nobody_may_select_by_is_never_taken() -> None:
    text = (
        "姓名：王芳 性别：女 民族：回族 婚姻：已婚 籍贯：宁夏\n身份证号：110101199003078888 健康状况：良好\n身高：165cm"
    )
    found = extract([text])
    kept = repr([found.name, found.region, found.wish, found.self_description, found.skills, found.rest])
    assert found.name == "王芳"
    assert not [word for word in ("女", "回族", "已婚", "宁夏", "110101", "165", "党员") if word in kept]


def test_levels_of_skills_are_kept() -> None:
    found = extract(["技能\n精通Java、Python\n英语：熟练 | 36个月\n了解摄影"])
    assert [(one.name, one.level) for one in found.skills] == [
        ("Java", "expert"), ("Python", "expert"), ("英语", "working"), ("摄影", "basic"),
    ]  # fmt: skip


def test_the_fuller_of_two_readings_is_taken_and_completed() -> None:
    found = extract(["王芳\n工作经历\n2019.07-至今 蓉江机械有限公司 装配工", "电话：13912345678"])
    assert (found.name, found.phone, len(found.employments)) == ("王芳", "13912345678", 1)


def test_a_text_that_is_no_resume_gives_nothing() -> None:
    assert extract([]).is_empty
    assert extract(["关于召开年度大会的通知\n请各单位按时参加。"]).is_empty


@given(st.text(alphabet="姓名：:· \t\n2019.07-至今|、，公司工作经历教育熟练()（）电话1391234万kK/abc@.", max_size=600))
@settings(max_examples=60, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    extract([text])
