"""Contract of the search port: the same job published by several agencies."""

from typing import Any
from uuid import UUID

import pytest

from jiuye.ports.search import SearchEngine, SearchQuery
from tests.factories.search_documents import NOW, posting, titles


class TestClusters:
    """The same job published by several agencies."""

    @pytest.fixture
    def stocked(self, engine: SearchEngine) -> SearchEngine:
        """Thirty jobs, every third of them published by three agencies, and ten without a cluster."""
        made = []
        for number in range(30):
            for agency in range(3 if number % 3 == 0 else 1):
                made.append(
                    posting(
                        f"焊工 {number:02d} 号",
                        id=UUID(int=((number + 1) << 64) | (number * 7919 + agency * 104729)),
                        cluster=f"job-{number:02d}",
                        agency_id=f"agency-{agency}",
                        pay_min=4000 + 100 * agency,
                        published_at=NOW - 1000 * (number * 7 % 11) - agency,
                    )
                )
        made += [posting(f"焊工 单独 {number}", agency_id="agency-9") for number in range(10)]
        with engine.writer() as writer:
            writer.replace(made)
            writer.commit()
        return engine

    def pages(self, engine: SearchEngine, **asked: Any) -> list[list[str]]:
        found = engine.search(SearchQuery(collapse=True, **asked))
        pages = [[hit.title for hit in found.items]]
        while found.next_cursor:
            found = engine.search(SearchQuery(collapse=True, cursor=found.next_cursor, **asked))
            pages.append([hit.title for hit in found.items])
        return pages

    @pytest.mark.parametrize("sort", ["relevance", "newest", "pay"])
    @pytest.mark.parametrize("q", ["", "焊工"])
    @pytest.mark.parametrize("size", [1, 3, 7, 100])
    def test_each_job_comes_once_in_all_pages_and_none_but_the_last_is_empty(
        self, stocked: SearchEngine, sort: str, q: str, size: int
    ) -> None:
        pages = self.pages(stocked, sort=sort, q=q, size=size)
        shown = [title for page in pages for title in page]
        assert sorted(shown) == sorted(set(titles(stocked, q, size=200)))
        assert all(pages[:-1])

    def test_the_first_in_the_order_stands_for_its_job(self, stocked: SearchEngine) -> None:
        every = [hit.title for hit in stocked.search(SearchQuery(sort="pay", size=200)).items]
        shown = [title for page in self.pages(stocked, sort="pay", size=6) for title in page]
        assert shown == list(dict.fromkeys(every))

    def test_where_a_filter_leaves_out_the_first_another_stands_for_the_job(self, stocked: SearchEngine) -> None:
        shown = stocked.search(SearchQuery(collapse=True, agency=("agency-1",), size=50)).items
        assert len(shown) == 10
        assert len({hit.title for hit in shown}) == 10

    def test_the_total_counts_every_posting(self, stocked: SearchEngine) -> None:
        assert stocked.search(SearchQuery(collapse=True)).total == 60
        assert stocked.search(SearchQuery()).total == 60

    def test_a_hit_names_its_cluster_when_others_share_it(self, stocked: SearchEngine) -> None:
        hits = stocked.search(SearchQuery(collapse=True, size=200)).items
        assert {hit.cluster for hit in hits if hit.cluster} == {f"job-{number:02d}" for number in range(0, 30, 3)}

    def test_uncollapsed_all_of_them_are_found(self, stocked: SearchEngine) -> None:
        assert len(stocked.search(SearchQuery(size=200)).items) == 60
        assert len(stocked.search(SearchQuery(cluster=("job-03",))).items) == 3
