"""What pages and the API get of a search."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.http import QueryDict
from markupsafe import Markup
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.ports.search import SearchQuery
from jiuye.search import handlers, indexer, queries
from jiuye.search.criteria import link, read
from tests.factories import organisations, reference
from tests.factories.jobs import posting as stored
from tests.factories.jobs import yesterday

pytestmark = pytest.mark.django_db


@pytest.fixture
def stocked(engine: TantivyEngine) -> TantivyEngine:
    """Two welders, in 成都武侯 and in 深圳南山, and an accountant."""
    agency = organisations.agency(short_name="蓉城职介")
    welder = reference.occupation(reference.WELDER)
    stored(agency, title="氩弧焊工", occupation=welder, education="60", tags=["包住"])
    stored(agency, title="焊工班长", occupation=welder, region=reference.region(reference.NANSHAN), experience_min=3)
    stored(agency, title="会计", employment_type="part_time", pay_min=9000, pay_max=12000)
    indexer.ensure()
    return engine


def found(**asked: Any) -> queries.JobList:
    return queries.search_jobs(SearchQuery(**asked))


def options(result: queries.JobList, name: str) -> dict[str, int | None]:
    return {option.label: option.count for group in result.groups if group.name == name for option in group.options}


class TestPages:
    def test_cards_read_like_those_from_the_database(self, stocked: TantivyEngine) -> None:
        (card,) = found(q="会计").jobs
        (from_database,) = jobs.cards([card.id])
        assert isinstance(card.title, Markup)
        assert card.title == "<mark>会计</mark>"
        for name in ("url", "pay", "place", "experience", "education", "employer", "size", "agency", "is_open"):
            assert getattr(card, name) == getattr(from_database, name), name
        assert list(card.tags) == list(from_database.tags)
        assert card.agency == "蓉城职介"

    def test_a_search_costs_no_query(
        self, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert found(q="焊工", region=("510000",)).total == 1

    def test_titles_cannot_carry_markup(self, stocked: TantivyEngine) -> None:
        handlers.request([stored(title="<b>焊工</b>&").id])
        indexer.drain()
        titles = [card.title for card in found(q="焊工").jobs]
        assert Markup("&lt;b&gt;<mark>焊工</mark>&lt;/b&gt;&amp;") in titles

    def test_regions_are_offered_with_counts_from_province_to_county(self, stocked: TantivyEngine) -> None:
        assert options(found(q="焊工"), "region") == {"四川": 1, "广东": 1}
        assert options(found(q="焊工", region=("510000",)), "region") == {"四川": 1, "成都": 1}
        assert options(found(q="焊工", region=("510100",)), "region") == {"返回四川": None, "成都": 1, "武侯": 1}

    def test_education_and_experience_say_how_many_one_qualifies_for(self, stocked: TantivyEngine) -> None:
        result = found()
        assert options(result, "education")["初中及以下"] == 2
        assert options(result, "education")["高中"] == 3
        assert options(result, "experience")["无经验"] == 2
        assert options(result, "experience")["3年"] == 3

    def test_following_an_option_gives_what_it_counts(self, stocked: TantivyEngine) -> None:
        for group in found().groups:
            for option in group.options:
                query = read(QueryDict(option.href[1:])).query
                total = queries.search_jobs(query).total
                assert option.count is None or option.count == total, (group.title, option.label)

    def test_an_option_that_is_chosen_takes_itself_back(self, stocked: TantivyEngine) -> None:
        result = found(q="焊工", region=("510000",), education=3, sort="newest")
        chosen = [option for group in result.groups for option in group.options if option.selected]
        assert [option.label for option in chosen] == ["四川", "中专/中职"]
        assert chosen[0].href == link(SearchQuery(q="焊工", education=3, sort="newest"))

    def test_chips_drop_one_filter_each(self, stocked: TantivyEngine) -> None:
        result = found(q="焊工", region=("510000",), pay_min=5000, posted_within=7)
        assert [label for label, _ in result.chips] == ["四川", "5千元以上", "一周内"]
        assert result.clear == link(SearchQuery(q="焊工"))

    def test_without_words_there_is_nothing_to_be_relevant_to(self, stocked: TantivyEngine) -> None:
        assert [(label, now) for label, _, now in found().sorts] == [("最新", True), ("薪资", False)]
        assert [label for label, _, _ in found(q="焊工").sorts] == ["综合", "最新", "薪资"]

    def test_nothing_found_offers_what_to_loosen(self, stocked: TantivyEngine) -> None:
        result = found(q="会计", region=("440000",), pay_min=5000)
        assert result.total == 0
        assert [(one.label, one.count) for one in result.loosen] == [("搜索词", 1), ("地区", 1)]
        assert result.loosen[1].href == link(SearchQuery(q="会计", pay_min=5000))

    def test_the_link_to_the_next_page_goes_on(self, stocked: TantivyEngine) -> None:
        first = found(size=2)
        second = queries.search_jobs(read(QueryDict(first.next_href[1:])).query)
        assert {card.id for card in first.jobs} | {card.id for card in second.jobs} == {
            posting.id for posting in jobs.all_indexable()
        }
        assert second.next_href == ""

    def test_similar_jobs_are_of_the_same_occupation_and_not_itself(self, stocked: TantivyEngine) -> None:
        (one,) = found(q="氩弧焊工", region=("510000",)).jobs
        similar = queries.similar_jobs(jobs.detail(one.id))
        assert [card.title for card in similar] == ["焊工班长"]


class TestMachines:
    def test_the_answer_is_the_cards_as_kept(self, stocked: TantivyEngine) -> None:
        answer = orjson.loads(
            queries.search_raw(SearchQuery(q="焊工", region=("440305",), facets=("region",))).encoded()
        )
        (item,) = answer["items"]
        assert answer["total"] == 1
        assert answer["facets"]["region"]["440000"] == 1
        assert (item["title"], item["region"], item["region_name"]) == ("焊工班长", "440305", "广东省深圳市南山区")
        assert (item["pay_min"], item["pay_max"], item["experience_min"]) == (6000, 9000, 3)
        assert item["occupation"] == reference.WELDER


class TestWithoutTheEngine:
    @pytest.fixture
    def lost(self, stocked: TantivyEngine, tmp_path: Path) -> None:
        stocked.close()
        shutil.rmtree(tmp_path / "index")

    def test_people_are_told_and_still_find_by_title_and_filters(self, lost: None) -> None:
        result = found(q="焊工", region=("510000",), education=3)
        assert [card.title for card in result.jobs] == ["氩弧焊工"]
        assert result.total is None
        assert result.notice == queries.DEGRADED

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"pay_min": 10000}, ["会计"]),
            ({"pay_max": 6000}, ["焊工班长", "氩弧焊工"]),
            ({"employment_type": ("part_time",)}, ["会计"]),
            ({"occupation": ("6-00-00-00",), "experience": 1}, ["氩弧焊工"]),
            ({"education": 1}, ["会计", "焊工班长"]),
            ({"region": ("999999",)}, []),
            ({"posted_within": 1, "sort": "pay"}, ["会计", "焊工班长", "氩弧焊工"]),
        ],
    )
    def test_filters_mean_the_same(self, lost: None, asked: dict[str, Any], expected: list[str]) -> None:
        assert [card.title for card in found(**asked).jobs] == expected

    def test_a_posting_past_its_last_day_is_not_found(self, lost: None) -> None:
        JobPosting.objects.filter(title="会计").update(valid_through=yesterday())
        assert [card.title for card in found(q="会计").jobs] == []
        assert orjson.loads(queries.search_raw(SearchQuery(q="会计")).encoded())["items"] == []

    def test_machines_get_the_same_items(self, lost: None) -> None:
        answer = orjson.loads(queries.search_raw(SearchQuery(q="会计")).encoded())
        assert answer["degraded"] is True
        assert answer["total"] is None
        assert answer["items"][0]["pay_max"] == 12000

    def test_the_rest_goes_without(self, lost: None) -> None:
        assert queries.count_jobs(SearchQuery()) is None
        (one,) = found(q="氩弧焊工").jobs
        assert one.id not in {card.id for card in queries.similar_jobs(jobs.detail(one.id))}
