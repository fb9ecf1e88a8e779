"""Periods as resumes have them: 2019.07-至今, 2019年7月至2020年3月, 07/2019 – 03/2021, 2019/7 -- 至今.

Libraries for dates fill in what is missing with the day of today; here a period without months stays without.
"""

import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:\s?[./\-月]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)日?)"
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = rf"(?:{'|'.join(_NAMES)})[a-z]{{0,6}}\.?,?\s{{0,2}}{_YEAR}"
_DATE = rf"(?:{_YEAR}\s{{0,2}}[年./\-]\s{{0,2}}{_MONTH}(?!\d)(?:\s?月|{_DAY})?|{_MONTH}\s?[/.]\s?{_YEAR}|{_NAMED}|{_YEAR}年?(?!\d))"
_TO = r"\s{0,4}(?:-{1,3}|[–—－~～→]{1,2}|至|到|to)\s{0,4}"
_NOW = r"(?:至\s?今|今|现\s?在|目前|在读|在职|present|now|current|today)"
_PERIOD = re.compile(rf"(?<![\dA-Za-z.])({_DATE})(?:{_TO}({_DATE}|{_NOW})|\s?(至今))(?![\d])", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<![\d.])({_DATE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """`start_on` None: no month is stated. `end_on` None: until now, or no month is stated."""

    start_on: date | None
    end_on: date | None
    begin: int
    end: int


def period_in(text: str) -> Period | None:
    """Return the first period in the text, with its place there."""
    found = _PERIOD.search(text)
    if found is None:
        return None
    start, end = month_of(found[1]), month_of(found[2]) if found[2] else None
    if start and end and end < start:
        return None
    is_open = bool(found[3]) or re.fullmatch(_NOW, found[2] or "", re.IGNORECASE) is not None
    if end is None and not is_open:  # a year without a month: the person is asked, not guessed for
        start = None
    return Period(start, end, found.start(), found.end())


def month_in(text: str) -> tuple[date | None, str]:
    """Return the first month in the text, and the text without it."""
    found = _SINGLE.search(text)
    month = month_of(found[1]) if found else None
    return (month, text[: found.start()] + " " + text[found.end() :]) if found and month else (None, text)


def year_in(text: str) -> int | None:
    """Return the first year in the text."""
    found = re.search(rf"(?<!\d){_YEAR}(?!\d)", text)
    return int(found[0]) if found else None


def month_of(text: str) -> date | None:
    """Return the month of a date without its day; None if it states none."""
    numbers = re.findall(r"\d+", text)
    name = text[:3].lower()
    if name in _NAMES and numbers:
        return date(int(numbers[-1]), _NAMES.index(name) + 1, 1)
    if len(numbers) < 2:
        return None
    year, month = (numbers[0], numbers[1]) if len(numbers[0]) == 4 else (numbers[1], numbers[0])
    return date(int(year), int(month), 1) if len(year) == 4 and 1 <= int(month) <= 12 else None
