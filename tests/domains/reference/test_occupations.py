"""Occupations by code, by what one types, and from a posting's title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.reference import catalogue, queries
from jiuye.kernel.errors import NotFound

occupations = st.sampled_from([known for known in catalogue.occupations().values() if known.level == 4])


def test_an_occupation_leads_up_to_its_major_class() -> None:
    names = [step.name for step in queries.occupation_ancestors("2-02-10-03")]
    assert names == ["专业技术人员", "工程技术人员", "信息和通信工程技术人员", "计算机软件工程技术人员"]


def test_an_occupation_alone_in_its_small_class_hangs_on_the_middle_class() -> None:
    assert [step.code for step in queries.occupation_ancestors("2-07-04-00")] == [
        "2-00-00-00",
        "2-07-00-00",
        "2-07-04-00",
    ]


def test_the_classes_can_be_walked_down() -> None:
    assert len(queries.occupation_children()) == 8
    assert "2-02-10-03" in {below.code for below in queries.occupation_children("2-02-10-00")}
    assert queries.occupation_children("2-02-10-03") == ()


def test_descendants_are_the_class_and_everything_in_it() -> None:
    inside = queries.occupation_descendants("2-02-10-00")
    assert {"2-02-10-00", "2-02-10-01", "2-02-10-08"} <= set(inside)
    assert all(code.startswith("2-02-10") for code in inside)


def test_an_unknown_code_is_not_found() -> None:
    assert not queries.has_occupation("9-99-99-99")
    with pytest.raises(NotFound):
        queries.occupation("9-99-99-99")


class TestSearch:
    @given(known=occupations)
    def test_every_occupation_is_found_by_its_name(self, known: queries.Occupation) -> None:
        assert queries.search_occupations(known.name, limit=20)[0].name == known.name

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("收银", "收银员"),
            ("shouyinyuan", "收银员"),
            ("电焊工", "焊工"),
            ("月嫂", "家政服务员"),
            ("JAVA", "计算机软件工程技术人员"),
        ],
    )
    def test_titles_and_pinyin_find_it_too(self, typed: str, name: str) -> None:
        assert name in [known.name for known in queries.search_occupations(typed)]

    def test_a_posting_title_finds_the_occupation_it_means(self) -> None:
        assert "计算机软件工程技术人员" in [known.name for known in queries.search_occupations("Python开发")]

    def test_nothing_typed_finds_nothing(self) -> None:
        assert queries.search_occupations(" ") == []


class TestTitles:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("Python开发工程师", "计算机软件工程技术人员"),
            ("高级Java开发工程师（苏州）", "计算机软件工程技术人员"),
            ("Python自动化测试工程师", "计算机软件测试员"),
            ("AI算法工程师-15K", "人工智能工程技术人员"),
            ("【急招】外卖骑手 日结", "网约配送员"),
            ("货车司机C1", "道路货运汽车驾驶员"),
            ("酒楼服务员", "餐厅服务员"),
            ("仓库叉车工", "起重装卸机械操作工"),
            ("CNC操作工", "多工序数控机床操作调整工"),
            ("幼儿园老师", "幼儿园教师"),
            ("人事行政专员", "行政办事员"),
            ("高薪诚聘销售代表", "营销员"),
            ("会计助理", "会计专业人员"),
            ("保洁阿姨", "保洁员"),
            ("房产销售", "房地产经纪人"),
            ("24届校招（护士）", "护士"),
        ],
    )
    def test_a_person_is_offered_the_occupation_of_a_common_title(self, title: str, name: str) -> None:
        assert any(name in one.name for one in queries.suggest_occupations(title))

    @pytest.mark.parametrize("title", ["", "   ", "诚聘", "12345", "！！！"])
    def test_a_title_that_says_nothing_gives_none(self, title: str) -> None:
        assert queries.guess_occupation(title) is None
        assert queries.likely_occupation(title) is None


def test_the_segmenters_words_are_whole_distinct_words() -> None:
    names = queries.occupation_names()
    assert {"焊工", "网约配送员", "数据分析师"} <= set(names)
    assert len(names) == len(set(names))
    assert not [name for name in names if set(name) & set("/()（）、 ,") or not 1 < len(name) <= 12]


def test_industries_are_sections_and_their_divisions() -> None:
    assert [industry.code for industry in queries.industries()] == list("ABCDEFGHIJKLMNOPQRST")
    assert [industry.code for industry in queries.industries("I")] == ["63", "64", "65"]
    assert [industry.name for industry in queries.industry_ancestors("65")] == [
        "信息传输、软件和信息技术服务业", "软件和信息技术服务业",
    ]  # fmt: skip
    assert queries.has_industry("T")
    with pytest.raises(NotFound):
        queries.industry("98")
