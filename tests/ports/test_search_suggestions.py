"""Contract of the search port: suggestions while typing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.ports.search import SearchEngine, SearchUnavailable, Suggestion
from jiuye.ports.search.suggestions import keys_of, names_of_employer
from tests.factories.search_documents import posting

ENGINES: dict[str, Callable[[Path], SearchEngine]] = {"tantivy": lambda folder: TantivyEngine(folder, words=["焊工"])}


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    own = ENGINES[request.param](tmp_path / "index")
    own.rebuild([])
    yield own
    own.close()


@pytest.fixture
def stocked(engine: SearchEngine) -> SearchEngine:
    of_rongchuang = {
        "employer": "成都蓉创电子有限公司",
        "employer_id": "e-1",
        "place": "四川省 成都市 武侯区 科技路1号",
    }
    with engine.writer() as writer:
        writer.replace(
            [
                posting("焊工", agency="蓉城职介", agency_id="a-1", **of_rongchuang),
                posting("焊工", agency="蓉城职介", agency_id="a-1", **of_rongchuang),
                posting("焊工班长", agency="融合人力", agency_id="a-2", **of_rongchuang),
                posting("Java 开发", agency="融合人力", agency_id="a-2"),
                posting("会计（包住）", agency="融合人力", agency_id="a-2"),
            ]
        )
        writer.commit()
    return engine


@pytest.mark.parametrize("text", ["焊", "焊工", "hangong", "hang", "hg", "HG", "han gong", "han'g", "焊　工"])
def test_titles_are_found_by_writing_pinyin_and_initials_most_postings_first(stocked: SearchEngine, text: str) -> None:
    found = stocked.suggest(text)
    assert found == [Suggestion("title", "焊工", "", 2), Suggestion("title", "焊工班长", "", 1)]


@pytest.mark.parametrize("text", ["java", "JAVA开", "java kai", "javakf"])
def test_foreign_words_stay_as_they_are_written(stocked: SearchEngine, text: str) -> None:
    assert [one.text for one in stocked.suggest(text)] == ["Java 开发"]


def test_words_read_as_people_read_them(stocked: SearchEngine) -> None:
    assert [one.text for one in stocked.suggest("kuaiji")] == ["会计（包住）"]


@pytest.mark.parametrize("text", ["成都蓉创", "蓉创", "rongchuang", "rc"])
def test_employers_are_found_with_and_without_the_place_before_the_name(stocked: SearchEngine, text: str) -> None:
    assert stocked.suggest(text, kind="employer") == [Suggestion("employer", "成都蓉创电子有限公司", "e-1", 3)]


def test_agencies_with_most_postings_come_first(stocked: SearchEngine) -> None:
    found = stocked.suggest("r", kind="agency")
    assert [(one.text, one.code, one.count) for one in found] == [("融合人力", "a-2", 3), ("蓉城职介", "a-1", 2)]
    assert len(stocked.suggest("r", kind="agency", size=1)) == 1


@pytest.mark.parametrize("text", ["", "   ", "\x1f", "'", "没有", "焊工\x1f\x1f", "a" * 10_000, "%", "*"])
def test_nothing_and_nonsense_are_answered_with_nothing_or_what_is_left_of_them(
    stocked: SearchEngine, text: str
) -> None:
    assert len(stocked.suggest(text)) == (2 if text.startswith("焊工") else 0)


def test_what_was_taken_out_is_no_longer_offered(stocked: SearchEngine) -> None:
    one = posting("榫卯修复师")
    with stocked.writer() as writer:
        writer.replace([one])
        writer.commit()
    assert stocked.suggest("sunmao")
    with stocked.writer() as writer:
        writer.remove([one.id])
        writer.commit()
    stocked.rebuild([])
    assert stocked.suggest("sunmao") == []


def test_without_an_index_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(SearchUnavailable):
        TantivyEngine(tmp_path / "none").suggest("焊")


def test_the_name_of_a_place_alone_is_left_as_it_is() -> None:
    assert names_of_employer("成都市", ["四川省", "成都市"]) == ("成都市",)
    assert names_of_employer("四川成都餐饮公司", ["四川省", "成都市"]) == ("四川成都餐饮公司", "餐饮公司")
    assert keys_of("焊工") == ("焊工", "hangong", "hg")


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("调酒师", "tiaojiushi"),
        ("汽车装调工", "qichezhuangtiaogong"),
        ("计调", "jidiao"),
        ("重庆火锅店员", "chongqinghuoguo"),
        ("重庆火锅店员", "zhongqinghuoguo"),
        ("漯河店长", "luohe"),
        ("闵行店长", "minhang"),
        ("长宁店长", "changning"),
        ("六安茶艺师", "luan"),
        ("六安茶艺师", "liuan"),
        ("绿化工", "lvhuagong"),
        ("绿化工", "luhuagong"),
        ("略阳会计", "lueyang"),
        ("略阳会计", "lveyang"),
        ("女装导购", "nuzhuang"),
        ("大城市经理", "dachengshi"),
        ("会计", "kuaiji"),
        ("银行柜员", "yinhang"),
    ],
)
def test_a_title_has_a_key_for_each_reading_that_people_type(title: str, typed: str) -> None:
    assert any(key.startswith(typed) for key in keys_of(title))
