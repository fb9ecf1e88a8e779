"""A card for any number: the person follows from the number, and the number from the person's ID, without remembering either."""

import hashlib
from datetime import date, timedelta

from jiuye.sandbox.people.person import Person, with_check
from jiuye.sandbox.people.regions import NAMES

# Area codes of ID numbers begin with 11 to 82; 98 belongs to nobody.
_AREA = "98"
_FIRST_BIRTH = date(1972, 1, 1)
_DAYS = 10_000
_FIRST_SEQUENCE = 100
# Numbers of ten digits are shuffled by a factor without common divisor, so that an ID does not look like its phone.
_NUMBERS = 10**10
_FACTOR = 7_393_850_617
_SURNAMES = "安白柏卜岑常成池褚单窦樊费丰符葛管桂花华霍计焦解靳景康柯蓝乐冷厉连凌柳娄鲁路骆"
_GIVEN = (
    "安澜",
    "长风",
    "初晴",
    "春生",
    "冬至",
    "鹤鸣",
    "惠然",
    "见山",
    "锦书",
    "景行",
    "可期",
    "朗清",
    "令仪",
    "南星",
    "清和",
    "如松",
    "时雨",
    "舒云",
    "思齐",
    "听泉",
    "望岳",
    "夏至",
    "新月",
    "星野",
    "修远",
    "以宁",
    "悠然",
    "远舟",
    "知秋",
    "子衿",
)


def invented(number: str) -> Person:
    """The person made for the number (11 digits)."""
    shuffled = int(number[1:]) * _FACTOR % _NUMBERS
    rest, area = divmod(shuffled, 10_000)
    sequence, day = divmod(rest, _DAYS)
    born = _FIRST_BIRTH + timedelta(days=day)
    draw = hashlib.sha256(f"card holder {number}".encode()).digest()
    return Person(
        name=_SURNAMES[draw[0] % len(_SURNAMES)] + _GIVEN[draw[1] % len(_GIVEN)],
        id_number=with_check(f"{_AREA}{area:04d}{born:%Y%m%d}{_FIRST_SEQUENCE + sequence:03d}"),
        phone=number,
        region=sorted(NAMES)[draw[2] % len(NAMES)],
        note="按号码生成的持卡人，没有任何记录",
    )


def phone_of(id_number: str) -> str | None:
    """The number that a generated ID number was made for; None for every other."""
    body = id_number[:17]
    if not (len(id_number) == 18 and body.isascii() and body.isdigit() and body.startswith(_AREA)):
        return None
    if with_check(body) != id_number:
        return None
    try:
        day = (date(int(body[6:10]), int(body[10:12]), int(body[12:14])) - _FIRST_BIRTH).days
    except ValueError:
        return None
    sequence = int(body[14:]) - _FIRST_SEQUENCE
    if not (0 <= day < _DAYS and 0 <= sequence < 100):
        return None
    shuffled = (sequence * _DAYS + day) * 10_000 + int(body[2:6])
    digits = f"{shuffled * pow(_FACTOR, -1, _NUMBERS) % _NUMBERS:010d}"
    return f"1{digits}" if digits[0] in "3456789" else None
