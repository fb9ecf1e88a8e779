"""Other words for a search that finds nothing."""

from datetime import UTC, datetime

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock
from jiuye.ports.search import SearchQuery
from jiuye.search.rewording import reworded
from tests.factories.search_documents import NOW, posting

TITLES = (
    "会计",
    "护士",
    "焊工",
    "软件工程师",
    "前台",
    "挖掘机司机",
    "Python开发",
    "Photoshop美工",
    "外卖骑手",
    "收银员",
    "客服",
)


@pytest.fixture
def stocked(engine: TantivyEngine) -> TantivyEngine:
    with clock.frozen(datetime.fromtimestamp(NOW + 3600, UTC)):
        changsha = {"region": ("430000", "430100", "430102"), "place": "湖南省 长沙市 芙蓉区"}
        engine.rebuild([posting(title, **given) for title in TITLES for given in ({}, changsha)])
    return engine


def instead(q: str, engine: TantivyEngine, **given: object) -> SearchQuery | None:
    query = SearchQuery(q=q, **given)  # type: ignore[arg-type]
    other = reworded(query, engine.search(query).total)
    return other.query if other else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kuaiji", "会计"),
        ("KuaiJi", "会计"),
        ("huiji", "会计"),
        ("会记", "会计"),
        ("护土", "护士"),
        ("汗工", "焊工"),
        ("前抬", "前台"),
        ("软件工程帅", "软件工程师"),
        ("收营员", "收银员"),
        ("pyhton", "python"),
        ("photoshp", "photoshop"),
        ("wai mai qi shou", "外卖骑手"),
        ("waimaiqishou", "外卖骑手"),
        ("会记 -外包", "会计 -外包"),
    ],
)
def test_words_are_spelled_right(stocked: TantivyEngine, typed: str, meant: str) -> None:
    found = instead(typed, stocked)
    assert found
    assert found.q == meant


@pytest.mark.parametrize("typed", ["changsha kuaiji", "changshakuaiji"])
def test_a_place_in_the_right_words_is_a_place(stocked: TantivyEngine, typed: str) -> None:
    found = instead(typed, stocked)
    assert found
    assert (found.q, found.region) == ("会计", ("430100",))


@pytest.mark.parametrize("typed", ["会计", "焊工", "python", "美工", "司机", "xyzzy", "龘龘"])
def test_right_words_and_unknown_ones_stay(stocked: TantivyEngine, typed: str) -> None:
    assert instead(typed, stocked) is None


def test_literal_words_stay(stocked: TantivyEngine) -> None:
    assert instead("会记", stocked, literal=True) is None


def test_when_no_posting_has_all_words_some_may_be_missing(stocked: TantivyEngine) -> None:
    found = instead("会计 双休", stocked)
    assert found
    assert found.missing == 1
    assert {hit.title for hit in stocked.search(found).items} == {"会计"}


def test_postings_with_all_words_come_first(stocked: TantivyEngine) -> None:
    with stocked.writer() as writer:
        writer.replace([posting("出纳", body="会做会计，双休"), *(posting("会计", body="五险") for _ in range(5))])
        writer.commit()
    found = stocked.search(SearchQuery(q="会计 双休", missing=1))
    assert found.items[0].title == "出纳"
    assert found.total == 8
