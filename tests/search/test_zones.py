"""The special zones: named searches."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from jiuye.design import assets
from jiuye.ports.search import SearchQuery
from jiuye.search import criteria
from jiuye.search.zones import Zone, zone_of, zones

every_zone = pytest.mark.parametrize("zone", zones(), ids=lambda zone: zone.code)


@every_zone
def test_its_parameters_are_read_without_a_fault_and_mean_what_the_file_says(zone: Zone) -> None:
    read = criteria.read(QueryDict(urlencode(criteria.pairs(zone.query))))
    assert read.faults == {}
    assert read.notes == {}
    assert read.query == zone.query


@every_zone
def test_it_is_known_again_wherever_and_in_whatever_order_one_looks(zone: Zone) -> None:
    assert zone_of(zone.query) is zone
    assert zone_of(replace(zone.query, region=("510100",), sort="pay", page=2)) is zone


@every_zone
def test_it_narrows_something_and_says_how_it_is_found(zone: Zone) -> None:
    assert criteria.pairs(zone.query)
    assert zone.how.endswith("。")


@every_zone
def test_its_icon_exists(zone: Zone) -> None:
    assert f'<symbol id="{zone.icon}"' in assets.COPIES["icons.svg"].read_text(encoding="utf-8")


def test_a_search_with_another_filter_is_nobodys() -> None:
    assert zone_of(SearchQuery()) is None
    assert zone_of(replace(zones()[0].query, pay_min=8000)) is None


def test_no_two_zones_are_the_same_search() -> None:
    assert len({zone_of(zone.query) for zone in zones()}) == len(zones())
