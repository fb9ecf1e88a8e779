"""Regions by code, as paths, by what one types, and as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiuye.domains.reference import catalogue, queries
from jiuye.kernel.errors import NotFound

MUNICIPALITIES = {"110000": "110100", "120000": "120100", "310000": "310100", "500000": "500100"}
codes = st.sampled_from(sorted(catalogue.regions()))
rests = st.sampled_from(["红星路三段88号", "软件园", "XX大厦B座", "高新技术产业开发区"])


def found(text: str) -> tuple[str, str] | None:
    """The full name of what a text names, and its rest."""
    match = queries.find_region(text)
    return (queries.full_name(match.code), match.rest) if match else None


class TestPaths:
    def test_a_county_leads_up_through_its_city_to_its_province(self) -> None:
        assert [step.name for step in queries.ancestors("510107")] == ["四川省", "成都市", "武侯区"]

    def test_a_county_that_its_province_governs_has_no_city_between(self) -> None:
        assert [step.name for step in queries.ancestors("469005")] == ["海南省", "文昌市"]
        assert queries.region("469005") in queries.children("460000")

    def test_a_city_without_counties_is_the_end_of_its_path(self) -> None:
        assert all(queries.children(code) == () for code in ("441900", "442000", "460400", "620200"))

    def test_a_municipality_is_one_city_of_its_name_with_all_its_counties(self) -> None:
        (city,) = queries.children("500000")
        assert (city.code, city.name) == ("500100", "重庆市")
        assert {"渝中区", "城口县"} <= {county.name for county in queries.children("500100")}

    def test_the_division_corps_cities_are_in_xinjiang(self) -> None:
        assert {"石河子市", "白杨市"} <= {place.name for place in queries.children("650000")}

    def test_descendants_are_the_region_and_everything_in_it(self) -> None:
        inside = queries.descendants("460000")
        assert {"460000", "460100", "460105", "469005"} <= set(inside)
        assert all(code.startswith("46") for code in inside)

    def test_full_and_short_addresses_name_a_municipality_once(self) -> None:
        assert queries.full_name("310120") == "上海市奉贤区"
        assert queries.full_name("510107") == "四川省成都市武侯区"
        assert [queries.display_name(code) for code in ("510107", "510100", "510000", "310120", "469005", "310100")] == [
            "成都·武侯", "成都", "四川", "上海·奉贤", "海南·文昌", "上海",
        ]  # fmt: skip

    def test_an_unknown_code_is_not_found(self) -> None:
        assert not queries.has_region("999999")
        for look_up in (
            queries.region,
            queries.ancestors,
            queries.full_name,
            queries.display_name,
            queries.descendants,
        ):
            with pytest.raises(NotFound):
                look_up("999999")


class TestSearch:
    @pytest.mark.parametrize("typed", ["成都", "chengdu", "CHENGDU", "成都市", "cheng du"])
    def test_the_city_comes_first_by_name_and_by_pinyin(self, typed: str) -> None:
        assert queries.search_regions(typed)[0].code == "510100"

    def test_initials_find_cities_before_counties(self) -> None:
        assert "510100" in [region.code for region in queries.search_regions("cd", limit=4)]

    def test_a_municipality_is_offered_once(self) -> None:
        assert [region.code for region in queries.search_regions("北京") if region.short_name == "北京"] == ["110000"]

    def test_counties_of_one_name_are_all_offered(self) -> None:
        assert {region.code for region in queries.search_regions("南山")} == {"230404", "440305"}

    def test_traditional_characters_find_the_same(self) -> None:
        assert queries.search_regions("蘇州")[0].code == "320500"
        assert queries.search_regions("乾安")[0].code == "220723"

    def test_nothing_typed_finds_nothing(self) -> None:
        assert queries.search_regions("  ") == []
        assert queries.search_regions("没有这个地方") == []

    @given(code=codes)
    def test_every_region_is_found_by_its_pinyin(self, code: str) -> None:
        shown = code if code not in MUNICIPALITIES.values() else f"{code[:2]}0000"
        assert shown in [region.code for region in queries.search_regions(queries.region(code).pinyin, limit=50)]

    @given(code=codes, limit=st.integers(min_value=1, max_value=20))
    def test_no_more_than_the_limit_come_back(self, code: str, limit: int) -> None:
        assert 1 <= len(queries.search_regions(queries.region(code).short_name, limit)) <= limit


class TestAsPeopleWrite:
    def test_every_full_name_of_this_release_is_understood(self) -> None:
        understood = {code: queries.find_region(queries.full_name(code)) for code in catalogue.regions()}
        expected = {code: queries.RegionMatch(MUNICIPALITIES.get(code, code), "") for code in understood}
        assert understood == expected

    @given(code=codes, rest=st.just("") | rests)
    def test_every_full_name_is_understood_whatever_follows(self, code: str, rest: str) -> None:
        match = queries.find_region(queries.full_name(code) + rest)
        assert match
        assert (match.code, match.rest) == (MUNICIPALITIES.get(code, code), rest)

    @given(code=codes, separator=st.sampled_from(["-", "·", " ", "/", ",", "，", " - ", ">"]))
    def test_separators_between_the_levels_change_nothing(self, code: str, separator: str) -> None:
        written = separator.join(step.name for step in queries.ancestors(code))
        assert queries.find_region(written) == queries.find_region(queries.full_name(code))

    @given(code=codes)
    def test_short_names_down_the_path_are_understood(self, code: str) -> None:
        match = queries.find_region("".join(step.short_name for step in queries.ancestors(code)))
        same_city = {sibling.code for sibling in queries.children(queries.region(code).parent)}
        assert match
        assert match.code in {MUNICIPALITIES.get(code, code)} | same_city | {queries.region(code).parent}

    @given(text=st.text(max_size=40))
    def test_no_text_is_too_strange(self, text: str) -> None:
        match = queries.find_region(text)
        assert match is None or queries.has_region(match.code)

    @pytest.mark.parametrize(
        ("text", "region", "rest"),
        [
            ("四川省成都红星路", "四川省成都市", "红星路"),
            ("上海-奉贤区", "上海市奉贤区", ""),
            ("浙江省宁波", "浙江省宁波市", ""),
            ("江苏-苏州-昆山", "江苏省苏州市昆山市", ""),
            ("江苏省昆山", "江苏省苏州市昆山市", ""),
            ("深圳南山", "广东省深圳市南山区", ""),
            ("河北唐山路北", "河北省唐山市路北区", ""),
            ("河北唐山路北区新华道", "河北省唐山市路北区", "新华道"),
            ("深圳深圳龙华区龙华", "广东省深圳市龙华区", ""),
            ("北京", "北京市", ""),
            ("北京市市辖区朝阳区", "北京市朝阳区", ""),
            ("广东省深圳市南山区科技园", "广东省深圳市南山区", "科技园"),
            ("深圳科技园", "广东省深圳市南山区", "科技园"),
            ("内蒙古", "内蒙古自治区", ""),
            ("恩施", "湖北省恩施土家族苗族自治州", ""),
            ("恩施州恩施市", "湖北省恩施土家族苗族自治州恩施市", ""),
            ("湖南省湘西", "湖南省湘西土家族苗族自治州", ""),
            ("西双版纳", "云南省西双版纳傣族自治州", ""),
            ("海南省陵水", "海南省陵水黎族自治县", ""),
            ("海南省省直辖县级行政区划文昌市", "海南省文昌市", ""),
            ("中国·上海·浦东", "上海市浦东新区", ""),
            ("工作地点：杭州市余杭区未来科技城", "浙江省杭州市余杭区", "未来科技城"),
            ("朝阳区-北京", "北京市朝阳区", ""),
            ("北京/上海", "北京市", "上海"),
            ("东莞长安镇", "广东省东莞市", "长安镇"),
            ("广东省东莞桥头镇", "广东省东莞市", "桥头镇"),
            ("吉林省吉林", "吉林省吉林市", ""),
            ("辽宁省朝阳", "辽宁省朝阳市", ""),
            ("海南州", "青海省海南藏族自治州", ""),
            ("广西省南宁", "广西壮族自治区南宁市", ""),
            ("廣東省深圳市南山區XX大廈", "广东省深圳市南山区", "XX大廈"),
        ],
    )
    def test_places_at_every_level(self, text: str, region: str, rest: str) -> None:
        assert found(text) == (region, rest)

    @pytest.mark.parametrize(
        ("text", "region"),
        [
            ("山东省济南市中区", "山东省济南市市中区"),
            ("青岛市北区", "山东省青岛市市北区"),
            ("江苏省连云港市", "江苏省连云港市"),
            ("辽宁省大连中山区", "辽宁省大连市中山区"),
            ("云南省昆明西山区", "云南省昆明市西山区"),
            ("云南大理市", "云南省大理白族自治州大理市"),
            ("湖南省长沙长沙县星沙", "湖南省长沙市长沙县"),
        ],
    )
    def test_names_that_overlap_are_cut_where_they_make_sense(self, text: str, region: str) -> None:
        match = queries.find_region(text)
        assert match
        assert queries.full_name(match.code) == region

    @pytest.mark.parametrize(
        ("text", "region", "rest"),
        [
            ("双流县", "四川省成都市双流区", ""),
            ("上海南汇区", "上海市浦东新区", ""),
            ("重庆渝北区", "重庆市两江新区", ""),
            ("江西省南昌红谷滩新区", "江西省南昌市红谷滩区", ""),
            ("江苏省苏州苏州工业园区", "江苏省苏州市", "苏州工业园区"),
            ("河北省雄安新区", "河北省保定市", "雄安新区"),
            ("西咸新区", "陕西省西安市", "西咸新区"),
            ("天津滨海新区", "天津市滨海新区", ""),
            ("上海上海张江", "上海市浦东新区", "张江"),
            ("台北", "台湾省", "台北"),
        ],
    )
    def test_former_and_development_names_mean_the_nearest_division(self, text: str, region: str, rest: str) -> None:
        assert found(text) == (region, rest)

    @pytest.mark.parametrize("text", ["鼓楼区", "朝阳区", "东区", "新城区", "龙华"])
    def test_a_county_name_that_many_share_needs_its_city(self, text: str) -> None:
        assert queries.find_region(text) is None

    def test_of_a_county_name_that_cities_of_one_province_share_the_province_is_sure(self) -> None:
        assert found("河北省桥西区") == ("河北省", "桥西区")

    @pytest.mark.parametrize("text", ["", "  ", "全国", "异地招聘", "海外", "不限", "南京东路", "Remote"])
    def test_what_names_no_place_gives_none(self, text: str) -> None:
        assert queries.find_region(text) is None

    @pytest.mark.parametrize("text", ["广省惠州惠城区", "�广东省惠州惠城区"])
    def test_something_garbled_before_the_name_is_passed_over(self, text: str) -> None:
        assert found(text) == ("广东省惠州市惠城区", "")


def test_what_replaced_a_former_code_is_in_force_and_in_the_same_place() -> None:
    former = queries.former_regions()
    assert len(former) > 3000
    for one in former:
        assert not queries.has_region(one.code), one
        assert one.replaced_by == "" or queries.has_region(one.replaced_by), one
    moved = [one for one in former if one.replaced_by and one.replaced_by[:2] != one.code[:2]]
    assert {(one.code[:2], one.replaced_by[:2]) for one in moved} <= {("44", "46"), ("51", "50"), ("42", "41")}
