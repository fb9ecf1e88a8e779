"""Highlighting matches."""

import pytest

from jiuye.kernel.text import Segmenter, pieces, spans


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def test_places_are_those_of_the_text_as_written(segmenter: Segmenter) -> None:
    assert spans(segmenter.located("急聘㎡會計Ｊａｖａ"), {"会计", "java"}) == ((3, 9),)


def test_a_word_within_another_letter_sequence_is_not_marked(segmenter: Segmenter) -> None:
    assert spans(segmenter.located("JavaScript 与 Java"), {"java"}) == ((13, 17),)


def test_nothing_wanted_marks_nothing(segmenter: Segmenter) -> None:
    assert spans(segmenter.located("会计"), set()) == ()


def test_the_pieces_joined_are_the_text(segmenter: Segmenter) -> None:
    cut = list(pieces("高级会计主管", ((2, 4),)))
    assert cut == [("高级", False), ("会计", True), ("主管", False)]
    assert list(pieces("会计", ())) == [("会计", False)]
