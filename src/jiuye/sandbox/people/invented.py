"""A generated card for any number of the demonstration's range: the person follows from the number, and the number from the ID."""

import hashlib
from datetime import date, timedelta

from jiuye.sandbox.people.person import Person, id_number
from jiuye.sandbox.people.regions import OF_INVENTED

RANGE = "199000"
_REGIONS = sorted(OF_INVENTED)
_FIRST_BIRTH = date(1972, 1, 1)
_DAYS = 10_000
# Each of the 100,000 numbers has its own pair of region and birthday; the factor (no common divisor) scatters
# neighbours.
_PAIRS = len(_REGIONS) * _DAYS
_FACTOR = 73_939
_SURNAMES = "安白柏卜岑常成池褚单窦樊费丰符葛管桂花华霍计焦解靳景康柯蓝乐冷厉连凌柳娄鲁路骆"
_GIVEN = "安澜长风初晴春生冬至鹤鸣惠然见山锦书景行可期朗清令仪南星清和如松时雨舒云思齐听泉望岳夏至新月星野修远以宁悠然远舟知秋子衿"


def invented(number: str) -> Person | None:
    """Return the person generated for the number (11 digits); None outside the range."""
    if not number.startswith(RANGE):
        return None
    region, day = divmod(int(number[len(RANGE) :]) * _FACTOR % _PAIRS, _DAYS)
    draw = hashlib.sha256(f"card holder {number}".encode()).digest()
    given = draw[1] % (len(_GIVEN) // 2) * 2
    born = _FIRST_BIRTH + timedelta(days=day)
    return Person(
        name=_SURNAMES[draw[0] % len(_SURNAMES)] + _GIVEN[given : given + 2],
        id_number=id_number(_REGIONS[region], f"{born:%Y%m%d}"),
        phone=number,
        region=_REGIONS[region],
        note="按号码生成的持卡人，没有任何记录",
    )


def phone_of(number: str) -> str | None:
    """Return the phone of a generated ID number; None for every other."""
    if len(number) != 18 or not number[:17].isascii() or not number[:17].isdigit() or number[:6] not in OF_INVENTED:
        return None
    if number != id_number(number[:6], number[6:14]):
        return None
    try:
        day = (date(int(number[6:10]), int(number[10:12]), int(number[12:14])) - _FIRST_BIRTH).days
    except ValueError:
        return None
    if not 0 <= day < _DAYS:
        return None
    last = (_REGIONS.index(number[:6]) * _DAYS + day) * pow(_FACTOR, -1, _PAIRS) % _PAIRS
    return f"{RANGE}{last:05d}"
