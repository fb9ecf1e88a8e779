"""Places within what people search."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.reference import catalogue, queries


def mentions(text: str) -> list[tuple[str, list[str], bool]]:
    """The words, the places they may mean, and whether a place is meant."""
    return [
        (text[one.start : one.end], [queries.display_name(code) for code in one.codes], one.is_sure)
        for one in queries.places_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("长沙 会计", "长沙", "长沙"),
        ("会计 长沙", "长沙", "长沙"),
        ("长沙会计", "长沙", "长沙"),
        ("成都Java", "成都", "成都"),
        ("湖南长沙 司机", "湖南长沙", "长沙"),
        ("广东 深圳 宝安 普工", "广东 深圳 宝安", "深圳·宝安"),
        ("北京朝阳区保安", "北京朝阳区", "北京·朝阳"),
        ("昆山普工", "昆山", "苏州·昆山"),
        ("上海市场专员", "上海", "上海"),
        ("長沙 會計", "長沙", "长沙"),
        ("襄樊 司机", "襄樊", "襄阳"),
        ("闸北 保姆", "闸北", "上海·静安"),
        ("山东市政工程", "山东", "山东"),
        ("东城区 保安", "东城区", "北京·东城"),
        ("越秀 会计", "越秀", "广州·越秀"),
    ],
)
def test_a_place_is_found_wherever_it_stands(text: str, words: str, place: str) -> None:
    assert mentions(text) == [(words, [place], True)]


def test_a_zone_has_its_division_and_its_name() -> None:
    (zone,) = queries.places_in("苏州工业园区 电工")
    assert (zone.start, zone.end, zone.codes, zone.zone) == (0, 6, ("320500",), "苏州工业园区")


def test_a_shared_name_has_every_meaning_the_large_cities_first() -> None:
    assert mentions("鼓楼 护士") == [("鼓楼", ["南京·鼓楼", "福州·鼓楼", "徐州·鼓楼", "开封·鼓楼"], True)]
    assert mentions("江北区") == [("江北区", ["宁波·江北", "重庆·两江"], True)]


def test_another_place_in_the_text_says_which_is_meant() -> None:
    assert mentions("朝阳 保安 北京") == [("朝阳", ["北京·朝阳"], True), ("北京", ["北京"], True)]


@pytest.mark.parametrize("text", ["平安 保险", "大厂 Java", "人力资源", "成都智联科技有限公司", "四川某某公司 文员"])
def test_words_and_names_of_employers_are_no_sure_places(text: str) -> None:
    assert all(not is_sure for _, _, is_sure in mentions(text))


@pytest.mark.parametrize("text", ["", "会计", "成都银行 柜员", "南京东路 营业员", "中山大学", "Java", "市场专员"])
def test_streets_banks_and_schools_are_no_places(text: str) -> None:
    assert mentions(text) == []


@given(code=st.sampled_from(sorted(catalogue.regions())), job=st.sampled_from(["会计", "Java", "焊工 夜班"]))
def test_every_region_is_found_by_its_official_name(code: str, job: str) -> None:
    one = queries.places_in(f"{queries.full_name(code)} {job}")[0]
    assert one.codes == (queries.MUNICIPALITY_CITIES.get(code, code),)


@given(text=st.text(max_size=40))
def test_mentions_lie_within_the_text_and_apart(text: str) -> None:
    found = queries.places_in(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
