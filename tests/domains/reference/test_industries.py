"""Industries as boards and people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.reference import catalogue, queries


@pytest.mark.parametrize(
    ("text", "code", "also"),
    [
        ("计算机软件", "65", ()),
        ("互联网/电子商务", "64", ("52",)),
        ("电子技术/半导体/集成电路", "39", ()),
        ("机械/设备/重工", "34", ("35",)),
        ("金融/投资/证券", "J", ()),
        ("交通/运输/物流", "G", ()),
        ("快速消费品（食品、饮料、化妆品）", "C", ()),
        ("石油/化工/矿产/地质", "25", ("07",)),
        ("专业服务(咨询、人力资源、财会)", "72", ()),
        ("医疗丨健康", "84", ()),
        ("移动互联网,游戏", "64", ()),
        ("企业服务,金融", "65", ("J",)),
        ("餐饮和酒店", "H", ()),
        ("通用设备制造业", "34", ()),
        ("通信设备、计算机及其他电子设备制造业", "39", ()),
        ("软件行业", "65", ()),
        ("精密五金加工", "33", ()),
        ("水泥制造", "30", ()),
        ("计算机零售", "52", ()),
        ("家用电力器具制造", "38", ()),
        ("C39", "39", ()),
        ("C制造业", "C", ()),
        ("i65", "65", ()),
    ],
)
def test_words_of_boards_have_their_code(text: str, code: str, also: tuple[str, ...]) -> None:
    assert queries.find_industry(text) == queries.IndustryMatch(code, also)


@pytest.mark.parametrize("text", ["", "魔法", "其他", "C65", "Z", "1"])
def test_what_names_no_industry_gives_none(text: str) -> None:
    assert queries.find_industry(text) is None


def test_saying_none_is_no_fault() -> None:
    assert queries.is_no_industry("其他行业")
    assert not queries.is_no_industry("魔法")


def test_every_name_and_code_of_the_standard_is_understood() -> None:
    for industry in catalogue.industries().values():
        for written in (industry.code, industry.name):
            found = queries.find_industry(written)
            assert found, written
            meant = queries.industry(found.code)
            assert meant.code == industry.code or meant.name == industry.name, written


def test_every_word_has_codes_of_the_standard_and_means_them() -> None:
    for word in catalogue.industry_words():
        assert all(queries.has_industry(code) for code in filter(None, (word.code, *word.also))), word
        found = queries.find_industry(word.word)
        assert (found.code if found else "") == word.code, word


@given(text=st.text(max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    found = queries.find_industry(text)
    assert found is None or queries.has_industry(found.code)
