"""Contract of the search port, run on each adapter."""

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson
import pytest

from jiuye.ports.search import (
    SearchEngine,
    SearchQuery,
    SimilarQuery,
)
from tests.factories.search_documents import (
    CHENGDU_JINJIANG,
    CHENGDU_WUHOU,
    HANGZHOU_XIHU,
    MIANYANG_FUCHENG,
    NOW,
    fill,
    many,
    posting,
    titles,
)

Make = Callable[[], SearchEngine]


class TestWords:
    def test_the_card_comes_back_byte_for_byte(self, engine: SearchEngine) -> None:
        card = b'{"title": "\xe7\x84\x8a\xe5\xb7\xa5",  "pay":[1,2]}'
        one = posting("焊工", card=card)
        fill(engine, one)
        (hit,) = engine.search(SearchQuery(q="焊工")).items
        assert (hit.id, hit.card) == (one.id, card)

    @pytest.mark.parametrize("typed", ["Java开发", "ＪＡＶＡ開發", "java  开发", "开发java"])
    def test_width_case_and_traditional_characters_do_not_matter(self, engine: SearchEngine, typed: str) -> None:
        fill(engine, posting("Java开发"), posting("保安"))
        assert titles(engine, typed) == ["Java开发"]

    def test_a_posting_written_in_traditional_characters_is_found_by_simplified_ones(
        self, engine: SearchEngine
    ) -> None:
        fill(engine, posting("會計"))
        assert titles(engine, "会计") == ["會計"]

    def test_c_and_its_relatives_are_different_languages(self, engine: SearchEngine) -> None:
        fill(engine, *(posting(f"{name} 工程师") for name in ("C", "C++", "C#", "Objective-C", "F#")))
        for name in ("C", "C++", "C#", "Objective-C", "F#"):
            assert titles(engine, name) == [f"{name} 工程师"]

    @pytest.mark.parametrize(
        ("written", "typed"),
        [
            ("Node.js", "nodejs"),
            ("nodejs", "Node.js"),
            ("NodeJS", "node js"),
            ("Vue3", "vue 3"),
            ("Vue.js 3", "Vue3"),
            ("UI/UX", "uiux"),
            ("SQL Server", "sqlserver"),
            ("SQLServer", "sql server"),
            ("SQL Server", "SQL"),
            (".NET", ".net"),
            (".NET", "dotnet"),
            ("ASP.NET", ".NET"),
            ("3D", "3d"),
            ("Ｃ＋＋", "cpp"),
            ("objective c", "Objective-C"),
            ("Kubernetes", "k8s"),
        ],
    )
    def test_technical_terms_are_the_same_however_typed(self, engine: SearchEngine, written: str, typed: str) -> None:
        fill(engine, posting(f"{written}工程师"), posting("保安"))
        assert titles(engine, typed) == [f"{written}工程师"]

    def test_every_word_must_be_found_but_not_all_in_one_place(self, engine: SearchEngine) -> None:
        fill(engine, posting("销售经理", body="要求会英语"), posting("销售经理"), posting("英语教师"))
        assert [hit.title for hit in engine.search(SearchQuery(q="销售 英语")).items] == ["销售经理"]

    def test_a_word_is_found_within_a_longer_one(self, engine: SearchEngine) -> None:
        fill(engine, posting("餐厅服务员"), posting("电焊工"))
        assert titles(engine, "服务员") == ["餐厅服务员"]
        assert titles(engine, "焊工") == ["电焊工"]

    def test_a_longer_word_is_found_by_its_parts(self, engine: SearchEngine) -> None:
        fill(engine, posting("软件开发高级工程师"), posting("土木工程师"))
        assert titles(engine, "软件工程师")[0] == "软件开发高级工程师"

    def test_one_character_is_enough(self, engine: SearchEngine) -> None:
        fill(engine, posting("电焊工"), posting("保安"))
        assert titles(engine, "焊") == ["电焊工"]

    def test_a_name_that_is_no_word_is_found_as_it_is_written(self, engine: SearchEngine) -> None:
        fill(engine, posting("会计", employer="绵阳鑫昶源商贸有限公司"), posting("会计", employer="源鑫建材厂"))
        found = engine.search(SearchQuery(q="鑫昶源"))
        assert found.total == 1

    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("财会", "会计"),
            ("驾驶员", "司机"),
            ("清洁工", "保洁"),
            ("接待", "前台"),
            ("码农", "程序员"),
            ("业务员", "销售"),
            ("HR", "人事"),
            ("人力资源", "人事专员"),
            ("骑手", "外卖配送员"),
            ("保姆", "家政"),
            ("操作工", "普工"),
        ],
    )
    def test_synonyms_are_found(self, engine: SearchEngine, typed: str, written: str) -> None:
        fill(engine, posting(written), posting("律师"))
        assert titles(engine, typed) == [written]

    def test_the_seekers_own_word_comes_before_its_synonym(self, engine: SearchEngine) -> None:
        fill(engine, posting("司机"), posting("驾驶员"))
        assert titles(engine, "驾驶员") == ["驾驶员", "司机"]
        assert titles(engine, "司机") == ["司机", "驾驶员"]

    def test_a_rare_synonym_does_not_come_before_the_seekers_common_word(self, engine: SearchEngine) -> None:
        fill(engine, *(posting("算法工程师") for _ in range(30)), posting("机器学习工程师"))
        assert titles(engine, "算法工程师", size=40)[-1] == "机器学习工程师"

    def test_words_that_only_ask_for_work_are_left_out(self, engine: SearchEngine) -> None:
        fill(engine, posting("司机"))
        assert titles(engine, "招聘司机") == ["司机"]

    def test_title_is_above_skills_above_names_above_body(self, engine: SearchEngine) -> None:
        fill(
            engine,
            posting("甲", body="焊工"),
            posting("乙", employer="焊工之家"),
            posting("丙", skills=("焊工",)),
            posting("焊工"),
        )
        assert titles(engine, "焊工") == ["焊工", "丙", "乙", "甲"]

    def test_among_equals_the_newer_comes_first(self, engine: SearchEngine) -> None:
        old, new = posting("焊工", published_at=NOW - 40 * 86400), posting("焊工", published_at=NOW)
        fill(engine, old, new)
        assert [hit.id for hit in engine.search(SearchQuery(q="焊工")).items] == [new.id, old.id]

    def test_a_query_of_mere_punctuation_browses(self, engine: SearchEngine) -> None:
        fill(engine, posting("焊工"))
        assert titles(engine, "！？") == ["焊工"]

    @pytest.mark.parametrize("typed", ['"', "a AND", "title:x", "*", "的" * 500, "\x00", "(((", "+-+", "\ud83d\ude00"])
    def test_nothing_typed_is_an_error(self, engine: SearchEngine, typed: str) -> None:
        fill(engine, posting("焊工"))
        engine.search(SearchQuery(q=typed, facets=("region",)))

    def test_matched_words_of_the_title_are_marked(self, engine: SearchEngine) -> None:
        fill(engine, posting("急聘【高級焊工】Ｃ＋＋"))
        (hit,) = engine.search(SearchQuery(q="焊工 c++")).items
        assert [hit.title[start:end] for start, end in hit.highlights] == ["焊工", "Ｃ＋＋"]


class TestFilters:
    @pytest.fixture
    def regions(self, engine: SearchEngine) -> SearchEngine:
        for title, path in (
            ("甲", CHENGDU_WUHOU),
            ("乙", CHENGDU_JINJIANG),
            ("丙", MIANYANG_FUCHENG),
            ("丁", HANGZHOU_XIHU),
        ):
            fill(engine, posting(title, region=path))
        return engine

    @pytest.mark.parametrize(
        ("codes", "found"),
        [
            (("510000",), "甲乙丙"),
            (("510100",), "甲乙"),
            (("510104",), "乙"),
            (("510700", "330000"), "丙丁"),
            (("999999",), ""),
        ],
    )
    def test_regions_of_every_level(self, regions: SearchEngine, codes: tuple[str, ...], found: str) -> None:
        assert sorted(titles(regions, region=codes)) == sorted(found)

    def test_filters_narrow_one_another(self, regions: SearchEngine) -> None:
        fill(regions, posting("戊", employment_type="part_time", agency_id="agency-2", employer_id="employer-2"))
        assert titles(regions, region=("510000",), employment_type=("part_time",)) == ["戊"]
        assert titles(regions, region=("330000",), employment_type=("part_time",)) == []
        assert titles(regions, agency=("agency-2",)) == ["戊"]
        assert titles(regions, employer=("employer-2",)) == ["戊"]

    def test_occupations_and_industries_of_every_level(self, engine: SearchEngine) -> None:
        fill(
            engine,
            posting("甲", occupation=("6-00-00-00", "6-18-00-00", "6-18-02-00", "6-18-02-04"), industry=("C", "C33")),
        )
        fill(engine, posting("乙"))
        for code in ("6-00-00-00", "6-18-00-00", "6-18-02-00", "6-18-02-04"):
            assert titles(engine, occupation=(code,)) == ["甲"]
        assert titles(engine, industry=("C",)) == titles(engine, industry=("C33",)) == ["甲"]

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ((6000, None), "乙丙"),
            ((5500, None), "乙丙"),
            ((7999, 8001), "乙丙"),
            ((8000, 9000), "乙丙"),
            ((None, 5000), "甲"),
            ((None, 8000), "甲乙丙"),
            ((12001, None), ""),
            ((12000, None), "丙"),
            ((5001, 5999), ""),
            ((None, 3999), ""),
            ((0, None), "甲乙丙"),
        ],
    )
    def test_pay_is_found_where_the_ranges_meet(
        self, engine: SearchEngine, wanted: tuple[int | None, int | None], found: str
    ) -> None:
        fill(
            engine,
            posting("甲", pay_min=4000, pay_max=5000),
            posting("乙", pay_min=6000, pay_max=8000),
            posting("丙", pay_min=8000, pay_max=12000),
            posting("面议", pay_min=None, pay_max=None),
        )
        assert sorted(titles(engine, pay_min=wanted[0], pay_max=wanted[1])) == sorted(found)

    def test_education_finds_what_one_qualifies_for(self, engine: SearchEngine) -> None:
        fill(engine, posting("不限", education=0), posting("大专", education=4), posting("本科", education=5))
        assert sorted(titles(engine, education=4)) == sorted(["不限", "大专"])
        assert titles(engine, education=0) == ["不限"]

    def test_experience_finds_what_one_qualifies_for(self, engine: SearchEngine) -> None:
        fill(engine, posting("不限"), posting("三年", experience_min=3), posting("十五年", experience_min=15))
        assert sorted(titles(engine, experience=3)) == sorted(["不限", "三年"])
        assert len(titles(engine, experience=10)) == 3

    def test_posted_within_counts_days_back_from_now(self, engine: SearchEngine) -> None:
        fill(engine, posting("今", published_at=NOW), posting("旧", published_at=NOW - 8 * 86400))
        assert titles(engine, posted_within=7) == ["今"]
        assert len(titles(engine, posted_within=30)) == 2

    def test_excluded_postings_stay_out(self, engine: SearchEngine) -> None:
        one, other = posting("焊工"), posting("焊工")
        fill(engine, one, other)
        assert [hit.id for hit in engine.search(SearchQuery(q="焊工", exclude=(one.id,))).items] == [other.id]

    @pytest.mark.parametrize(
        "asked",
        [
            {"without_agency": True},
            {"without_dispatch": True},
            {"exclude_employer": ("unwanted",)},
            {"exclude_agency": ("unwanted",)},
            {"exclude_words": ("不要",)},
            {"exclude_words": ("某某",)},
            {"unconfirmed_for": 3},
            {"without_slow": True, "slow_agencies": ("unwanted",)},
        ],
    )
    def test_what_is_left_out_stays_out_and_is_not_counted(self, engine: SearchEngine, asked: dict[str, Any]) -> None:
        fill(
            engine,
            posting("要", confirmed_at=NOW),
            posting(
                "不要",
                for_employer=True,
                employment_type="outsourced",
                employer="某某公司",
                employer_id="unwanted",
                agency_id="unwanted",
                confirmed_at=NOW - 4 * 86400,
            ),
        )
        query = SearchQuery(facets=("region",), **asked)
        found = engine.search(query)
        assert [hit.title for hit in found.items] == ["要"]
        assert (found.total, found.facets["region"]["510000"]) == (1, 1)
        assert engine.search(query.with_everything()).total == 2
        assert engine.matcher([posting("不要", for_employer=True)])(SearchQuery(without_agency=True), 1).total == 0

    def test_words_are_left_out_as_written_in_title_or_employer_not_across_both(self, engine: SearchEngine) -> None:
        fill(engine, posting("电焊工", employer="程氏公司"), posting("软件工程师", employer="甲公司"))
        assert titles(engine, exclude_words=("工程",)) == ["电焊工"]
        assert titles(engine, exclude_words=("焊",)) == ["软件工程师"]
        assert titles(engine, exclude_words=("销售",), sort="newest") == titles(engine, sort="newest")

    def test_nothing_found_says_what_is_left_out_in_vain(self, engine: SearchEngine) -> None:
        fill(engine, posting("焊工", for_employer=True))
        assert engine.loosen(SearchQuery(q="焊工", without_agency=True)) == {"without_agency": 1}

    def test_filters_do_not_change_the_order(self, engine: SearchEngine) -> None:
        fill(engine, posting("焊工", body="甲"), posting("钳工", body="焊工", region=HANGZHOU_XIHU))
        assert titles(engine, "焊工", region=("510000", "330000")) == ["焊工", "钳工"]


class TestFacets:
    @pytest.fixture
    def stocked(self, engine: SearchEngine) -> SearchEngine:
        fill(
            engine,
            posting("焊工", region=CHENGDU_WUHOU, education=0),
            posting("焊工", region=CHENGDU_JINJIANG, education=4, employment_type="part_time"),
            posting("焊工", region=HANGZHOU_XIHU, education=5, experience_min=3),
            posting("保安", region=HANGZHOU_XIHU),
        )
        return engine

    def facets(self, engine: SearchEngine, *names: str, **given: Any) -> dict[str, dict[str, int]]:
        found = engine.search(SearchQuery(facets=names, **given)).facets
        return {name: dict(found[name]) for name in names}

    def test_values_are_counted_within_the_search(self, stocked: SearchEngine) -> None:
        found = self.facets(stocked, "region", "employment_type", q="焊工")
        assert found == {"region": {"510000": 2, "330000": 1}, "employment_type": {"full_time": 2, "part_time": 1}}

    def test_a_facets_own_choice_does_not_narrow_it_but_the_others(self, stocked: SearchEngine) -> None:
        found = self.facets(stocked, "employment_type", "education", q="焊工", employment_type=("part_time",))
        assert found["employment_type"] == {"full_time": 2, "part_time": 1}
        assert found["education"]["9"] == 1

    def test_below_a_chosen_region_its_cities_and_counties_are_counted(self, stocked: SearchEngine) -> None:
        found = self.facets(stocked, "region", q="焊工", region=("510000",))["region"]
        assert found == {"510000": 2, "330000": 1, "510100": 2, "330100": 1, "510107": 1, "510104": 1}

    def test_education_and_experience_count_all_one_qualifies_for(self, stocked: SearchEngine) -> None:
        found = self.facets(stocked, "education", "experience", q="焊工")
        assert [found["education"][str(rank)] for rank in (0, 3, 4, 5, 9)] == [1, 1, 2, 3, 3]
        assert [found["experience"][str(years)] for years in (0, 2, 3, 10)] == [2, 2, 3, 3]

    def test_a_count_is_what_choosing_it_brings(self, stocked: SearchEngine) -> None:
        for code, count in self.facets(stocked, "region")["region"].items():
            assert stocked.search(SearchQuery(region=(code,))).total == count

    def test_nothing_found_says_what_to_loosen(self, stocked: SearchEngine) -> None:
        query = SearchQuery(q="保安", region=("510000",), pay_min=3000)
        assert stocked.search(query).total == 0
        assert dict(stocked.loosen(query)) == {"q": 2, "region": 1}


class TestOrder:
    def test_newest_first(self, engine: SearchEngine) -> None:
        fill(engine, *(posting(str(day), published_at=NOW - day * 86400) for day in (3, 1, 2)))
        assert titles(engine, sort="newest") == ["1", "2", "3"]
        assert titles(engine) == ["1", "2", "3"]

    def test_pay_by_what_is_promised_then_the_upper_end_and_negotiable_last(self, engine: SearchEngine) -> None:
        for title, low, high in (("甲", 3000, 90000), ("乙", 8000, 9000), ("丙", 8000, 12000), ("丁", None, None)):
            fill(engine, posting(title, pay_min=low, pay_max=high))
        assert titles(engine, sort="pay") == ["丙", "乙", "甲", "丁"]

    @pytest.mark.parametrize(
        "asked", [{"q": "普工"}, {"sort": "newest"}, {"sort": "pay"}, {"q": "普工", "sort": "pay"}]
    )
    def test_paging_over_ties_reaches_every_posting_once(self, engine: SearchEngine, asked: dict[str, Any]) -> None:
        everything = list(many(700))
        for start in (0, 250, 450):
            fill(engine, *everything[start : start + 250])
        seen = []
        cursor = ""
        while True:
            found = engine.search(SearchQuery(size=37, cursor=cursor, **asked))
            assert found.total == 700
            seen += [hit.id for hit in found.items]
            cursor = found.next_cursor
            if not cursor:
                break
        assert len(seen) == 700
        assert set(seen) == {one.id for one in everything}

    def test_page_numbers_give_the_same_order_as_cursors(self, engine: SearchEngine) -> None:
        fill(engine, *many(100))
        first = engine.search(SearchQuery(q="普工", size=20))
        second = engine.search(SearchQuery(q="普工", size=20, cursor=first.next_cursor))
        assert engine.search(SearchQuery(q="普工", size=20, page=2)).items == second.items
        assert engine.search(SearchQuery(q="普工", size=20, page=6)).items == ()

    def test_a_cursor_goes_on_past_postings_that_came_in_meanwhile(self, engine: SearchEngine) -> None:
        fill(engine, *many(50))
        first = engine.search(SearchQuery(sort="newest", size=20))
        fill(engine, *(posting("新", published_at=NOW + 60) for _ in range(5)))
        rest = engine.search(SearchQuery(sort="newest", size=100, cursor=first.next_cursor))
        assert len({hit.id for hit in (*first.items, *rest.items)}) == 50

    @pytest.mark.parametrize("cursor", ["nonsense", "W10", "WzEsMiwzLDQsNSw2XQ", "bnVsbA"])
    def test_an_invalid_cursor_starts_at_the_first_page(self, engine: SearchEngine, cursor: str) -> None:
        fill(engine, *many(30))
        first = engine.search(SearchQuery(sort="newest"))
        assert engine.search(SearchQuery(sort="newest", cursor=cursor)).items == first.items
        assert (
            engine.search(SearchQuery(q="普工", cursor=first.next_cursor)).items[0]
            in engine.search(SearchQuery(q="普工")).items
        )

    @pytest.mark.parametrize("forged", [[1e300, 1, 1, 1, 1], [1, 1, 10**18, 1, 1], [-1, 1, 1, 1, 1], ["a", 1, 1, 1, 1]])
    def test_a_forged_cursor_does_no_harm(self, engine: SearchEngine, forged: list[object]) -> None:
        fill(engine, *many(30))
        for query in (SearchQuery(sort="newest"), SearchQuery(q="普工")):
            first = engine.search(query)
            owner = orjson.loads(base64.urlsafe_b64decode(first.next_cursor + "=="))[-1]
            cursor = base64.urlsafe_b64encode(orjson.dumps([*forged, owner])).decode()
            assert engine.search(replace(query, cursor=cursor)).items == first.items


class TestNeighbours:
    def test_similar_postings_share_words_or_occupation_and_are_never_itself(self, engine: SearchEngine) -> None:
        welding = ("6-00-00-00", "6-18-00-00", "6-18-02-00", "6-18-02-04")
        one = posting("高级焊工", occupation=welding, cluster="same")
        twin = posting("高级焊工", occupation=welding, cluster="same")
        near = posting("电焊工", occupation=welding)
        far = posting("焊工", occupation=welding, region=HANGZHOU_XIHU)
        fill(engine, one, twin, near, far, posting("幼儿教师", region=HANGZHOU_XIHU))
        asked = SimilarQuery("高级焊工", welding, CHENGDU_WUHOU, exclude=(one.id,), exclude_cluster="same")
        assert [hit.id for hit in engine.similar(asked)] == [near.id, far.id]
