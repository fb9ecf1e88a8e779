"""Convert Chinese numerals in running text: 五千 → 5000, 一万二 → 12000."""

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_RUN = re.compile(r"[零〇一二两三四五六七八九十百千万]{2,}")
_SMALL = re.compile(r"[一二两三四五六七八九十]+(?=薪|人|名|年|个月|位)")


def arabic(text: str) -> str:
    """Replace Chinese numbers (two characters or more with a unit, or before a counter) with Arabic figures.

    A lone 千 or 万 after Arabic figures (`1.5万`) is left, as are numerals within words (五险一金).
    """
    text = _RUN.sub(_replace_run, text)
    return _SMALL.sub(lambda found: str(value_of(found[0])), text)


def _replace_run(found: re.Match[str]) -> str:
    run = found[0]
    if run[0] in "百千万零〇" or not set(run) & set(_UNITS):
        return run
    return str(value_of(run))


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
