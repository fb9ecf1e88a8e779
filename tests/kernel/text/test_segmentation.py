"""Tokenising texts and queries."""

import pytest

from jiuye.kernel.text import Segmenter, Term, Word


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    terms = [
        Term("c++", ["c++", "cpp", "c plus plus"]),
        Term("nodejs", ["node js"], ["node"]),
        Term("dotnet", [".net", "dot net"]),
    ]
    return Segmenter(["软件工程师"], terms)


def test_a_text_has_its_words_and_the_words_within_them(segmenter: Segmenter) -> None:
    assert segmenter.tokens("高级软件工程师") == ["高级", "软件", "工程", "工程师", "软件工程师"]


def test_a_query_has_its_longest_words_with_what_covers_them(segmenter: Segmenter) -> None:
    assert segmenter.words("高级软件工程师") == [Word("高级"), Word("软件工程师", ("软件", "工程师"))]


def test_shorter_words_that_leave_a_character_out_do_not_stand_for_a_word(segmenter: Segmenter) -> None:
    assert segmenter.words("服务员") == [Word("服务员")]


def test_characters_that_form_no_word_stay_together_in_a_query(segmenter: Segmenter) -> None:
    assert segmenter.words("鑫昶科技") == [Word("鑫昶", ("鑫", "昶")), Word("科技")]


@pytest.mark.parametrize("typed", ["Node.js", "node js", "NODEJS", "Ｎｏｄｅ.ｊｓ", "node-js"])
def test_a_term_is_one_token_in_all_its_spellings(segmenter: Segmenter, typed: str) -> None:
    assert segmenter.tokens(typed) == ["nodejs", "node"]
    assert segmenter.words(typed) == [Word("nodejs")]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("C/C++、C#", ["c", "c++", "c#"]),
        ("熟悉.NET", ["熟悉", "dotnet"]),
        ("F#和3D", ["f#", "3d"]),
        ("t-sql", ["tsql", "sql"]),
        ("2026-05-01", ["2026", "05", "01"]),
        ("15k-20k·13薪", ["15k", "20k", "13", "薪"]),
        ("SQL&Python", ["sql", "python"]),
        ("notepad++", ["notepad++"]),
        ("cppx", ["cppx"]),
        ("、，。 \t\n", []),
        ("", []),
    ],
)
def test_latin_and_numbers(segmenter: Segmenter, text: str, tokens: list[str]) -> None:
    assert sorted(segmenter.tokens(text)) == sorted(tokens)


def test_an_unknown_compound_is_found_by_its_parts_too(segmenter: Segmenter) -> None:
    assert segmenter.words("spring-batch") == [Word("springbatch", ("spring", "batch"))]


def test_numbers_of_a_date_are_each_demanded(segmenter: Segmenter) -> None:
    assert segmenter.words("2026-05") == [Word("2026"), Word("05")]


def test_function_words_are_left_out_unless_nothing_else_is_there(segmenter: Segmenter) -> None:
    assert segmenter.words("会计的工作") == [Word("会计"), Word("工作")]
    assert [word.text for word in segmenter.words("的")] == ["的"]


def test_a_word_typed_twice_is_asked_once(segmenter: Segmenter) -> None:
    assert segmenter.words("会计 会计") == [Word("会计")]


@pytest.mark.parametrize("text", ["高级軟件工程師", "Ｃ＋＋ 開發", "熟悉㎡测量", "①焊工", "ﬁnance经理"])
def test_tokens_and_their_places_agree(segmenter: Segmenter, text: str) -> None:
    located = list(segmenter.located(text))
    assert {token.text for token in located} >= set(segmenter.tokens(text))
    assert all(0 <= token.start < token.end <= len(text) for token in located)
