"""A place in the words of a search means the workplace."""

import pytest

from jiuye.ports.search import SearchQuery
from jiuye.search.understanding import placed, understood


def read(q: str, *region: str, typed: bool = False, **given: object) -> tuple[str, tuple[str, ...]]:
    query, _ = placed(SearchQuery(q=q, region=region, **given), typed=typed)  # type: ignore[arg-type]
    return query.q, query.region


@pytest.mark.parametrize(
    ("words", "rest", "regions"),
    [
        ("长沙 会计", "会计", ("430100",)),
        ("长沙会计", "会计", ("430100",)),
        ("会计 长沙", "会计", ("430100",)),
        ("長沙 會計", "會計", ("430100",)),
        ("成都 Java", "Java", ("510100",)),
        ("湖南 护士", "护士", ("430000",)),
        ("湖南省长沙市岳麓区护士", "护士", ("430104",)),
        ("昆山普工", "普工", ("320583",)),
        ("浦东 服务员", "服务员", ("310115",)),
        ("闸北 会计", "会计", ("310106",)),
        ("襄樊 会计", "会计", ("420600",)),
        ("成都人事专员", "人事专员", ("510100",)),
        ("上海市场专员", "市场专员", ("310100",)),
        ("北京/上海 会计", "会计", ("110100", "310100")),
        ("长沙招聘", "", ("430100",)),
        ("长沙 找工作", "", ("430100",)),
        ("长沙 会计 -外包", "会计 -外包", ("430100",)),
    ],
)
def test_a_place_becomes_a_filter(words: str, rest: str, regions: tuple[str, ...]) -> None:
    assert read(words) == (rest, regions)


@pytest.mark.parametrize(
    "words", ["会计", "平安 保险", "成都银行", "大理石工", "长春花园 保安", "南京东路 店员", "会计 -长沙", "", "Java"]
)
def test_what_is_no_place_stays_a_word(words: str) -> None:
    assert understood(words) is None


def test_a_zone_is_a_region_and_words_of_the_address() -> None:
    query, _ = placed(SearchQuery(q="苏州工业园区 普工"))
    assert (query.q, query.region, query.workplace) == ("普工", ("320500",), "苏州工业园区")


def test_a_place_within_the_chosen_region_narrows_it_and_one_round_it_changes_nothing() -> None:
    assert read("武汉 会计", "420000") == ("会计", ("420100",))
    assert read("湖北 会计", "420100") == ("会计", ("420100",))
    assert read("上海 会计", "310000") == ("会计", ("310100",))


def test_a_place_elsewhere_replaces_a_region_only_when_it_was_typed_later() -> None:
    assert read("武汉 会计", "430100", typed=True) == ("会计", ("420100",))
    assert read("武汉 会计", "430100") == ("武汉 会计", ("430100",))


def test_literal_words_are_not_read() -> None:
    assert read("长沙 会计", literal=True) == ("长沙 会计", ())


@pytest.mark.parametrize(
    ("typed", "place", "rest"),
    [
        ("成都-会计", "510100", "会计"),
        ("会计-成都", "510100", "会计"),
        ("java 成都-会计", "510100", "java 会计"),
        ("浦东会计", "310115", "会计"),
        ("萧山会计招聘", "330109", "会计招聘"),
        ("余杭司机", "330110", "司机"),
        ("龙岗普工", "440307", "普工"),
    ],
)
def test_a_place_right_before_or_after_the_work_is_one(typed: str, place: str, rest: str) -> None:
    read = understood(typed)
    assert read
    assert (read.regions, read.rest) == ((place,), rest)


@pytest.mark.parametrize("typed", ["金山软件", "东方会计", "平安保险", "大理石工", "安吉物流", "大安全员", "新城物业"])
def test_names_that_begin_as_a_county_does_are_none(typed: str) -> None:
    assert understood(typed) is None
