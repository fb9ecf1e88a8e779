"""Experience as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.jobs.experience import Experience, ExperienceError, format_experience, parse_experience


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("3-4年", 3, 4),
        ("3～5年经验", 3, 5),
        ("1年", 1, None),
        ("2", 2, None),
        ("5年及以上", 5, None),
        ("三年以上", 3, None),
        ("10年及以上", 10, None),
        ("1年以内", 0, 1),
        ("1年以下", 0, 1),
        ("6个月", 0, 1),
        ("无需经验", 0, None),
        ("不需要经验", 0, None),
        ("在校生/应届生", 0, 0),
        ("应届毕业生", 0, 0),
        ("经验不限", None, None),
        ("不限", None, None),
        ("无要求", None, None),
    ],
)
def test_it_is_understood_in_whole_years(text: str, minimum: int | None, maximum: int | None) -> None:
    assert parse_experience(text) == Experience(minimum, maximum)


@pytest.mark.parametrize("text", ["", "资深", "5-3年", "99年", "2026-03-04"])
def test_what_names_no_span_of_years_is_refused(text: str) -> None:
    with pytest.raises(ExperienceError):
        parse_experience(text)


@given(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 50)))
def test_what_is_shown_is_read_back_as_the_same(minimum: int, maximum: int | None) -> None:
    if maximum is not None and maximum < minimum:
        minimum, maximum = maximum, minimum
    experience = Experience(minimum, maximum)
    assert parse_experience(format_experience(experience)) == experience


@given(st.text(max_size=20))
def test_any_text_is_either_a_span_in_order_or_refused(text: str) -> None:
    try:
        experience = parse_experience(text)
    except ExperienceError:
        return
    if experience.minimum is not None and experience.maximum is not None:
        assert experience.minimum <= experience.maximum
