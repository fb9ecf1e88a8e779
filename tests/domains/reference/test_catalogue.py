"""The data files hold what the standards say: counts, parents, places, clean names."""

import csv
from collections import Counter

import pytest

from jiuye.domains.reference import catalogue

REGIONS = catalogue.regions()
OCCUPATIONS = catalogue.occupations()
INDUSTRIES = catalogue.industries()


class TestRegions:
    def test_every_province_is_there_the_special_regions_and_taiwan_included(self) -> None:
        provinces = [region for region in REGIONS.values() if region.level == "province"]
        assert len(provinces) == 34
        assert {"台湾", "香港", "澳门", "新疆"} <= {region.short_name for region in provinces}

    def test_every_prefecture_is_there_and_a_city_for_each_municipality(self) -> None:
        assert Counter(region.level for region in REGIONS.values())["city"] == 333 + 4

    def test_there_are_as_many_counties_as_the_ministry_counts(self) -> None:
        assert 2_840 <= Counter(region.level for region in REGIONS.values())["county"] <= 2_850

    def test_every_region_except_provinces_has_a_parent_of_a_higher_level(self) -> None:
        above = {"city": {"province"}, "county": {"province", "city"}}
        for region in REGIONS.values():
            assert (
                region.parent == ""
                if region.level == "province"
                else REGIONS[region.parent].level in above[region.level]
            )

    def test_a_code_begins_as_its_provinces_code_does(self) -> None:
        assert all(region.parent[:2] in ("", region.code[:2]) for region in REGIONS.values())

    def test_every_region_has_a_place_within_the_country(self) -> None:
        assert all(73 < region.longitude < 136 and 3 < region.latitude < 54 for region in REGIONS.values())

    def test_the_parent_stands_before_the_child(self) -> None:
        order = {code: position for position, code in enumerate(REGIONS)}
        assert all(order[region.parent] < order[region.code] for region in REGIONS.values() if region.parent)

    @pytest.mark.parametrize(
        ("code", "short_name"),
        [
            ("510000", "四川"),
            ("150000", "内蒙古"),
            ("810000", "香港"),
            ("510100", "成都"),
            ("422800", "恩施"),
            ("532800", "西双版纳"),
            ("152200", "兴安盟"),
            ("232700", "大兴安岭"),
            ("510107", "武侯"),
            ("310115", "浦东"),
            ("120116", "滨海"),
            ("130107", "井陉矿区"),
            ("500233", "忠县"),
            ("360121", "南昌县"),
            ("210521", "本溪县"),
            ("622927", "积石山"),
            ("622926", "东乡"),
            ("150724", "鄂温克"),
            ("150521", "科尔沁左翼中旗"),
            ("429021", "神农架"),
            ("632324", "河南县"),
            ("140109", "万柏林"),
        ],
    )
    def test_short_names_are_what_people_say(self, code: str, short_name: str) -> None:
        assert REGIONS[code].short_name == short_name

    @pytest.mark.parametrize(
        ("code", "pinyin", "initials"),
        [
            ("510100", "chengdu", "cd"),
            ("500000", "chongqing", "cq"),
            ("430100", "changsha", "cs"),
            ("350200", "xiamen", "xm"),
            ("341600", "bozhou", "bz"),
            ("331000", "taizhou", "tz"),
            ("441422", "dabu", "db"),
            ("330382", "yueqing", "yq"),
            ("130225", "laoting", "lt"),
        ],
    )
    def test_place_names_are_read_as_the_people_there_do(self, code: str, pinyin: str, initials: str) -> None:
        assert (REGIONS[code].pinyin, REGIONS[code].initials) == (pinyin, initials)

    def test_every_region_can_be_typed(self) -> None:
        assert all(
            region.pinyin.isascii() and region.pinyin.isalpha() and region.initials for region in REGIONS.values()
        )

    def test_every_place_name_means_a_region(self) -> None:
        assert all(place.code in REGIONS for place in catalogue.places() if place.code)


def lines(name: str) -> list[dict[str, str]]:
    """The lines of a data file."""
    with (catalogue.DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestOccupations:
    def test_the_eight_major_classes_lead_down_to_1674_occupations_and_the_eighth_is_one_itself(self) -> None:
        assert Counter(occupation.level for occupation in OCCUPATIONS.values()) == {1: 8, 2: 72, 3: 340, 4: 1674}

    def test_the_edition_of_2022_is_complete_and_so_are_the_announcements_of_2024_and_2025(self) -> None:
        later = Counter(line["since"] for line in lines("occupation_additions.csv"))
        assert (later["2024"], later["2025"]) == (19, 17)
        occupations = sum(occupation.level == 4 for occupation in OCCUPATIONS.values())
        assert occupations + 1 - later["2024"] - later["2025"] == 1639  # 8-00-00-00 is class and occupation

    @pytest.mark.parametrize(
        ("major", "occupations"), [("1", 25), ("2", 492), ("3", 36), ("4", 356), ("5", 54), ("6", 671), ("7", 4)]
    )
    def test_each_major_class_of_the_edition_has_its_occupations(self, major: str, occupations: int) -> None:
        later = {line["code"] for line in lines("occupation_additions.csv") if line["since"] != "2022"}
        edition = [one.code for one in OCCUPATIONS.values() if one.level == 4 and one.code not in later]
        assert sum(code.startswith(major) for code in edition) == occupations

    def test_every_addition_and_every_trade_is_in_the_list_and_names_its_source(self) -> None:
        for line in lines("occupation_additions.csv"):
            assert OCCUPATIONS[line["code"]].name == line["name"]
            assert line["source"]
        for line in lines("occupation_trades.csv"):
            assert line["trade"] in OCCUPATIONS[line["code"]].aliases
            assert line["source"]

    def test_a_former_code_is_no_present_one_and_names_an_occupation_or_nothing(self) -> None:
        for former in catalogue.former_occupations().values():
            assert former.code not in OCCUPATIONS
            assert not former.replaced_by or OCCUPATIONS[former.replaced_by].name == former.name

    def test_the_139_green_occupations_are_marked_and_24_of_them_are_digital_too(self) -> None:
        green = {code for code, occupation in OCCUPATIONS.items() if occupation.green}
        digital = {code for code, occupation in OCCUPATIONS.items() if occupation.digital}
        assert (len(green), len(green & digital)) == (139, 24)

    def test_the_marks_are_off_the_names(self) -> None:
        assert not [occupation.name for occupation in OCCUPATIONS.values() if occupation.name[-1].isascii()]

    def test_titles_carry_no_marks_no_repeats_and_not_the_name_itself(self) -> None:
        for occupation in OCCUPATIONS.values():
            assert len(set(occupation.aliases)) == len(occupation.aliases)
            assert not {occupation.name, f"{occupation.name}S", f"{occupation.name}L"} & set(occupation.aliases)

    def test_everything_but_a_major_class_hangs_on_a_class_of_a_higher_level(self) -> None:
        for occupation in OCCUPATIONS.values():
            if occupation.level == 1:
                assert occupation.parent == ""
            else:
                assert OCCUPATIONS[occupation.parent].level < occupation.level

    @pytest.mark.parametrize("code", ["1-06-01-00", "2-01-04-00", "2-02-32-00", "5-02-03-00"])
    def test_classes_that_only_their_members_told_of_were_added(self, code: str) -> None:
        members = [occupation for occupation in OCCUPATIONS.values() if occupation.parent == code]
        assert members
        assert OCCUPATIONS[code].level == 3

    def test_of_two_rows_with_one_code_one_is_left(self) -> None:
        assert OCCUPATIONS["2-03-01-00"].level == 4
        assert OCCUPATIONS["5-03-00-00"].name == "畜牧业生产人员"

    def test_every_job_title_means_an_occupation_or_class(self) -> None:
        assert all(title.code in OCCUPATIONS for title in catalogue.job_titles().values())


class TestIndustries:
    def test_twenty_sections_hold_ninety_seven_divisions(self) -> None:
        assert Counter(industry.level for industry in INDUSTRIES.values()) == {"section": 20, "division": 97}

    def test_sections_are_lettered_and_divisions_numbered_without_a_gap(self) -> None:
        assert list(INDUSTRIES) == [*"ABCDEFGHIJKLMNOPQRST", *(f"{number:02}" for number in range(1, 98))]

    @pytest.mark.parametrize(("division", "section"), [("01", "A"), ("43", "C"), ("65", "I"), ("70", "K"), ("97", "T")])
    def test_divisions_belong_to_the_section_named_by_the_standard(self, division: str, section: str) -> None:
        assert INDUSTRIES[division].parent == section
