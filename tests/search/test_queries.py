"""What a search returns to pages and the API."""

import shutil
from pathlib import Path
from typing import Any

import orjson
import pytest
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.ports.search import SearchQuery
from jiuye.search import indexer, queries
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


class TestPages:
    def test_cards_read_like_those_from_the_database(self, stocked: TantivyEngine) -> None:
        (card,) = found(q="会计").cards
        (from_database,) = jobs.cards([card.id])
        for name in (
            "url",
            "title",
            "pay",
            "place",
            "experience",
            "education",
            "employer",
            "size",
            "agency",
            "is_open",
        ):
            assert getattr(card, name) == getattr(from_database, name), name
        assert list(card.tags) == list(from_database.tags)
        assert card.agency == "蓉城职介"

    def test_a_search_costs_no_query(
        self, stocked: TantivyEngine, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert found(q="焊工", region=("510000",)).total == 1

    def test_facets_count_what_would_be_found(self, stocked: TantivyEngine) -> None:
        assert found(q="焊工").facets["region"] == {"510000": 1, "440000": 1}
        assert found().facets["employment_type"]["part_time"] == 1

    def test_nothing_found_counts_what_wider_searches_find(self, stocked: TantivyEngine) -> None:
        result = found(q="会计", region=("440000",), pay_min=5000)
        assert (result.total, result.wider) == (0, {"q": 1, "region": 1})
        assert found(q="会计").wider == {}

    def test_the_cursor_of_a_page_leads_to_the_next(self, stocked: TantivyEngine) -> None:
        first = found(size=2)
        second = found(size=2, cursor=first.next_cursor)
        assert {card.id for card in first.cards} | {card.id for card in second.cards} == {
            posting.id for posting in jobs.all_indexable()
        }
        assert second.next_cursor == ""

    def test_similar_jobs_are_of_the_same_occupation_and_not_itself(self, stocked: TantivyEngine) -> None:
        (one,) = found(q="氩弧焊工", region=("510000",)).cards
        similar = queries.similar_jobs(jobs.detail(one.id))
        assert [card.title for card in similar] == ["焊工班长"]


class TestMachines:
    def test_the_answer_is_the_cards_as_kept(self, stocked: TantivyEngine) -> None:
        answer = queries.search_raw(SearchQuery(q="焊工", region=("440305",), facets=("region",)))
        item = orjson.loads(*answer.items)
        assert answer.total == 1
        assert answer.facets["region"]["440000"] == 1
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
        assert [card.title for card in result.cards] == ["氩弧焊工"]
        assert result.total is None
        assert result.is_degraded

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
        assert [card.title for card in found(**asked).cards] == expected

    def test_a_posting_past_its_last_day_is_not_found(self, lost: None) -> None:
        JobPosting.objects.filter(title="会计").update(valid_through=yesterday())
        assert [card.title for card in found(q="会计").cards] == []
        assert queries.search_raw(SearchQuery(q="会计")).items == []

    def test_machines_get_the_same_items(self, lost: None) -> None:
        answer = queries.search_raw(SearchQuery(q="会计"))
        assert answer.total is None
        assert orjson.loads(*answer.items)["pay_max"] == 12000

    def test_similar_ones_come_from_the_tables(self, lost: None) -> None:
        (one,) = found(q="氩弧焊工").cards
        assert one.id not in {card.id for card in queries.similar_jobs(jobs.detail(one.id))}
