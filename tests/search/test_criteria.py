"""A search as it stands in a URL."""

import pytest
from django.http import QueryDict

from jiuye.ports.search import SearchQuery
from jiuye.search.criteria import link, read


def test_a_link_reads_back_as_the_search() -> None:
    query = SearchQuery(
        q="C++ & C#",
        region=("510000", "440305"),
        occupation=("6-18-02-04",),
        industry=("C",),
        employment_type=("full_time",),
        agency=("0199b6a0-0000-7000-8000-000000000001",),
        pay_min=5000,
        pay_max=8000,
        education=3,
        experience=0,
        posted_within=7,
        sort="pay",
        size=50,
    )
    assert read(QueryDict(link(query)[1:])).query == query


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
        ("region=" + ",".join(str(number) for number in range(30)), "region"),
    ],
)
def test_nonsense_is_left_out_and_told(written: str, parameter: str) -> None:
    criteria = read(QueryDict(written))
    assert list(criteria.faults) == [parameter]
    assert len(criteria.query.region) <= 20


def test_an_empty_url_asks_for_everything() -> None:
    criteria = read(QueryDict(""))
    assert criteria.query == SearchQuery()
    assert criteria.faults == {}
