"""Figures that the preview marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.jobs.queries.strange_figures import strangers


@pytest.mark.parametrize(
    ("figures", "places"),
    [
        ([5, 5, 5, 5, 5, 2026], {5}),
        ([5, 3, 8, 10, 2, 2026, None], {5}),
        ([8000, 7500, 9000, 12000, 6000, 180000], {5}),
        ([8000, 7500, 9000, 12000, 6000, 25], {5}),
        ([8000, 7500, 9000, 12000, 6000, 25000], set()),
        ([4000, 6000, 9000, 15000, 25000, 40000, 60000], set()),
        ([5, 5, 5, 5, 15], set()),
        ([5, 5, 2026], set()),
        ([None] * 8, set()),
        ([], set()),
    ],
)
def test_a_figure_far_from_the_others_is_marked(figures: list[float | None], places: set[int]) -> None:
    assert strangers(figures) == places


@given(st.lists(st.none() | st.integers(0, 10**6), max_size=30), st.integers(2, 1000))
def test_the_unit_does_not_matter(figures: list[float | None], factor: int) -> None:
    assert strangers([figure and figure * factor for figure in figures]) == strangers(figures)
