"""The filters, chips and orders beside the list of jobs, and the marked titles of its cards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.portals.seeker.jobs.cards import draw
from jiuye.portals.seeker.jobs.filters import Filters, filters_of
from jiuye.portals.seeker.jobs.links import link, links_of
from jiuye.ports.search import SearchQuery
from jiuye.search import queries
from jiuye.search.criteria import read
from tests.factories import organisations, reference
from tests.factories.jobs import posting
from tests.factories.public_site import index_all, wired_engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    """Two welders, in 成都武侯 and in 深圳南山, and an accountant."""
    agency = organisations.agency(short_name="蓉城职介")
    welder = reference.occupation(reference.WELDER)
    posting(agency, title="氩弧焊工", occupation=welder, education="60", tags=["包住"])
    posting(agency, title="焊工班长", occupation=welder, region=reference.region(reference.NANSHAN), experience_min=3)
    posting(agency, title="会计", employment_type="part_time", pay_min=9000, pay_max=12000)
    with wired_engine(tmp_path, monkeypatch) as own:
        index_all()
        yield own


def filters(**asked: Any) -> Filters:
    return filters_of(queries.search_jobs(SearchQuery(**asked)))


def options(found: Filters, name: str) -> dict[str, int | None]:
    return {option.label: option.count for group in found.groups if group.name == name for option in group.options}


class TestFilters:
    def test_regions_are_offered_with_counts_from_province_to_county(self, stocked: TantivyEngine) -> None:
        assert options(filters(q="焊工"), "region") == {"四川": 1, "广东": 1}
        assert options(filters(q="焊工", region=("510000",)), "region") == {"四川": 1, "成都": 1}
        assert options(filters(q="焊工", region=("510100",)), "region") == {"返回四川": None, "成都": 1, "武侯": 1}

    def test_education_and_experience_say_how_many_one_qualifies_for(self, stocked: TantivyEngine) -> None:
        found = filters()
        assert options(found, "education")["初中及以下"] == 2
        assert options(found, "education")["高中"] == 3
        assert options(found, "experience")["无经验"] == 2
        assert options(found, "experience")["3年"] == 3

    def test_following_an_option_gives_what_it_counts(self, stocked: TantivyEngine) -> None:
        for group in filters().groups:
            for option in group.options:
                query = read(QueryDict(option.href[1:])).query
                total = queries.search_jobs(query).total
                assert option.count is None or option.count == total, (group.title, option.label)

    def test_an_option_that_is_chosen_takes_itself_back(self, stocked: TantivyEngine) -> None:
        found = filters(q="焊工", region=("510000",), education=3, sort="newest")
        chosen = [option for group in found.groups for option in group.options if option.selected]
        assert [option.label for option in chosen] == ["四川", "中专/中职"]
        assert chosen[0].href == link(SearchQuery(q="焊工", education=3, sort="newest"))

    def test_chips_drop_one_filter_each(self, stocked: TantivyEngine) -> None:
        found = filters(q="焊工", region=("510000",), pay_min=5000, posted_within=7)
        assert [label for label, _ in found.chips] == ["四川", "5千元以上", "一周内"]
        assert found.clear == link(SearchQuery(q="焊工"))

    def test_without_words_there_is_nothing_to_be_relevant_to(self, stocked: TantivyEngine) -> None:
        assert [(label, now) for label, _, now in filters().sorts] == [("最新", True), ("薪资", False)]
        assert [label for label, _, _ in filters(q="焊工").sorts] == ["综合", "最新", "薪资"]

    def test_nothing_found_offers_what_to_loosen(self, stocked: TantivyEngine) -> None:
        found = filters(q="会计", region=("440000",), pay_min=5000)
        assert [(one.label, one.count) for one in found.loosen] == [("搜索词", 1), ("地区", 1)]
        assert found.loosen[1].href == link(SearchQuery(q="会计", pay_min=5000))


class TestLinks:
    def test_a_link_reads_back_as_the_search(self) -> None:
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

    def test_without_its_place_nothing_is_ordered_by_distance(self) -> None:
        query = read(QueryDict("q=a&near=510107&within=5&sort=distance")).query
        assert links_of(query).without["near"] == "?q=a"
        newest = read(QueryDict("q=a&near=510107&sort=newest")).query
        assert links_of(newest).without["near"] == "?q=a&sort=newest"


class TestTitles:
    def test_the_words_that_matched_are_marked(self, stocked: TantivyEngine) -> None:
        assert "<mark>会计</mark></a>" in draw(queries.search_jobs(SearchQuery(q="会计")))

    def test_titles_cannot_carry_markup(self, stocked: TantivyEngine) -> None:
        posting(organisations.agency(), title="<b>焊工</b>&")
        index_all()
        drawn = draw(queries.search_jobs(SearchQuery(q="焊工")))
        assert ">&lt;b&gt;<mark>焊工</mark>&lt;/b&gt;&amp;</a>" in drawn
