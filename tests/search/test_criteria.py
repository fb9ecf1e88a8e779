"""A search as parameters of a URL."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from jiuye.ports.search import Near, SearchQuery
from jiuye.search.criteria import pairs, read


def test_values_may_be_repeated_or_joined_by_commas() -> None:
    assert read(QueryDict("region=510000&region=440000,330000,510000")).query.region == ("510000", "440000", "330000")


def test_pay_bounds_in_the_wrong_order_are_turned_round() -> None:
    query = read(QueryDict("pay_min=9000&pay_max=3000")).query
    assert (query.pay_min, query.pay_max) == (3000, 9000)


@pytest.mark.parametrize(
    ("written", "parameter"),
    [
        ("pay_min=abc", "pay_min"),
        ("pay_min=-1", "pay_min"),
        ("pay_max=99999999999999999999", "pay_max"),
        ("experience=１０", "experience"),
        ("education=99", "education"),
        ("sort=random", "sort"),
        ("size=1000", "size"),
        ("page=0", "page"),
        ("page=101", "page"),
        ("agency=me", "agency"),
        ("region=%00", "region"),
        ("posted_within=x", "posted_within"),
        ("near=510000", "near"),
        ("near=me", "near"),
        ("near=me&sort=distance", "near"),
        ("near=510107&within=0", "within"),
        ("near=510107&within=101", "within"),
        ("region=" + ",".join(str(number) for number in range(30)), "region"),
    ],
)
def test_invalid_values_are_ignored_and_reported(written: str, parameter: str) -> None:
    criteria = read(QueryDict(written))
    assert list(criteria.faults) == [parameter]
    assert len(criteria.query.region) <= 20


def test_an_empty_url_asks_for_everything() -> None:
    criteria = read(QueryDict(""))
    assert criteria.query == SearchQuery()
    assert criteria.faults == {}


class TestNear:
    @pytest.mark.parametrize(
        ("written", "again"),
        [
            ("near=510107", "near=510107"),
            ("near=510107&within=20", "near=510107"),
            ("within=5&sort=distance&near=510107&q=a", "q=a&near=510107&within=5&sort=distance"),
            ("near=成都市武侯区", "near=510107"),
            ("near=310000", "near=310100"),
            ("near=重庆", "near=500100"),
        ],
    )
    def test_a_place_has_one_address(self, written: str, again: str) -> None:
        assert urlencode(pairs(read(QueryDict(written)).query)) == again

    def test_a_county_is_searched_round_its_centre(self) -> None:
        near = read(QueryDict("near=510107&within=5")).query.near
        assert near == Near(104.04323, 30.64191, within=5, name="510107")

    def test_me_is_where_the_asker_says_and_no_address_tells_where(self) -> None:
        query = read(QueryDict("near=me"), here=(121.5, 31.2)).query
        assert query.near == Near(121.5, 31.2, name="me")
        assert pairs(query) == [("near", "me")]

    def test_a_code_that_nobody_knows_finds_nothing_for_machines_and_is_left_out_for_people(self) -> None:
        criteria = read(QueryDict("near=999999&sort=distance"))
        assert list(criteria.notes) == ["near"]
        assert criteria.query.near == Near(0, 0, name="999999")
        assert criteria.known_query == SearchQuery()

    def test_an_order_by_distance_without_a_place_is_noted_and_no_fault(self) -> None:
        criteria = read(QueryDict("sort=distance"))
        assert (criteria.query, criteria.faults) == (SearchQuery(), {})
        assert list(criteria.notes) == ["sort"]
