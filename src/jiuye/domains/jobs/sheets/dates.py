"""Parse days as people and spreadsheet programs write them."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from jiuye.domains.jobs.numerals import arabic, fold_dashes
from jiuye.kernel.text import one_form

LONGEST_READ = 80
_SHOWN = 40
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
_YEAR = r"(?<!\d)(20\d\d|19\d\d|2[4-9]|3\d)"
_WRITTEN = re.compile(rf"{_YEAR}(?:([-/.])(\d{{1,2}})\2(\d{{1,2}})|年(\d{{1,2}})月(\d{{1,2}})日?)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)()(\d\d)(\d\d)(?!\d)")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENGLISH = re.compile(
    rf"(?P<day>\d{{1,2}})[- /](?P<name>{_MONTHS})[a-z]{{0,6}}[- /,]{{1,2}}(?P<year>\d{{4}}|\d\d)"
    rf"|(?P<name2>{_MONTHS})[a-z]{{0,6}} (?P<day2>\d{{1,2}}),? (?P<year2>\d{{4}})"
)
_JUST_A_DAY = re.compile(
    r"(?:19|20)\d\d[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:t?\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?|(\d{1,2})月(\d{1,2})日"
    rf"|(\d{{1,2}})-({_MONTHS})|({_MONTHS})-(\d{{1,2}})"
)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d\d)")
_WITHOUT_YEAR = re.compile(
    r"(?<![\d./])(1[0-2]|0?[1-9])[月./-](3[01]|[12]\d|0?[1-9])(?!\d|[./-]\d{4}|个?月|[天年周])日?"
)
_SAME_MONTH = re.compile(r"^-(3[01]|[12]\d|0?[1-9])日")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})月?(?:底|末)?(?![\d./-])")
_END_OF_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月(?:底|末)")
_END_OF = re.compile(r"(?<!\d)(?P<year>(?:20\d\d)?年)(?:底|末)|(?P<next>下)?个?月(?:底|末)")
_SPAN = re.compile(r"(\d{1,3})(个月|个?工作日|个?自然日|天|日|个?星期|周|年)")
_HALVES = (("半个月", "15天"), ("半年", "6个月"), ("个半月", "个月15天"))
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "年": 365, "自然日": 1}
_LONG_TERM = re.compile(r"长期|不限|永久|招满|招到|随时|常年")
_OPEN_END = re.compile(r"[-至到](?:长期|永久|招满)")
_STARTS = re.compile(r"(?:起|开始|以后|之后)$")

# Spreadsheet serials count days from here (their 1900 has a 29 February that did not exist).
EXCEL_EPOCH = date(1899, 12, 30)
LONGEST_VALIDITY_DAYS = 180


class DateError(ValueError):
    """The text contains no day, or no valid one. The message is Chinese and says how to correct it."""


def parse_day(text: str) -> date:
    """Parse `2026-12-12 09:22:00`, `2026/12/12`, `2026年12月12日`, `20261212`, `12-Dec-26`, or a spreadsheet's serial `46368`."""
    folded = _fold(text)
    try:
        if found := _WRITTEN.match(folded) or _COMPACT.fullmatch(folded):
            return _day(found)
        if _SERIAL.fullmatch(folded):
            return EXCEL_EPOCH + timedelta(days=int(float(folded)))
        if found := _ENGLISH.match(folded):
            month = _MONTHS.split("|").index(found["name"] or found["name2"]) + 1
            return date(_full_year(found["year"] or found["year2"]), month, int(found["day"] or found["day2"]))
        if (found := _DAY_FIRST.fullmatch(folded)) and max(int(found[1]), int(found[2])) > 12:
            day, month = sorted((int(found[1]), int(found[2])), reverse=True)
            return date(int(found[3]), month, day)
    except ValueError as error:
        raise DateError(f"没有“{text.strip()[:_SHOWN]}”这一天，请检查日期") from error
    raise DateError(f"日期“{text.strip()[:_SHOWN]}”看不明白，请写成“2026-12-31”")


@lru_cache(maxsize=8192)
def range_made_a_date(text: str) -> tuple[int, int] | None:
    """Return the two figures of a cell that is a day and nothing else: a spreadsheet program makes 3 January of 1-3."""
    folded = "".join(_fold(text).split())
    if found := _JUST_A_DAY.fullmatch(folded):
        first, second = (part for part in found.groups() if part)
        names = _MONTHS.split("|")
        return tuple(int(part) if part.isdigit() else names.index(part) + 1 for part in (first, second))  # type: ignore[return-value]
    return None


def parse_validity(text: str, today: date) -> date | None:
    """Parse the last open day of a posting: a day, the end of a range (`2026-12-05至2027-01-20`), or a span from today (`30天`,
    `三个月`). None for 长期, which is no day.

    Every posting has an end (关于规范网络平台招聘类信息发布的通知, 2025-12). Raises DateError, also for a day in the past.
    """
    folded = arabic(_fold(text).replace("两月", "两个月"))
    if not (last := _last_day(folded, text, today)):
        return None
    if last < today:
        raise DateError(f"有效期{last.isoformat()}已经过了，请改成今天以后的日期")
    if (last - today).days > LONGEST_VALIDITY_DAYS:
        raise DateError(f"有效期{last.isoformat()}太远，最长{LONGEST_VALIDITY_DAYS}天，到期后可以再发布")
    return last


def _fold(text: str) -> str:
    return fold_dashes(one_form(text, longest=LONGEST_READ)).strip()


def _last_day(folded: str, text: str, today: date) -> date | None:
    try:
        if _OPEN_END.search(folded):
            return None
        if days := _days_in(_with_years(folded, today), today):
            if len(days) == 1 and _STARTS.search(folded):
                raise DateError(f"有效期“{text.strip()[:_SHOWN]}”只写了开始的日期，请写最后一天，如“2026-12-31”")
            return days[-1]
        if _LONG_TERM.search(folded):
            return None
        if last := _span(folded.replace(" ", ""), today):
            return last
        return parse_day(text)
    except DateError:
        raise
    except ValueError as error:
        raise DateError(f"没有“{text.strip()[:_SHOWN]}”这一天，请检查日期") from error


def _with_years(folded: str, today: date) -> str:
    """Return the text with 今年 and 明年 as years; without blanks if it is Chinese."""
    named = folded.replace("今年", f"{today.year}年").replace("明年", f"{today.year + 1}年").replace("年年", "年")
    return named.replace(" ", "") if "年" in named or "月" in named else named


def _days_in(folded: str, today: date) -> list[date]:
    """Return the days that a text names, in its order; those without a year are the next ones."""
    if found := [*_WRITTEN.finditer(folded), *_COMPACT.finditer(folded)]:
        days = [_day(match) for match in found]
        rest = folded[found[-1].end() :]
        if match := _SAME_MONTH.search(rest):
            return [days[-1].replace(day=int(match[1]))]
        return days + [_next(match, days[-1]) for match in _WITHOUT_YEAR.finditer(rest)]
    if match := _MONTH.search(folded):
        return [_end_of_month(int(match[1]), int(match[2]))]
    days = []
    for match in _WITHOUT_YEAR.finditer(folded):
        days.append(_next(match, days[-1] if days else today))
    return days or _end_in(folded, today)


def _end_in(folded: str, today: date) -> list[date]:
    """Return the end of a month or year that a text names: 1月底, 月底, 下月底, 年底."""
    if match := _END_OF_MONTH.search(folded):
        month = int(match[1])
        return [_end_of_month(today.year + (month < today.month), month)]
    if match := _END_OF.search(folded):
        if match["year"]:
            return [date(int(match["year"][:-1] or today.year), 12, 31)]
        following = _months_on(today.replace(day=1), 1 if match["next"] else 0)
        return [_end_of_month(following.year, following.month)]
    return []


def _day(found: re.Match[str]) -> date:
    year, _, *rest = found.groups()
    month, day = (int(part) for part in rest if part)
    return date(_full_year(year), month, day)


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _next(found: re.Match[str], after: date) -> date:
    """Return the next day of that name from a day on."""
    month, day = int(found[1]), int(found[2])
    this = date(after.year, month, day)
    return this if this >= after else date(after.year + 1, month, day)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _span(folded: str, today: date) -> date | None:
    """Return the last day of a span from today: 30, 30天, 三个月, 半年, 两周内."""
    for written, plain in _HALVES:
        folded = folded.replace(written, plain)
    if re.fullmatch(r"\d{1,3}(?:\.0)?", folded):
        return today + timedelta(days=int(float(folded)))
    parts = list(_SPAN.finditer(folded))
    if not parts or re.search(r"\d", _SPAN.sub("", folded)):
        return None
    last = today
    for part in parts[:3]:
        count, unit = int(part[1]), part[2].removeprefix("个")
        if unit == "月":
            last = _months_on(last, count)
        else:
            last += timedelta(days=count * 7 // 5 if unit == "工作日" else count * _DAYS[unit])
    if len(parts) == 1 and parts[0][2] == "个月" and int(parts[0][1]) * 30 <= LONGEST_VALIDITY_DAYS:
        return min(last, today + timedelta(days=LONGEST_VALIDITY_DAYS))  # six months are more than 180 days
    return last


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
