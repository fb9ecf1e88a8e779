"""How well screening does on the labelled texts, and that its cost grows with the length of a text and no faster."""

import re
import time
from collections.abc import Iterator

import pytest

from jiuye.domains.jobs.screening import screen
from jiuye.domains.jobs.screening.rules import RULES
from tests.cases.screening.labelled import HALVES, lines, score


@pytest.mark.parametrize("half", HALVES)
class TestLabelledTexts:
    def test_what_is_stopped_deserves_it_and_what_deserves_it_is_stopped(self, half: str) -> None:
        stops = score(half).of("stop")
        assert stops.precision >= 0.97
        assert stops.recall >= 0.95

    def test_what_is_reviewed_deserves_it_and_what_deserves_it_is_reviewed(self, half: str) -> None:
        reviews = score(half).of("review")
        assert reviews.precision >= 0.97
        assert reviews.recall >= 0.90

    def test_no_clean_text_is_stopped(self, half: str) -> None:
        assert [one for one in score(half).differing if one[1:] == ("clean", "stop")] == []


def test_half_of_at_least_600_texts_is_clean_and_none_is_there_twice() -> None:
    texts = [line["text"] for half in HALVES for line in lines(half)]
    assert len(texts) == len(set(texts)) >= 600
    clean = sum(score(half).clean for half in HALVES)
    assert 0.45 < clean / len(texts) < 0.55


@pytest.mark.parametrize(
    "text", ["三十岁", "年龄二十岁以上", "年龄三十岁以下", "二十五岁以上", "四十岁左右", "九十岁老人"]
)
def test_thirty_is_never_ten(text: str) -> None:
    assert "minors" not in {finding.rule for finding in screen({"requirements": text}).findings}


def test_expressions_repeat_a_bounded_number_of_times_only() -> None:
    """Without `*`, `+` and `{n,}` the steps at one position are bounded, whatever the text."""
    for rule in RULES:
        for expression in (*rule.words, *rule.doubtful, *rule.harmless, *rule.lawful):
            bare = re.sub(r"\\.|\[[^\]]*\]", "x", expression)
            assert not re.search(r"[*+]|\{\d*,\}", bare), f"{rule.key}: {expression}"


def pieces() -> Iterator[str]:
    """What an expression might begin with or bite on, to be repeated."""
    yield from (
        "-",
        "女",
        "男",
        " ",
        "1",
        "13",
        "十",
        "限",
        "限男",
        "不",
        "岁",
        "25-",
        "年龄",
        "户",
        "要求本",
        "A",
        "微信",
        "v",
        "押金",
        "a@",
    )
    yield from (
        "，",
        "公司",
        "·女",
        "女 ",
        "乙肝",
        "体检",
        "无",
        "形象",
        "身高1",
        "负责为",
        "月入",
        "先交",
        "身份证",
        "\u200b女",
    )


@pytest.mark.parametrize("piece", list(pieces()))
def test_a_repeated_piece_costs_in_proportion_to_its_length(piece: str) -> None:
    """Four times the length costs about four times as much; if the cost grew with the square, sixteen times."""
    short, long = (cost(piece * (length // len(piece))) for length in (2_000, 8_000))
    assert long < 10 * short


def cost(text: str) -> float:
    """Return the least CPU time of several runs: a ratio of two such is steady on a busy machine."""
    taken = []
    for _ in range(3):
        started = time.process_time()
        screen({"requirements": text})
        taken.append(time.process_time() - started)
    return min(taken)
