"""The rules by which the published occupation list is cleaned and places get their short names."""

import pytest

from jiuye.domains.reference.generate.occupations import clean_occupations, occupation_parent
from jiuye.domains.reference.generate.output import sound
from jiuye.domains.reference.generate.regions import RegionRow, short_name


def line(code: str, name: str, level: int = 4, alias: str = "") -> dict[str, str]:
    """One line as published."""
    return {"level": str(level), "code": code, "name": name, "alias": alias or name}


@pytest.mark.parametrize(
    ("published", "name", "digital", "green"),
    [
        ("护林员L", "护林员", False, True),
        ("电子商务师S", "电子商务师", True, False),
        ("碳汇计量评估师L/S", "碳汇计量评估师", True, True),
        ("焊工", "焊工", False, False),
        ("皮革、 毛皮制作人员", "皮革、毛皮制作人员", False, False),
    ],
)
def test_marks_come_off_the_name_and_become_flags(published: str, name: str, digital: bool, green: bool) -> None:
    row = clean_occupations([line("9-01-01-01", published)])["9-01-01-01"]
    assert (row.name, row.digital, row.green) == (name, digital, green)


def test_titles_lose_marks_repeats_and_the_name_itself() -> None:
    row = clean_occupations([line("9-01-01-01", "护林员L", alias="护林员L,巡山员,巡山员, ,其他林业职位")])["9-01-01-01"]
    assert row.titles == ["巡山员"]


def test_titles_that_end_in_latin_letters_keep_them() -> None:
    row = clean_occupations([line("9-01-01-01", "工程师", alias="DBA,SQL")])["9-01-01-01"]
    assert row.titles == ["DBA", "SQL"]


def test_of_two_rows_with_one_code_the_more_specific_stays() -> None:
    rows = clean_occupations([line("9-01-01-00", "甲工", 3), line("9-01-01-00", "甲工", 4)])
    assert rows["9-01-01-00"].level == 4


def test_a_code_with_members_is_a_class_whatever_was_published() -> None:
    rows = clean_occupations([line("9-01-01-00", "甲类人员", 4), line("9-01-01-01", "甲工", 4)])
    assert (rows["9-01-01-00"].level, rows["9-01-01-01"].level) == (3, 4)


def test_an_occupation_without_its_small_class_hangs_on_the_nearest_class_above() -> None:
    rows = clean_occupations([line("9-00-00-00", "大类", 1), line("9-01-00-00", "中类", 2), line("9-01-01-01", "甲工")])
    assert occupation_parent("9-01-01-01", rows) == "9-01-00-00"
    assert occupation_parent("9-01-00-00", rows) == "9-00-00-00"
    assert occupation_parent("9-00-00-00", rows) == ""


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("广西壮族自治区", "province", "广西"),
        ("香港特别行政区", "province", "香港"),
        ("双江拉祜族佤族布朗族傣族自治县", "county", "双江"),
        ("融水苗族自治县", "county", "融水"),
        ("三都水族自治县", "county", "三都"),
        ("龙胜各族自治县", "county", "龙胜"),
        ("六枝特区", "county", "六枝"),
        ("管城回族区", "county", "管城"),
        ("雄县", "county", "雄县"),
        ("城区", "county", "城区"),
    ],
)
def test_short_names_drop_what_people_drop(name: str, level: str, short: str) -> None:
    assert short_name(RegionRow("000000", name, level, ""), None) == short


def test_a_county_never_has_its_citys_short_name() -> None:
    city = RegionRow("360100", "南昌市", "city", "360000", short_name="南昌")
    assert short_name(RegionRow("360121", "南昌县", "county", "360100"), city) == "南昌县"


def test_pinyin_has_no_tones_and_initials_are_one_letter_a_character() -> None:
    assert sound("重庆") == ("chongqing", "cq")
    assert sound("亳州") == ("bozhou", "bz")
