"""The stored form of a search: equal for equal searches, readable by later releases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.alerts import stored
from jiuye.ports.search import LEAVE_OUT, Near, SearchQuery

CODES = st.lists(st.sampled_from(["510100", "510107", "110000"]), unique=True, max_size=3).map(tuple)
QUERIES = st.builds(
    SearchQuery,
    q=st.sampled_from(["", "焊工", "C++ 开发", "  两个  空格 "]),
    region=CODES,
    occupation=st.sampled_from([(), ("6-18-02-04",)]),
    pay_min=st.none() | st.integers(0, 50_000),
    pay_max=st.none() | st.integers(0, 50_000),
    education=st.none() | st.integers(0, 9),
    experience=st.none() | st.integers(0, 10),
    employment_type=st.sampled_from([(), ("full_time",)]),
    without_dispatch=st.booleans(),
    exclude_words=st.sampled_from([(), ("销售",), ("保险", "销售")]),
    unconfirmed_for=st.none() | st.integers(1, 60),
    workplace=st.sampled_from(["", "苏州工业园区"]),
    literal=st.booleans(),
)


@given(QUERIES)
def test_what_is_read_back_is_the_search_that_was_written(query: SearchQuery) -> None:
    again = stored.read(stored.write(query))
    assert stored.write(again) == stored.write(query)
    assert (again.pay_min, again.pay_max, again.education) == (query.pay_min, query.pay_max, query.education)
    assert set(again.region) == set(query.region)
    assert (again.workplace, again.literal) == (query.workplace, query.literal)
    for name in LEAVE_OUT:
        assert getattr(again, name) == getattr(query, name)


def test_the_order_of_conditions_and_the_place_in_the_result_make_no_difference() -> None:
    one = SearchQuery(q="焊工", region=("510100", "110000"), page=3, sort="pay", posted_within=7)
    other = SearchQuery(q=" 焊工 ", region=("110000", "510100"))
    assert stored.digest(stored.write(one)) == stored.digest(stored.write(other))


def test_a_search_of_the_first_version_is_still_understood() -> None:
    kept = {
        "v": 1,
        "q": "焊工",
        "region": ["510100"],
        "occupation": ["6-18-02-04"],
        "industry": ["C33"],
        "employment_type": ["full_time"],
        "agency": ["0196f000-0000-7000-8000-000000000001"],
        "employer": ["0196f000-0000-7000-8000-000000000002"],
        "pay_min": 5000,
        "pay_max": 8000,
        "education": 4,
        "experience": 3,
    }
    query = stored.read(kept)
    assert (query.q, query.region, query.pay_min, query.pay_max) == ("焊工", ("510100",), 5000, 8000)
    assert stored.write(query) == kept


def test_a_place_to_search_round_is_kept_and_what_has_none_is_written_as_before() -> None:
    near = Near(104.04323, 30.64191, within=5, name="510107")
    kept = stored.write(SearchQuery(q="焊工", near=near, sort="distance"))
    assert (kept["v"], kept["near"], kept["within"]) == (2, "510107", 5)
    assert stored.read(kept).near == near
    assert stored.write(SearchQuery(q="焊工"))["v"] == 1


def test_a_search_of_a_later_release_is_refused_and_not_misread() -> None:
    with pytest.raises(ValueError, match="version 99"):
        stored.read({"v": 99, "q": "焊工"})
