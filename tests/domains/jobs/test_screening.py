"""What a posting may not say, and what only looks alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.jobs.screening import screen
from jiuye.domains.jobs.screening.folding import readings
from jiuye.domains.jobs.screening.rules import RULES
from tests.cases.screening.labelled import HALVES, lines


def rules_in(text: str) -> set[str]:
    return {finding.rule for finding in screen({"duties": text}).findings}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("sex", "限男"),
        ("sex", "限女性"),
        ("sex", "仅限女生"),
        ("sex", "男性优先"),
        ("sex", "性别：男"),
        ("sex", "性别要求：女"),
        ("sex", "服务员（女）"),
        ("sex", "女，18-35岁"),
        ("sex", "不要女生"),
        ("sex", "招聘男保安"),
        ("sex", "限 男"),
        ("marriage", "已婚已育优先"),
        ("marriage", "限未婚"),
        ("marriage", "入职三年内不得怀孕"),
        ("marriage", "无生育计划"),
        ("ethnicity", "限汉族"),
        ("ethnicity", "不要维吾尔族"),
        ("religion", "无宗教信仰"),
        ("household", "限本地户籍"),
        ("household", "上海户籍优先"),
        ("household", "不要河南人"),
        ("household", "外地人勿扰"),
        ("health", "无乙肝"),
        ("health", "乙肝携带者勿扰"),
        ("health", "体检项目含乙肝两对半"),
        ("health", "不招残疾人"),
        ("minors", "年满14周岁"),
        ("minors", "招童工"),
        ("fees", "入职需交押金200元"),
        ("fees", "上岗前缴纳培训费"),
        ("fees", "先交保证金"),
        ("fees", "收取服装费300元"),
        ("documents", "扣押身份证"),
        ("bait", "高薪保录"),
        ("bait", "轻松月入过万"),
        ("training_loan", "招转培"),
        ("training_loan", "培训后分期还款"),
    ],
)
def test_stops_what_the_law_forbids(rule: str, text: str) -> None:
    screening = screen({"duties": text})
    assert screening.verdict == "stop"
    assert rule in {finding.rule for finding in screening.findings}


@pytest.mark.parametrize("text", ["年龄18-45岁", "35岁以下", "25-35周岁", "年龄不超过45岁", "90后优先", "45周岁以内"])
def test_age_limits_go_to_a_human(text: str) -> None:
    assert screen({"requirements": text}).verdict == "review"


@pytest.mark.parametrize(
    "text",
    [
        "男装导购",
        "男科护士",
        "女装设计师",
        "男女不限",
        "性别不限",
        "服务女性客户",
        "招聘女装主播",
        "女生宿舍管理员",
        "不收押金",
        "无需缴纳任何押金、保证金",
        "负责租客押金收取",
        "公司报销体检费",
        "负责投标保证金缴纳",
        "协助办理上海户口",
        "需提供户口本",
        "户籍不限",
        "年满18周岁",
        "3-6岁幼儿教学",
        "反刷单风控",
        "年龄不限",
        "欢迎上班族",
        "孕检假",
        "妇产科孕检护士",
        "拒绝招转培",
        "信用贷款业务培训",
        "乙肝检测试剂研发",
        "严禁招用童工",
        "高薪诚聘",
    ],
)
def test_lets_through_what_only_looks_alike(text: str) -> None:
    assert screen({"duties": text}).findings == ()


@pytest.mark.parametrize(
    "text",
    ["性别不限，夜班限男性", "限男性；服装组性别不限", "不收押金，但入职须交培训费", "年满18周岁以上，不超过45岁"],
)
def test_what_looks_alike_excuses_nothing_beside_it(text: str) -> None:
    assert len(screen({"duties": text}).findings) == 1


def test_a_finding_shows_the_words_and_the_law() -> None:
    (finding,) = screen({"requirements": "身体健康，限男性，能吃苦"}).findings
    assert finding.field == "requirements"
    assert finding.words == "限男性"
    assert "妇女权益保障法" in finding.message


def test_tags_are_read_one_by_one() -> None:
    (finding,) = screen({"tags": ["五险一金", "男性优先"]}).findings
    assert (finding.field, finding.words) == ("tags", "男性优先")


def test_a_stop_outweighs_a_review() -> None:
    assert screen({"requirements": "35岁以下，限女性"}).verdict == "stop"


def test_full_width_and_dotted_words_do_not_hide() -> None:
    assert rules_in("限·男") == {"sex"}
    assert rules_in("年龄：１８－４５岁") == {"age"}


def test_a_finding_says_where_its_words_stand_in_the_text_as_written() -> None:
    text = "岗位要求：\u200b１、女\u3000形象好，年龄２５―３０岁"
    found = screen({"requirements": text}).findings
    assert {(one.rule, text[slice(*one.span)]) for one in found} == {
        ("sex", "女"), ("appearance", "形象好"), ("age", "年龄２５―３０岁"),
    }  # fmt: skip
    assert all(text[slice(*one.span)] == one.words for one in found)


def test_a_lawful_reason_in_the_same_sentence_leaves_it_to_a_human() -> None:
    (finding,) = screen({"requirements": "井下采掘岗位，限男性"}).findings
    assert finding.verdict == "review"
    assert "国家另有规定" in finding.advice
    assert screen({"requirements": "设有女浴室。前台限女性"}).verdict == "stop"


@pytest.mark.parametrize("kind", sorted({rule.key for rule in RULES}))
def test_every_offence_holds_a_mark_of_its_kind(kind: str) -> None:
    """Rules are tried on no other texts."""
    offences = [line["text"] for half in HALVES for line in lines(half) if line["rule"] == kind]
    marks = [mark for rule in RULES if rule.key == kind for mark in rule.marks.split()]
    assert offences
    for text in offences:
        assert any(mark in readings(text)[0].text for mark in marks), text


def test_every_rule_says_why_what_to_do_and_by_which_law() -> None:
    assert all(rule.reason and rule.advice and "《" in rule.basis for rule in RULES)


@given(st.text(max_size=200))
def test_any_text_is_screened_and_the_words_come_from_it(text: str) -> None:
    for finding in screen({"duties": text}).findings:
        assert finding.words
        assert finding.basis
