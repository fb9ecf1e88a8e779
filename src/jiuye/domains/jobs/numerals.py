"""Chinese numerals, dashes and bounds in running text: 五千 → 5000, 四五千 → 4-5千, 3―5 → 3-5, 不少于 → lower."""

import re
from typing import Literal

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_PLAIN = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬兩俩", "一二二三三四五六六七八九十百千万两两")
_DASHES: dict[int, int] = dict.fromkeys(map(ord, "‐‑‒–—―−～~〜∼⁓˜﹣﹘－ー─━⸺⸻➖⁃"), ord("-"))
_DASH_RUN = re.compile(r"-(?:[\s-]*-)?")
_NUMERIC = "零〇一二两三四五六七八九十百千万"
_TO = re.compile(rf"(?<=[\d{_NUMERIC}kw元块年月天日岁人名个])\s*[至到]\s*(?=[¥\d{_NUMERIC}])")
_ONE_AS_DASH = re.compile(r"(?<=[\dkw])一(?=\d)|(?<=\d[千万])一(?=\d)")
_RUN = re.compile(rf"(?P<lead>(?:(?<![\d.])\d{{1,6}}(?:\.\d{{1,4}})?)?)(?P<run>[{_NUMERIC}]+)")
_COUNTERS = (*"薪人名年位月天日周岁届-", "个月", "个人", "个半", "小时")
_PAIRS = re.compile(
    r"(?P<tens>十?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<unit>[十百千万]{0,2})"
)

Bound = Literal["lower", "upper"]
# Leftmost counts, so that 不低于 is found before the 低于 in it.
_BOUND = re.compile(
    r"(?P<upper>不超过?|不高于|不多于|不大于|至多|最多|最高|上限|以下|以内|之内|内$|低于|少于|小于|不足|不到|不满|未满|封顶|≤|<)"
    r"|(?P<lower>不低于|不少于|不小于|不下于|不下|至少|最少|最低|起码|下限|以上|之上|上不封顶|超过|高于|多于|大于|满|起|\+|多|≥|>)"
)


def fold_dashes(text: str) -> str:
    """Return the text with one `-` for any dash or row of dashes, and for 至 and 到 between figures; numerals in plain script."""
    return _ONE_AS_DASH.sub("-", _TO.sub("-", _DASH_RUN.sub("-", text.translate(_PLAIN | _DASHES))))


def bound_of(text: str) -> Bound | None:
    """Return whether words before or after a figure make it the lower (不少于, 以上) or the upper end (以下, 不超过)."""
    found = _BOUND.search(text)
    return None if found is None else ("upper" if found["upper"] else "lower")


def arabic(text: str, *, keeps_scale: bool = False) -> str:
    """Replace Chinese numbers with Arabic figures, also mixed (1万二) and approximate ones (两三年 → 2-3年).

    A lone digit counts only before a counter (五年, 三人), beside a dash, or as the whole text: numerals within words (五险一金) stay, as
    does a unit after figures (1.5万). `keeps_scale`: five thousand becomes 5千 instead of 5000, so that 三到五千 can share it.
    """
    return _RUN.sub(lambda found: _replaced(found, keeps_scale=keeps_scale), text.translate(_PLAIN))


def _replaced(found: re.Match[str], *, keeps_scale: bool) -> str:
    lead, run = found["lead"], found["run"]
    if lead:
        return _mixed(lead, run, keeps_scale=keeps_scale)
    if run[0] in "百千万":
        return run
    if len(run) == 1 and not _counts(found):
        return run
    if pair := _PAIRS.fullmatch(run):
        return _approximate(pair, keeps_scale=keeps_scale)
    if not set(run) & set(_UNITS):
        return "".join(str(_DIGITS[digit]) for digit in run)  # 二〇二六
    return _figure(value_of(run), run, keeps_scale=keeps_scale)


def _counts(found: re.Match[str]) -> bool:
    text, start, end = found.string, found.start(), found.end()
    if found["run"] == "十" and text[end : end + 1] in ("几", "来", "多", "余"):
        return True
    return text.startswith(_COUNTERS, end) or text[start - 1 : start] == "-" or len(text) == 1


def _mixed(lead: str, run: str, *, keeps_scale: bool) -> str:
    """Convert figures followed by numerals: 1万二 → 1.2万; a unit alone stays, for the caller to read (1.5万)."""
    if run[0] not in "百千万" or len(run) == 1 or run[1] not in _DIGITS or "." in lead:
        return lead + run
    unit = _UNITS[run[0]]
    rest = value_of(run[1:]) if len(run) > 2 else _DIGITS[run[1]] * unit // 10
    return _figure(int(lead) * unit + rest, run[0], keeps_scale=keeps_scale)


def _approximate(pair: re.Match[str], *, keeps_scale: bool) -> str:
    """Convert two digits that name a range: 四五千, 一两万, 三五年, 十七八; others are figures one by one."""
    low, high, unit = _DIGITS[pair["low"]], _DIGITS[pair["high"]], pair["unit"]
    if low >= high:
        return pair[0] if unit else f"{low}{high}"
    tens = 10 if pair["tens"] else 0
    factor = 1
    for character in unit:
        factor *= _UNITS[character]
    if keeps_scale and unit:
        shown = 10 if len(unit) == 2 and unit[0] == "十" else 1
        return f"{(tens + low) * shown}-{(tens + high) * shown}{unit[-1]}"
    return f"{(tens + low) * factor}-{(tens + high) * factor}"


def _figure(value: int, run: str, *, keeps_scale: bool) -> str:
    largest = next((unit for unit in "万千百" if unit in run), "")
    if not (keeps_scale and largest):
        return str(value)
    return f"{value / _UNITS[largest]:.4f}".rstrip("0").rstrip(".") + largest


def value_of(numeral: str) -> int:
    """Return the value of a Chinese numeral; a trailing digit counts in the next lower unit (一万二)."""
    total, section, digit, last_unit = 0, 0, 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
            last_unit = 0 if digit == 0 else last_unit
            continue
        unit = _UNITS[character]
        if unit == 10000:
            total, section, digit = total + (section + digit) * unit, 0, 0
        else:
            section, digit = section + (digit or 1) * unit, 0
        last_unit = unit
    return total + section + digit * (last_unit // 10 if last_unit > 10 else 1)
