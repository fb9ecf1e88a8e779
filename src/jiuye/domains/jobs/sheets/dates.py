"""Parse days as people and spreadsheet programs write them."""

import calendar
import re
import unicodedata
from datetime import date, timedelta

from jiuye.domains.jobs.numerals import arabic, fold_dashes

LONGEST_READ = 80
_SHOWN = 40
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
_WRITTEN = re.compile(r"(?<!\d)(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)日?")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_WITHOUT_YEAR = re.compile(r"(?<![\d./])(1[0-2]|0?[1-9])[月./-](3[01]|[12]\d|0?[1-9])(?!\d|[./-]\d|个?月|[天年周])日?")
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-/.年](\d{1,2})月?(?:底|末)?(?![\d./-])")
_SPAN = re.compile(r"(\d{1,3})(?:个)?(工作日|天|日|周|星期|月|年)")
_HALVES = (("半个月", "15天"), ("半年", "6个月"), ("个半月", "个月15天"))
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "年": 365}
_LONG_TERM = re.compile(r"长期|不限|永久|招满|招到|随时|常年")
_END_OF = re.compile(r"(年|月)(?:底|末)")
_STARTS = re.compile(r"(?:起|开始|以后|之后)$")

# Spreadsheet serials count days from here (their 1900 has a 29 February that did not exist).
EXCEL_EPOCH = date(1899, 12, 30)
LONGEST_VALIDITY_DAYS = 180


class DateError(ValueError):
    """The text contains no day, or no valid one. The message is Chinese and says how to correct it."""


def parse_day(text: str) -> date:
    """Parse `2026-12-12 09:22:00`, `2026/12/12`, `2026年12月12日`, `20261212`, or a spreadsheet's serial `46368`."""
    folded = _fold(text)
    try:
        if found := _WRITTEN.match(folded) or _COMPACT.fullmatch(folded):
            return _day(*found.groups())
        if _SERIAL.fullmatch(folded):
            return EXCEL_EPOCH + timedelta(days=int(float(folded)))
    except ValueError as error:
        raise DateError(f"没有“{text.strip()[:_SHOWN]}”这一天，请检查日期") from error
    raise DateError(f"日期“{text.strip()[:_SHOWN]}”看不明白，请写成“2026-12-31”")


def parse_validity(text: str, today: date) -> date | None:
    """Parse the last open day of a posting: a day, the end of a range (`2026-12-05至2027-01-20`), or a span from today (`30天`,
    `三个月`). None for 长期, which is no day.

    Every posting has an end (关于规范网络平台招聘类信息发布的通知, 2025-12). Raises DateError, also for a day in the past.
    """
    folded = arabic(_fold(text))
    if not (last := _last_day(folded, text, today)):
        return None
    if last < today:
        raise DateError(f"有效期{last.isoformat()}已经过了，请改成今天以后的日期")
    if (last - today).days > LONGEST_VALIDITY_DAYS:
        raise DateError(f"有效期{last.isoformat()}太远，最长{LONGEST_VALIDITY_DAYS}天，到期后可以再发布")
    return last


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:LONGEST_READ]).lower()[:LONGEST_READ]
    return fold_dashes(folded).strip()


def _last_day(folded: str, text: str, today: date) -> date | None:
    try:
        if days := _days_in(folded, today):
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


def _days_in(folded: str, today: date) -> list[date]:
    """Return the days that a text names, in its order; those without a year are the next ones."""
    spaced = folded.replace(" ", "") if "年" in folded or "月" in folded else folded
    if found := [_day(*match.groups()) for match in (*_WRITTEN.finditer(spaced), *_COMPACT.finditer(spaced))]:
        rest = _COMPACT.sub("", _WRITTEN.sub("", spaced))
        return found + [_next(match, found[-1]) for match in _WITHOUT_YEAR.finditer(rest)]
    if match := _MONTH.search(spaced):
        return [_end_of_month(int(match[1]), int(match[2]))]
    if "月" in spaced or re.search(r"\d{1,2}[./-]\d{1,2}", spaced):
        days: list[date] = []
        for match in _WITHOUT_YEAR.finditer(spaced):
            days.append(_next(match, days[-1] if days else today))
        if days:
            return days
    if match := _END_OF.search(spaced):
        return [date(today.year, 12, 31) if match[1] == "年" else _end_of_month(today.year, today.month)]
    return []


def _day(year: str, month: str, day: str) -> date:
    return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))


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
        count = int(part[1])
        if part[2] == "月":
            last = _months_on(last, count)
        else:
            last += timedelta(days=count * 7 // 5 if part[2] == "工作日" else count * _DAYS[part[2]])
    if len(parts) == 1 and parts[0][2] == "月" and int(parts[0][1]) * 30 <= LONGEST_VALIDITY_DAYS:
        return min(last, today + timedelta(days=LONGEST_VALIDITY_DAYS))  # six months are more than 180 days
    return last


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
