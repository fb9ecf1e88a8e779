"""A policy's conditions against somebody's answers: each by itself, and together."""

import pytest

from jiuye.domains.policies.policies import Condition, check, conclusion, read
from tests.factories.public_site import CONDITIONS


@pytest.mark.parametrize(
    ("answers", "verdicts", "together"),
    [
        ({"c1": "yes", "c2": "12", "c3": "no"}, ["holds", "holds", "holds"], "holds"),
        ({"c1": "yes", "c2": "13", "c3": "no"}, ["holds", "fails", "holds"], "fails"),
        ({"c1": "yes", "c2": "", "c3": "no"}, ["holds", "unknown", "holds"], "unknown"),
        ({"c1": "no", "c3": "yes"}, ["fails", "unknown", "fails"], "fails"),
        ({}, ["unknown"] * 3, "unknown"),
        ({"c1": "maybe", "c2": "-1", "c3": "１"}, ["unknown"] * 3, "unknown"),
        ({"c1": "YES", "c2": "9" * 40, "c3": "\x00"}, ["unknown", "unknown", "unknown"], "unknown"),
    ],
)
def test_each_stands_by_itself_and_not_knowing_is_neither(
    answers: dict[str, str], verdicts: list[str], together: str
) -> None:
    found = check(read(CONDITIONS), answers)
    assert [one.verdict.value for one in found] == verdicts
    assert conclusion(found).value == together


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("", "", "number", least=16, most=60, unit="岁"), "16 至 60 岁"),
        (Condition("", "", "number", least=6, unit="个月"), "不少于 6 个月"),
        (Condition("", "", "number", most=24, unit="个月"), "不超过 24 个月"),
        (Condition("", "", "no"), "否"),
    ],
)
def test_what_is_wanted_is_said(condition: Condition, said: str) -> None:
    assert condition.said == said


@pytest.mark.parametrize(
    "stored", [None, "x", [1], [{"question": "?"}], [{"question": "?", "clause": "", "wants": "x"}]]
)
def test_conditions_that_cannot_be_read_are_none(stored: object) -> None:
    assert read(stored) == []
