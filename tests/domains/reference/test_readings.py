"""How names are read: as the people there and the trade do, and found also by what others type."""

import pytest

from jiuye.domains.reference import catalogue, queries
from jiuye.kernel.text.pinyin import reviewed
from jiuye.search import suggestions

REGIONS = catalogue.regions()


def test_every_region_has_its_reviewed_reading() -> None:
    known = {name: "".join(syllables) for name, syllables in reviewed("places.txt")}
    wrong = {one.name: one.pinyin for one in REGIONS.values() if known.get(one.short_name, one.pinyin) != one.pinyin}
    assert wrong == {}


# pypinyin 0.55 reads these otherwise: tahe, minxing, zhangning, kundoulun, keshenketeng.
@pytest.mark.parametrize(
    ("code", "pinyin"),
    [
        ("411100", "luohe"), ("310112", "minhang"), ("310105", "changning"), ("350105", "mawei"), ("371481", "laoling"),
        ("130981", "botou"), ("620802", "kongtong"), ("141002", "yaodu"), ("150203", "kundulun"), ("150425", "keshiketeng"),
        ("150603", "kangbashi"), ("150923", "shangdu"), ("130502", "xiangdu"), ("130503", "xindu"), ("320903", "yandu"),
        ("331102", "liandu"), ("360730", "ningdu"), ("411002", "weidu"), ("421303", "zengdu"), ("210224", "changhai"),
        ("211005", "gongchangling"), ("220623", "changbai"), ("220722", "changling"), ("340121", "changfeng"),
        ("341181", "tianchang"), ("350605", "changtai"), ("370113", "changqing"), ("411082", "changge"), ("420528", "changyang"),
        ("450405", "changzhou"), ("511524", "changning"), ("522729", "changshun"), ("610428", "changwu"), ("610681", "zichang"),
        ("152500", "xilinguole"), ("150581", "huolinguole"), ("653000", "kezilesu"), ("654300", "aletai"), ("652801", "kuerle"),
        ("653225", "cele"), ("654028", "nileke"), ("653001", "atushi"), ("652927", "wushi"), ("653131", "tashikuergan"),
        ("653129", "jiashi"), ("340303", "bengshan"), ("410923", "nanle"), ("620722", "minle"), ("450406", "longxu"),
        ("231085", "muling"), ("640303", "hongsibu"), ("540531", "langkazi"), ("130426", "shexian"), ("140428", "zhangzi"),
        ("130726", "yuxian"), ("361124", "yanshan"), ("341021", "shexian"), ("341023", "yixian"), ("340722", "zongyang"),
        ("511123", "qianwei"), ("513422", "muli"), ("450800", "guigang"), ("500110", "qijiang"), ("410621", "xunxian"),
    ],
)  # fmt: skip
def test_places_are_read_as_the_people_there_do(code: str, pinyin: str) -> None:
    assert REGIONS[code].pinyin == pinyin
    assert code in [one.code for one in queries.search_regions(pinyin, limit=30)]


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("调酒师", "tiaojiushi"), ("调饮师", "tiaoyinshi"), ("调香师", "tiaoxiangshi"), ("汽车装调工", "qichezhuangtiaogong"),
        ("钢琴调律师", "gangqintiaolvshi"), ("泵装配调试工", "bengzhuangpeitiaoshigong"), ("旅行社计调", "lvxingshejidiao"),
        ("金属轧制工", "jinshuzhazhigong"), ("铸轧工", "zhuzhagong"), ("刨插工", "baochagong"), ("整模脱模工", "zhengmutuomugong"),
        ("电子设备机械装校工", "dianzishebeijixiezhuangjiaogong"), ("铁路车站调车作业员", "tieluchezhandiaochezuoyeyuan"),
        ("道路运输调度员", "daoluyunshudiaoduyuan"), ("弹簧工", "tanhuanggong"),
        ("民族拉弦弹拨乐器制作工", "minzulaxiantanboyueqizhizuogong"),
    ],
)  # fmt: skip
def test_occupations_are_read_as_the_trade_does(name: str, pinyin: str) -> None:
    (known,) = (one for one in catalogue.occupations().values() if one.name == name)
    assert known.pinyin == pinyin
    assert name in [one.name for one in queries.search_occupations(pinyin)]


def test_no_occupation_has_a_setting_read_as_a_transfer() -> None:
    """调 is tiao in 调试, 装调, 调制, 调味; diao in 调查, 调度, 调车, 计调."""
    diao = {"调查", "调度", "调车", "计调"}
    for one in catalogue.occupations().values():
        if "调" in one.name:
            assert ("diao" in one.pinyin) == any(word in one.name for word in diao), one.name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zhongqing", "重庆市"), ("chongqing", "重庆市"), ("lueyang", "略阳县"), ("lveyang", "略阳县"), ("lüeyang", "略阳县"),
        ("lvliang", "吕梁市"), ("luliang", "吕梁市"), ("lyuliang", "吕梁市"), ("liuan", "六安市"), ("luan", "六安市"), ("leling", "乐陵市"),
        ("danxian", "单县"), ("weixian", "蔚县"), ("minxing", "闵行区"), ("shamen", "厦门市"), ("wanbailin", "万柏林区"),
    ],
)  # fmt: skip
def test_a_place_is_found_by_every_way_of_typing_it(typed: str, name: str) -> None:
    found = queries.search_regions(typed, limit=10)
    assert name in [one.name for one in found]
    assert any(queries.is_called(typed, one) for one in found if one.name == name)


@pytest.mark.parametrize("typed", ["luohe", "minhang", "zhongqing", "tiaojiushi", "luxingshejidiao"])
def test_the_search_box_offers_what_is_typed_in_pinyin(typed: str) -> None:
    names = {
        "luohe": "漯河",
        "minhang": "闵行",
        "zhongqing": "重庆",
        "tiaojiushi": "调酒师",
        "luxingshejidiao": "旅行社计调",
    }
    assert any(names[typed] in offer.text for offer in suggestions.offers(typed))
