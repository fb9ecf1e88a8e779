"""Contract of the search port: search near a place, and the order by distance."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from jiuye.ports.search import Hit, Near, PostingDocument, SearchEngine, SearchQuery
from jiuye.ports.search.places import distance, rounded
from tests.factories.search_documents import CHENGDU_JINJIANG, NOW, fill, posting, titles

TIANFU = Near(104.07, 30.57, within=20)
DAY = 86400


def at(north: float, east: float = 0.0, title: str = "", **given: object) -> PostingDocument:
    """A posting at a distance (km) to the north and east of the square."""
    place = (TIANFU.longitude + east / 95.9, TIANFU.latitude + north / 111.2)
    return posting(title or f"{north:g}公里", location=place, **given)


def scattered(count: int, reach: float = 40) -> list[PostingDocument]:
    """Postings all around the square, three at each place, of three days."""
    chance = random.Random(7)
    spots = [(chance.uniform(-reach, reach), chance.uniform(-reach, reach)) for _ in range(count // 3)]
    return [
        at(*spots[number // 3], title=f"普工{number}", published_at=NOW - number % 4 * DAY) for number in range(count)
    ]


def pages(engine: SearchEngine, query: SearchQuery) -> Iterator[tuple[Hit, ...]]:
    while True:
        found = engine.search(query)
        yield found.items
        if not found.next_cursor:
            return
        query = replace(query, cursor=found.next_cursor)


class TestCircle:
    @pytest.mark.parametrize("within", [1, 5, 20, 50])
    def test_finds_what_is_within_the_radius_and_nothing_beyond(self, engine: SearchEngine, within: int) -> None:
        fill(
            engine, *(at(within * part, title=f"{part:.0%}") for part in (0, 0.3)), at(within + 1.2), at(-within - 1.2)
        )
        fill(engine, at(0, within + 1.2), at(within * 0.8 + 0.5, within * 0.8 + 0.5))
        assert sorted(titles(engine, near=replace(TIANFU, within=within))) == ["0%", "30%"]

    def test_is_round_to_half_a_kilometre_in_every_direction(self, engine: SearchEngine) -> None:
        everything = scattered(900)
        fill(engine, *everything)
        found = {hit.id for page in pages(engine, SearchQuery(near=TIANFU, size=200)) for hit in page}
        away = {one.id: distance(TIANFU.place, one.location) for one in everything if one.location}
        assert {one for one, km in away.items() if km < 19.2} <= found
        assert found <= {one for one, km in away.items() if km < 20.8}

    def test_never_finds_a_posting_without_a_known_place(self, engine: SearchEngine) -> None:
        fill(engine, posting("在哪都行"), at(1, title="一公里"))
        assert titles(engine, near=TIANFU) == ["一公里"]
        assert sorted(titles(engine)) == ["一公里", "在哪都行"]

    def test_narrows_words_and_other_filters(self, engine: SearchEngine) -> None:
        fill(
            engine,
            at(2, title="焊工", region=CHENGDU_JINJIANG),
            at(2, title="电焊工"),
            at(60, title="焊工", region=CHENGDU_JINJIANG),
            at(2, title="会计", region=CHENGDU_JINJIANG),
        )
        assert titles(engine, "焊工", near=TIANFU, region=("510104",)) == ["焊工"]
        assert engine.search(SearchQuery(q="焊工", near=TIANFU)).total == 2

    def test_says_how_far_each_posting_is_as_far_as_one_may(self, engine: SearchEngine) -> None:
        fill(engine, at(0), at(3), at(17), at(43))
        found = engine.search(SearchQuery(near=replace(TIANFU, within=100))).items
        assert {hit.title: hit.distance for hit in found} == {"0公里": 1, "3公里": 3, "17公里": 15, "43公里": 45}

    def test_says_no_distance_where_none_was_asked_for(self, engine: SearchEngine) -> None:
        fill(engine, at(3))
        assert [hit.distance for hit in engine.search(SearchQuery()).items] == [None]

    def test_counts_what_each_radius_would_find(self, engine: SearchEngine) -> None:
        fill(engine, at(3), at(8), at(9), at(17), at(45), at(70), posting())
        near = replace(TIANFU, within=5)
        assert engine.search(SearchQuery(near=near, facets=("near",))).facets["near"] == {
            "5": 1,
            "10": 3,
            "20": 4,
            "50": 5,
        }

    def test_the_other_counts_are_of_what_is_near(self, engine: SearchEngine) -> None:
        fill(engine, at(3), at(8, region=CHENGDU_JINJIANG), at(70))
        counts = engine.search(SearchQuery(near=TIANFU, region=("510100",), facets=("region",))).facets["region"]
        assert (counts["510100"], counts["510107"], counts["510104"]) == (2, 1, 1)

    def test_is_among_what_could_be_loosened(self, engine: SearchEngine) -> None:
        fill(engine, at(70, title="焊工"))
        assert engine.loosen(SearchQuery(q="焊工", near=TIANFU, sort="distance")) == {"near": 1}

    def test_alerts_find_the_same(self, engine: SearchEngine) -> None:
        near, far = at(3), at(30)
        assert engine.matcher([near, far, posting()])(SearchQuery(near=TIANFU), 10).newest == (near.id,)

    @pytest.mark.parametrize("given", [(181, 30, 20), (104, 91, 20), (104, 30, 0), (104, 30, 101)])
    def test_is_a_place_on_earth_and_of_a_useful_size(self, given: tuple[float, float, int]) -> None:
        with pytest.raises(ValueError, match=r"longitude|radius"):
            Near(*given)


class TestOrder:
    def test_the_nearest_come_first(self, engine: SearchEngine) -> None:
        fill(engine, at(9), at(2), at(18), at(5))
        assert titles(engine, near=TIANFU, sort="distance") == ["2公里", "5公里", "9公里", "18公里"]

    def test_of_equally_far_ones_the_newest_come_first(self, engine: SearchEngine) -> None:
        fill(
            engine,
            at(3.1, title="昨天的", published_at=NOW - DAY),
            at(-2.9, title="今天的"),
            at(2.9, title="前天的", published_at=NOW - 2 * DAY),
        )
        assert titles(engine, near=TIANFU, sort="distance") == ["今天的", "昨天的", "前天的"]

    @pytest.mark.parametrize("size", [1, 7, 20])
    def test_pages_go_to_the_end_without_gaps_or_repetitions(self, engine: SearchEngine, size: int) -> None:
        fill(engine, *scattered(240, reach=12))
        query = SearchQuery(near=TIANFU, sort="distance", size=size)
        found = [hit for page in pages(engine, query) for hit in page]
        assert len(found) == len({hit.id for hit in found}) == engine.search(query).total == 240
        away = [hit.distance or 0 for hit in found]
        assert away == sorted(away)

    def test_numbered_pages_are_those_that_cursors_lead_to(self, engine: SearchEngine) -> None:
        fill(engine, *scattered(90, reach=12))
        query = SearchQuery(near=TIANFU, sort="distance", size=10)
        by_cursor = [[hit.id for hit in page] for page in pages(engine, query)]
        by_number = [[hit.id for hit in engine.search(replace(query, page=n)).items] for n in range(1, 10)]
        assert by_cursor == by_number
        assert not engine.search(replace(query, page=11)).items

    def test_words_narrow_the_result_without_changing_its_order(self, engine: SearchEngine) -> None:
        fill(engine, at(9, title="焊工"), at(2, title="质检（懂焊工优先）"), at(3, title="会计"))
        assert titles(engine, "焊工", near=TIANFU, sort="distance") == ["质检（懂焊工优先）", "焊工"]

    def test_a_job_published_by_several_stands_where_its_nearest_posting_is(self, engine: SearchEngine) -> None:
        fill(
            engine,
            at(12, title="远处的", cluster="同一份", published_at=NOW),
            at(2, title="近处的", cluster="同一份", published_at=NOW - DAY),
            at(5, title="另一份"),
        )
        assert titles(engine, near=TIANFU, sort="distance", collapse=True) == ["近处的", "另一份"]

    def test_a_cursor_of_another_circle_starts_at_the_first_page(self, engine: SearchEngine) -> None:
        fill(engine, *(at(km) for km in range(1, 9)))
        query = SearchQuery(near=TIANFU, sort="distance", size=3)
        cursor = engine.search(query).next_cursor
        elsewhere = replace(query, near=replace(TIANFU, within=10), cursor=cursor)
        assert [hit.title for hit in engine.search(elsewhere).items] == ["1公里", "2公里", "3公里"]

    def test_distance_needs_a_place_to_start_from(self) -> None:
        with pytest.raises(ValueError, match="from where"):
            SearchQuery(sort="distance")


class TestDistances:
    def test_are_those_of_the_map(self) -> None:
        beijing, shanghai = (116.3975, 39.9087), (121.4737, 31.2304)
        assert distance(beijing, shanghai) == pytest.approx(1067, abs=3)
        assert distance(shanghai, shanghai) == 0

    @pytest.mark.parametrize(
        ("kilometres", "said"), [(0, 1), (0.4, 1), (2.4, 2), (9.6, 10), (12.4, 10), (12.6, 15), (49, 50), (74, 70)]
    )
    def test_are_said_no_finer_than_they_are_known(self, kilometres: float, said: int) -> None:
        assert rounded(kilometres) == said
