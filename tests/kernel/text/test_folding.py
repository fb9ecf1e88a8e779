"""The same text, however it was typed."""

import unicodedata

import opencc
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jiuye.kernel.text import fold, fold_with_origins

CONVERTER = opencc.OpenCC("hk2s")
# Simplified characters, traditional ones, ones that depend on their phrase, rare ones, marks.
MIXED = "会计焊工职位口土反复后复沈坏藉覆哩著乾坤瞭後於麽裏着會計職責𠮷ㄅ、，a1 "


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ＪＡＶＡ", "java"),
        ("會計與財務", "会计与财务"),
        ("駕駛員", "驾驶员"),
        ("Ｃ＋＋", "c++"),
        ("㈱", "(株)"),
        ("①", "1"),
        ("already plain", "already plain"),
        ("\ud83d", "?"),
    ],
)
def test_width_case_and_traditional_characters_are_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs"])))
def test_every_folded_character_has_an_origin(text: str) -> None:
    folded, origins = fold_with_origins(text)
    assert len(folded) == len(origins)
    assert origins == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)


@given(st.text(alphabet="會计焊工ＡＢab＋+ 12"))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=MIXED))
@example("找藉口")
@example("反覆核对")
@example("沈默寡言")
@example("做土坏的师傅")
@example("乾坤未定")
def test_texts_without_a_convertible_character_are_what_the_converter_makes_of_them(text: str) -> None:
    assert fold(text) == CONVERTER.convert(unicodedata.normalize("NFKC", text).lower())
