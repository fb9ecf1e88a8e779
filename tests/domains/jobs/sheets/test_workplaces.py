"""City, district, address and workplace columns are read together."""

import csv
from datetime import date
from pathlib import Path

import pytest

from jiuye.domains.jobs.sheets.parsed import Choices, ParsedPosting, postings_of
from jiuye.domains.jobs.sheets.reference import reference_vocabulary
from jiuye.domains.jobs.sheets.rows import parse_row
from jiuye.domains.jobs.sheets.workplaces import Workplace, read_workplace
from jiuye.domains.reference import queries as reference

CASES = Path(__file__).parents[3] / "cases" / "places.csv"


def place(found: Workplace) -> tuple[str, str]:
    assert not found.problem, found.problem
    return reference.full_name(found.region), found.address


@pytest.mark.parametrize(
    ("columns", "region", "address"),
    [
        ({"city": "武汉", "region": "东湖新技术开发区"}, "湖北省武汉市", "东湖新技术开发区"),
        ({"city": "北京", "region": "朝阳区"}, "北京市朝阳区", ""),
        ({"city": "重庆", "region": "江北区"}, "重庆市两江新区", ""),
        ({"city": "南京", "region": "江宁区"}, "江苏省南京市江宁区", ""),
        ({"county": "鼓楼区", "region": "南京"}, "江苏省南京市鼓楼区", ""),
        ({"city": "长春", "county": "朝阳区"}, "吉林省长春市朝阳区", ""),
        ({"city": "朝阳"}, "辽宁省朝阳市", ""),
        ({"city": "吉林"}, "吉林省吉林市", ""),
        ({"city": "东莞", "region": "长安镇"}, "广东省东莞市", "长安镇"),
        ({"city": "苏州", "address": "昆山市花桥镇1号"}, "江苏省苏州市昆山市", "昆山市花桥镇1号"),
        ({"city": "深圳", "address": "西乡街道固戍二路99号"}, "广东省深圳市宝安区", "西乡街道固戍二路99号"),
        ({"region": "雄安新区容城县"}, "河北省保定市容城县", ""),
        ({"region": "苏州工业园区", "address": "星湖街328号"}, "江苏省苏州市", "苏州工业园区星湖街328号"),
        ({"region": "朝阳区", "address": "北京市朝阳区建国路1号"}, "北京市朝阳区", "北京市朝阳区建国路1号"),
        ({"city": "北京", "region": "居家办公"}, "北京市", "居家办公"),
        ({"city": "上海", "region": "中山公园"}, "上海市", "中山公园"),
        ({"city": "武汉", "address": "南京路8号"}, "湖北省武汉市", "南京路8号"),
    ],
)
def test_each_column_says_what_the_others_mean(columns: dict[str, str], region: str, address: str) -> None:
    assert place(read_workplace(**columns)) == (region, address)


@pytest.mark.parametrize(
    ("columns", "column", "asked"),
    [
        ({"region": "西乡街道固戍二路99号"}, "region", "认不出是哪里"),
        ({"region": "洪泽湖路5号"}, "region", "认不出是哪里"),
        ({"region": "中山公园"}, "region", "认不出是哪里"),
        ({"address": "新华大厦3楼"}, "address", "认不出是哪里"),
        ({"county": "鼓楼区"}, "county", "江苏省南京市鼓楼区、江苏省徐州市鼓楼区、福建省福州市鼓楼区等"),
        ({"region": "江北区"}, "region", "浙江省宁波市江北区、重庆市两江新区"),
        ({"province": "河北", "county": "桥西区"}, "county", "河北省石家庄市桥西区、河北省张家口市桥西区"),
        ({"city": "武汉", "region": "南昌市东湖区"}, "region", "“武汉”和“南昌市东湖区”对不上"),
        ({"city": "武汉", "address": "上海市浦东新区张江路1号"}, "address", "对不上"),
        ({"city": "北京", "region": "燕郊"}, "region", "对不上"),
        ({"region": "全国"}, "region", "不是一个地点"),
        ({"region": "长三角"}, "region", "不是一个地点"),
        ({"region": "远程办公"}, "region", "用人单位所在的城市"),
        ({"region": "新加坡"}, "region", "在境外"),
    ],
)
def test_what_is_not_certain_is_asked_and_kept(columns: dict[str, str], column: str, asked: str) -> None:
    found = read_workplace(**columns)
    assert (found.region, found.column) == ("", column)
    assert asked in found.problem
    assert all(text in found.address for text in columns.values())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("北京、上海、广州", ["北京", "上海", "广州"]),
        ("北京/天津", ["北京", "天津"]),
        ("北京-上海", ["北京", "上海"]),
        ("上海 北京 深圳", ["上海", "北京", "深圳"]),
        ("武汉或长沙", ["武汉", "长沙"]),
        ("浙江杭州、宁波", ["杭州", "宁波"]),
        ("上海市浦东新区、闵行区", ["上海·浦东", "上海·闵行"]),
        ("深圳南山/福田", ["深圳·南山", "深圳·福田"]),
        ("朝阳区、海淀区", ["北京·朝阳", "北京·海淀"]),
        ("全国（北京、上海、广州）", ["北京", "上海", "广州"]),
        ("北京(2人)、上海(3人)", ["北京", "上海"]),
    ],
)
def test_several_places_are_a_question_or_several_postings(text: str, places: list[str]) -> None:
    asked = read_workplace(region=text)
    assert asked.region == ""
    assert f"{len(places)}个工作地点：{'、'.join(places)}" in asked.problem
    chosen = read_workplace(region=text, split=True)
    named = [(chosen.region, chosen.address), *chosen.elsewhere]
    assert [(reference.display_name(code), rest) for code, rest in named] == [(one, "") for one in places]
    assert not chosen.problem


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("江苏/苏州/昆山", "江苏省苏州市昆山市"),
        ("北京、朝阳区", "北京市朝阳区"),
        ("朝阳区/北京", "北京市朝阳区"),
        ("上海市,上海市", "上海市"),
        ("东莞/长安", "广东省东莞市"),
        ("和平区,沈阳", "辽宁省沈阳市和平区"),
        ("北京市朝阳区建国路88号A座/B座", "北京市朝阳区"),
    ],
)
def test_parts_that_make_one_place_are_one(text: str, region: str) -> None:
    assert place(read_workplace(region=text))[0] == region


def test_an_address_belongs_to_the_place_of_a_list_that_it_names() -> None:
    named = read_workplace(region="北京、上海", address="上海市静安区南京西路1号", split=True)
    assert (named.address, named.elsewhere) == ("", (("310100", "上海市静安区南京西路1号"),))
    unnamed = read_workplace(region="北京、上海", address="建国路1号", split=True)
    assert (unnamed.address, unnamed.elsewhere) == ("", (("310100", ""),))
    assert "建国路1号" in unnamed.remark


def test_a_row_whose_place_is_not_certain_waits_as_a_draft() -> None:
    parsed = parse_row(["焊工", "洪泽湖路5号"], {"title": 0, "region": 1}, {}, reference_vocabulary(), date(2026, 3, 1))
    assert isinstance(parsed, ParsedPosting)
    assert parsed.is_held
    assert "region" in parsed.missing
    assert [(note.field, note.column) for note in parsed.notes] == [("region", 1)]


def test_a_row_of_several_places_becomes_several_postings_on_the_senders_wish() -> None:
    choices = Choices(split_places=True)
    row = ["A1", "焊工", "北京、上海"]
    columns = {"external_code": 0, "title": 1, "region": 2}
    parsed = parse_row(row, columns, {}, reference_vocabulary(), date(2026, 3, 1), choices)
    assert isinstance(parsed, ParsedPosting)
    assert not parsed.is_held
    assert [one.region for one in postings_of(parsed, choices)] == ["110100", "310100"]


def test_every_workplace_of_the_case_file_is_read_right() -> None:
    """Ambiguous names with their city and alone, zones, former names, streets, lists. `?`: it must be asked."""
    wrong = []
    with CASES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            right = line.pop("right")
            found = read_workplace(**line, split=True)
            codes = [found.region, *(code for code, _ in found.elsewhere)]
            said = "?" if found.problem else "|".join(reference.full_name(code) for code in codes)
            if said != right:
                wrong.append((line, said, right))
    assert wrong == []
