"""Short names that are something else: a street, an estate, a school, a park that is called after a place far away.

洪泽湖路 is in Shenzhen, 西乡街道 too, 中山公园 in forty cities. Each pattern is matched at the end of a name, once, and
looks at a few characters.
"""

import re

from jiuye.domains.reference.queries.region_names import Name, is_word
from jiuye.domains.reference.queries.regions import region

# Words that begin with what looks like the last character of a name: 上海市场部, 深圳区块链.
NO_SUFFIX = re.compile("区[域块间]|市(?:场|值|政(?!和)|容(?![城县]))|[省州县]级|旗[舰下]")
# 唐山's districts 路南 and 路北 are no streets, nor is 台州's 路桥.
_STREET = re.compile(
    r"[东西南北中一二三四五六七八九十]{0,2}(?:路(?![南北](?:区|\W|$)|桥)|街(?!道)|大道|大街|高速|胡同|巷|弄\d)"
)
_BUILDING = re.compile(
    "广场|大厦|花园|小区|公园|新村|家园|公寓|医院|大学|学院|中学|小学|饭店|宾馆|酒店|银行|书店|国际|商城|市场|火车站|机场|"
    "名[苑城都]|新[苑城都](?!区)|雅[苑居]|佳苑|嘉园|豪[庭苑]|学校|幼儿园|中心|集团|公司|工业[园区]|科技园|产业园|创意园"
)
# After a county's short name these make another word: 洪泽湖, 静安寺, 金水湾.
_COMPOUND = re.compile(
    "[湾湖山河江海桥门寺庙园苑庭岛港洲滩泉溪庄堡坡岭塔楼台镇乡村街社路道巷弄里坊店营屯寨城岗坪坝坑滘埔洼口头]"
)
_CITY_COMPOUND = re.compile(r"[湾桥门寺庙里河湖](?!\w{0,2}[区县市])")
_LANDMARK = re.compile("[山湖寺门桥](?![区县市])")
_TOWN = re.compile(r"\w{2,4}?(?:街道|[镇乡](?![路街政])|开发区|工业园|工业区|产业园|新区)|城关镇|县城|城区")
_PARK = re.compile("(?:科技|工业|产业|创意|软件)园|[东西南北]里|高新区")
_STREET_NEARBY = re.compile(r"[^市区县]{0,2}(?:路|街(?!道)|大道|大街|巷|弄\d|胡同)")
# What is called after a city stands in many others; its station, airport or market does not.
_CALLED_AFTER_CITY = re.compile("广场|大厦|花园|小区|公园|新村|家园|公寓|大学|饭店|宾馆|酒店|银行|书店|医院|商城")
_INSTITUTION = re.compile(r"[^市区县镇路街]{0,8}(?:公司|集团|研究院|研究所)|\w{0,6}(?:大学|学院)|航空|航天")
_TOWN_OF_CITY = re.compile(r"街道|[镇乡村]|社区|\w?(?:路(?![南北桥])|街(?!道)|大道|大街)")
_GLUED = re.compile(r"\w")
# Counties whose short names are known all over the country: districts of the municipalities, of the capitals of
# provinces and of the other large cities.
LARGE = (
    *("110100", "120100", "310100", "500100", "130100", "140100", "210100", "210200", "220100", "230100", "320100"),
    *("320200", "320500", "330100", "330200", "340100", "350100", "350200", "360100", "370100", "370200", "410100"),
    *("420100", "430100", "440100", "440300", "440600", "450100", "510100", "520100", "530100", "610100", "620100"),
)


def is_other_word(name: Name, text: str, end: int) -> bool:
    """Return whether the name that ends here is part of another word, whatever came before it.

    河北区域经理 is not about 河北区, nor 南京东路 about 南京; 洪山广场 is not in 洪山区.
    """
    if NO_SUFFIX.match(text, end - 1) or (name.level != "province" and text.startswith("省", end)):
        return True
    if name.official:
        return False
    if _STREET.match(text, end):
        return True
    if name.level != "county" or name.zone:
        return False
    building = _CALLED_AFTER_CITY if _is_city(name) else _BUILDING
    return bool(building.match(text, end) or _LANDMARK.match(text, end))


def may_be_meant_alone(name: Name, text: str, end: int) -> bool:
    """Return whether a name without a division before it can mean its place, as far as what follows it shows."""
    if name.official or not _GLUED.match(text, end):
        return True
    if _CALLED_AFTER_CITY.match(text, end) or _INSTITUTION.match(text, end):
        return False
    if not name.zone and is_word(region(name.code).short_name, alone=False):
        return False
    if name.zone:
        return True
    if name.level != "county":
        return text[end] != "县" and not (_CITY_COMPOUND.match(text, end) or _TOWN_OF_CITY.match(text, end))
    if text[end] in "县市区旗":  # the whole would be another name
        return False
    if _COMPOUND.match(text, end) or _STREET_NEARBY.match(text, end) or _PARK.match(text, end):
        return False
    return _is_city(name) or region(name.code).parent in LARGE or bool(_TOWN.match(text, end))


def may_have_suffix(name: Name, written: str, suffix: str) -> bool:
    """Return whether a name can be written with this last character instead of its own.

    Counties become districts or cities, so the older character stays in use (双流县), but not the other way round:
    东莞's 南城区 is not 南城县.
    """
    own = region(name.code)
    if name.level != "county" or written != own.short_name:
        return True
    return suffix == "县" or own.name[-1] == suffix or (suffix == "市" and own.name[-1] == "区")


def _is_city(name: Name) -> bool:
    return region(name.code).name.endswith("市")
