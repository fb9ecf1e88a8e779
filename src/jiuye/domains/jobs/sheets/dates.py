"""Parse days as people and spreadsheet programs write them."""

import re
import unicodedata
from datetime import date, timedelta

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_WRITTEN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_DAYS = re.compile(r"(\d{1,3})(?:个)?(天|日|周|星期|月|年)")
_SPAN = {"天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "年": 365}
_LONG_TERM = re.compile(r"长期|不限|永久|招满")

# Spreadsheet serials count days from here (their 1900 has a 29 February that did not exist).
EXCEL_EPOCH = date(1899, 12, 30)
LONGEST_VALIDITY_DAYS = 180


class DateError(ValueError):
    """The text contains no day, or no valid one. The message is Chinese and says how to correct it."""


def parse_day(text: str) -> date:
    """Parse `2026-12-12 09:22:00`, `2026/12/12`, `2026年12月12日`, `20261212`, or a spreadsheet's serial `46368`."""
    folded = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _WRITTEN.match(folded) or _COMPACT.fullmatch(folded):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if _SERIAL.fullmatch(folded):
            return EXCEL_EPOCH + timedelta(days=int(float(folded)))
    except ValueError as error:
        raise DateError(f"没有“{text.strip()}”这一天，请检查日期") from error
    raise DateError(f"日期“{text.strip()}”看不明白，请写成“2026-12-31”")


def parse_validity(text: str, today: date) -> date | None:
    """Parse the last open day of a posting: a date, or a span from today (`30天`, `3个月`). None for 长期, which is no
    day.

    Every posting has an end (关于规范网络平台招聘类信息发布的通知, 2025-12). Raises DateError, also for a day in the
    past.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if _LONG_TERM.search(folded):
        return None
    if found := _DAYS.fullmatch(folded):
        last = today + timedelta(days=int(found[1]) * _SPAN[found[2]])
    elif re.fullmatch(r"\d{1,3}", folded):
        last = today + timedelta(days=int(folded))
    else:
        last = parse_day(folded)
    if last < today:
        raise DateError(f"有效期{last.isoformat()}已经过了，请改成今天以后的日期")
    if (last - today).days > LONGEST_VALIDITY_DAYS:
        raise DateError(f"有效期{last.isoformat()}太远，最长{LONGEST_VALIDITY_DAYS}天，到期后可以再发布")
    return last
