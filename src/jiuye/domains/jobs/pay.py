"""Parse pay as people write it, and convert it to one unit: yuan a month.

A month has 21.75 paid days of 8 hours: 劳社部发〔2008〕3号《关于职工全年月平均工作时间和工资折算问题的通知》
(365 days less 104 rest days, over 12).
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from jiuye.domains.jobs.numerals import arabic

PayUnit = Literal["month", "day", "hour", "year", "piece"]

DAYS_A_MONTH = 21.75
HOURS_A_MONTH = DAYS_A_MONTH * 8
PER_MONTH: dict[str, float] = {"month": 1, "day": DAYS_A_MONTH, "hour": HOURS_A_MONTH, "year": 1 / 12}

HIGHEST_MONTHLY = 1_000_000
HIGHEST_UNSTATED = 100_000
LOWEST_STATED = {"month": 100.0, "day": 10.0, "hour": 1.0, "year": 3000.0, "piece": 0.0}
MONTHS_ALLOWED = range(12, 25)


class PayError(ValueError):
    """The text contains no pay that can be parsed. The message is Chinese and says how to correct it."""


@dataclass(frozen=True, slots=True)
class Pay:
    """The pay of a posting.

    minimum, maximum: whole yuan a month before tax; None if the text leaves that end open (`2万以上`) or gives no
    monthly figure (`0.5元/件`, 面议). unit: as written. months: salaries a year, 12 or more. negotiable: the text
    says 面议; without a range no pay is stated. text: the text as written, trimmed.
    """

    minimum: int | None
    maximum: int | None
    unit: PayUnit = "month"
    months: int = 12
    negotiable: bool = False
    text: str = ""

    @property
    def stated(self) -> bool:
        """Return whether a seeker can tell the monthly pay (人力资源市场暂行条例 art. 24: 基本劳动报酬)."""
        return self.minimum is not None or self.maximum is not None


_DASHES = re.compile(r"\s*(?:[-‐‑‒–—―−~˜〜∼]+|至|到)\s*(?=[\d¥])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MONTHS = re.compile(r"[\s·•‧・.*×x/,;(]*(\d{2})(?:-(\d{2}))?\s*(?:个月)?薪\)?")
_MONTHS_TIMES = re.compile(r"\s*[*×x]\s*(1[2-9]|2[0-4])(?:个月|月)?(?![\d.])")
_NEGOTIABLE = re.compile(r"面议|面谈|商议|协商|详谈|negotiable")
_COMPOUND = re.compile(r"(?<![\d.])(\d+)[万w](\d)(?:千|k)?(?![\d.千万kw])")
_FOREIGN = re.compile(r"\$|€|£|美元|美金|港币|港元|欧元|日元|英镑|usd|hkd|eur")
_MONEY = r"(?:¥|元|块钱?|rmb|人民币)?"
_PER = (
    r"(?:[/每一]|每一?个?)?(?P<{0}>天|日|工作日|小时|钟头|时|hours?|hr|h|day|d|年|years?|yr|y|个月|月|months?|mon|m"
    r"|件|个|单|次|场|课时|节|平方米?|平米?|吨|米|周|week)"
)
_SCALE = r"(?P<{0}>[千kK万wW])?"
_AMOUNT = re.compile(
    rf"¥?(?P<low>\d+(?:\.\d+)?){_SCALE.format('low_scale')}{_MONEY}(?:{_PER.format('low_per')}(?=-))?"
    rf"(?:-¥?(?P<high>\d+(?:\.\d+)?){_SCALE.format('high_scale')})?"
)
_TAIL = re.compile(
    rf"{_MONEY}(?P<first>及?以上|起|以下|及以下|以内|及以内|\+)?{_MONEY}(?:\(?{_PER.format('per')}\)?)?"
    r"(?P<second>及?以上|起|及?以下|及?以内|\+)?"
)
_UNIT_WORDS: dict[PayUnit, tuple[str, ...]] = {
    "day": ("天", "日", "工作日", "day", "d"),
    "hour": ("小时", "钟头", "时", "hour", "hours", "hr", "h"),
    "year": ("年", "year", "years", "yr", "y"),
    "month": ("月", "个月", "month", "months", "mon", "m"),
    "piece": ("件", "个", "单", "次", "场", "课时", "节", "平", "平方", "平方米", "平米", "吨", "米"),
}
_UNIT_OF = {word: unit for unit, words in _UNIT_WORDS.items() for word in words}
_HEAD_UNITS: tuple[tuple[str, PayUnit], ...] = (
    ("年薪", "year"), ("年收入", "year"), ("日薪", "day"), ("日结", "day"), ("时薪", "hour"), ("小时工", "hour"),
    ("月薪", "month"), ("月收入", "month"), ("每天", "day"), ("每日", "day"), ("每小时", "hour"), ("每年", "year"),
    ("每月", "month"), ("计件", "piece"),
)  # fmt: skip
_BASE = re.compile(r"底薪|保底|基本工资|基薪|base")
_AT_LEAST = re.compile(r"不低于|不少于|至少|最低|起薪|[≥>]=?\s*$")
_AT_MOST = re.compile(r"不超过|不高于|至多|最高|[≤<]=?\s*$")
_ABOVE = {"以上", "及以上", "起", "+"}

ASK = "请写成“8000-12000元/月”“8-12K·13薪”“150元/天”这样的形式"


def parse_pay(text: str) -> Pay:
    """Parse pay written by a person: `6千-1.2万·13薪`, `15-30k`, `150元/天`, `24-36万/年`, `2万以上`, 面议, …

    Raises PayError if the text has no figure, or more than one reading.
    """
    written = text.strip()
    folded = _fold(written)
    if not folded:
        raise PayError(f"没有填写薪资，{ASK}")
    if "\ufffd" in folded:
        raise PayError(f"薪资“{written}”里有乱码，{ASK}")
    if _FOREIGN.search(folded):
        raise PayError(f"薪资“{written}”不是人民币，请换算成人民币，{ASK}")
    folded, months = _take_months(folded)
    negotiable = bool(_NEGOTIABLE.search(folded))
    found = _AMOUNT.search(folded)
    if found is None:
        if negotiable:
            return Pay(None, None, negotiable=True, months=months, text=written)
        raise PayError(f"薪资“{written}”里没有数字，{ASK}")
    head, tail = folded[: found.start()], folded[found.end() :]
    after = _TAIL.search(tail)  # always matches: every part of it is optional
    if after is None:
        raise PayError(f"薪资“{written}”看不明白，{ASK}")
    _refuse_leftover_figures(written, head, tail[after.end() :])
    unit, unit_stated = _unit(written, head, found.group("low_per"), after.group("per"))
    if unit == "piece":
        return Pay(None, None, "piece", 12, negotiable, written)
    low, high = _figures(written, found)
    _check_plausible(written, low, low if high is None else high, unit, months, unit_stated=unit_stated)
    minimum, maximum = _ends(head, after, low, high)
    months = 12 if unit == "year" else months  # a yearly total already includes them
    return _in_bounds(Pay(_monthly(minimum, unit), _monthly(maximum, unit), unit, months, negotiable, written))


def monthly(amount: float, unit: PayUnit) -> int:
    """Return whole yuan a month for an amount in yuan per `unit` (not for piece work)."""
    return int(amount * PER_MONTH[unit] + 0.5)


def _monthly(amount: float | None, unit: PayUnit) -> int | None:
    return None if amount is None else monthly(amount, unit)


def _fold(text: str) -> str:
    """Normalise: half width, one dash, no blanks, Arabic figures."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("￥", "¥")
    folded = arabic(_THOUSANDS.sub("", folded))
    folded = _COMPOUND.sub(r"\1.\2万", re.sub(r"\s+", "", folded))
    return _DASHES.sub("-", folded)


def _take_months(folded: str) -> tuple[str, int]:
    """Split off `·13薪`; a range of months counts as its lower end, which is certain."""
    found = _MONTHS.search(folded) or _MONTHS_TIMES.search(folded)
    if found is None:
        return folded, 12
    months = int(found.group(1))
    if months not in MONTHS_ALLOWED:
        raise PayError(f"一年发{months}个月工资不合常理，请写12到24之间的数，如“·13薪”")
    return folded[: found.start()] + folded[found.end() :], months


def _unit(written: str, head: str, low_per: str | None, per: str | None) -> tuple[PayUnit, bool]:
    word = per or low_per
    if word in ("周", "week"):
        raise PayError(f"薪资“{written}”按周计，请换算成“元/天”或“元/月”")
    if word:
        return _UNIT_OF[word], True
    for phrase, unit in _HEAD_UNITS:
        if phrase in head:
            return unit, True
    return "month", False


def _figures(written: str, found: re.Match[str]) -> tuple[float, float | None]:
    """Return the one or two amounts in yuan; a unit written once applies to both (`1-1.5万`, `6千-8`)."""
    low, high = float(found["low"]), float(found["high"]) if found["high"] else None
    low_scale, high_scale = _scale(found["low_scale"]), _scale(found["high_scale"])
    if high is None:
        return low * (low_scale or 1), None
    if low_scale is None and high_scale is not None and (low <= high or low < 100):
        low_scale = high_scale
    if high_scale is None and low_scale is not None and high < 100:
        high_scale = low_scale
    low, high = low * (low_scale or 1), high * (high_scale or 1)
    if low > high:
        raise PayError(f"薪资“{written}”的下限高于上限，两边都请写明单位，如“8千-1.2万”")
    return low, high


def _scale(letter: str | None) -> int | None:
    return None if letter is None else (1000 if letter in "千k" else 10000)


def _refuse_leftover_figures(written: str, head: str, rest: str) -> None:
    """Refuse two pays in one cell (`试用期3000，转正5000`), which have no single reading; after a base wage anything may follow."""
    if re.search(r"\d", head) or (re.search(r"\d", rest) and not _BASE.search(head)):
        raise PayError(f"薪资“{written}”里有不止一个说法，请只留一个范围，{ASK}")


def _check_plausible(written: str, low: float, top: float, unit: PayUnit, months: int, *, unit_stated: bool) -> None:
    if top <= 0:
        raise PayError(f"薪资“{written}”不能是 0，{ASK}")
    if not unit_stated and top < 1000:
        raise PayError(f"薪资“{written}”没有写明单位，请写“元/天”“元/小时”或“千”“K”“万”")
    if not unit_stated and months == 12 and low >= HIGHEST_UNSTATED and re.search("[万wW]", written):
        raise PayError(f"薪资“{written}”太高，若是年薪请写“/年”，若是月薪请写“/月”")
    if top < LOWEST_STATED[unit]:
        raise PayError(f"薪资“{written}”太低，请检查单位是否写对，{ASK}")


def _ends(head: str, after: re.Match[str], low: float, high: float | None) -> tuple[float | None, float | None]:
    """Return which ends of the range are known."""
    if high is not None:
        return (low or None), high
    bound = after["first"] or after["second"]
    if bound in _ABOVE or _BASE.search(head) or _AT_LEAST.search(head):
        return low, None
    if bound or _AT_MOST.search(head):
        return None, low
    return low, low


def _in_bounds(pay: Pay) -> Pay:
    if max(pay.minimum or 0, pay.maximum or 0) > HIGHEST_MONTHLY:
        raise PayError(f"薪资“{pay.text}”合每月一百万元以上，请检查单位是否写对")
    return pay


def format_pay(pay: Pay) -> str:
    """Format for the screen: `8-12K·13薪`, `850元/月`, `150元/天`, `20-25元/时`, `20K以上`, 面议.

    Yearly pay is shown by the month, so that postings compare.
    """
    if pay.unit == "piece":
        return pay.text
    if pay.minimum is None and pay.maximum is None:
        return "面议"
    if pay.unit in ("day", "hour"):
        shown = _range(pay, PER_MONTH[pay.unit], "元/天" if pay.unit == "day" else "元/时")
    else:
        shown = _range_of_months(pay)
    if pay.months > 12:
        shown += f"·{pay.months}薪"
    return f"{shown}·可面议" if pay.negotiable else shown


def _range_of_months(pay: Pay) -> str:
    ends = [end for end in (pay.minimum, pay.maximum) if end is not None]
    if pay.unit == "year" or all(end >= 1000 and end % 100 == 0 for end in ends):
        return _range(pay, 1000, "K")
    return _range(pay, 1, "元/月")


def _range(pay: Pay, divisor: float, suffix: str) -> str:
    low = None if pay.minimum is None else f"{round(pay.minimum / divisor, 1):g}"
    high = None if pay.maximum is None else f"{round(pay.maximum / divisor, 1):g}"
    # %g would turn 100000 and more into 1e+05; yuan a month use it only in the unscaled form.
    if divisor == 1:
        low, high = (None if end is None else str(end) for end in (pay.minimum, pay.maximum))
    if low is None:
        return f"{high}{suffix}以下"
    if high is None:
        return f"{low}{suffix}以上"
    return f"{low}{suffix}" if low == high else f"{low}-{high}{suffix}"
