"""Formatting of values for the screen: days, times, pay, counts, masked numbers. Pure functions, registered as template filters."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from urllib.parse import urlencode
from zlib import crc32

from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock

Number = int | float | Decimal
WEEKDAYS = "一二三四五六日"
PAY_UNITS = {"month": "元/月", "day": "元/天", "hour": "元/时", "year": "元/年", "piece": "元/件", "time": "元/次"}
ACCENTS = 6


def _local(value: datetime) -> datetime:
    return clock.local(value) if value.tzinfo else value.replace(tzinfo=clock.SHANGHAI)


def day(value: date | datetime | None, today: date | None = None) -> str:
    """今天, 昨天, 明天, 11月3日 within this year, else 2025年3月2日; "" for None. Aware times are converted to Asia/Shanghai."""
    if value is None:
        return ""
    when = _local(value).date() if isinstance(value, datetime) else value
    today = today or clock.today()
    near = {0: "今天", -1: "昨天", 1: "明天"}.get((when - today).days)
    if near:
        return near
    return f"{when.month}月{when.day}日" if when.year == today.year else f"{when.year}年{when.month}月{when.day}日"


def full_day(value: date | datetime | None) -> str:
    """Always 2025年3月2日: for licences, deadlines and print."""
    if value is None:
        return ""
    when = _local(value).date() if isinstance(value, datetime) else value
    return f"{when.year}年{when.month}月{when.day}日"


def moment(value: datetime | None, weekday: bool = False, today: date | None = None) -> str:
    """今天 14:30; 11月3日 14:30; with `weekday` 11月3日 周一 14:30 (for appointments)."""
    if value is None:
        return ""
    when = _local(value)
    name = f" 周{WEEKDAYS[when.weekday()]}" if weekday else ""
    return f"{day(when, today)}{name} {when:%H:%M}"


def iso(value: date | datetime | None) -> str:
    """The machine-readable form for `<time datetime>`; times with their offset."""
    if value is None:
        return ""
    return _local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def ago(value: datetime | None, now: datetime | None = None) -> str:
    """刚刚, 5分钟前, 3小时前, 2天前, and the day after 30 days. Times in the future: 3小时后."""
    if value is None:
        return ""
    now = now or clock.now()
    gap = now - _local(value)
    ahead, gap = gap < timedelta(0), abs(gap)
    seconds = int(gap.total_seconds())
    if seconds < 60:
        return "马上" if ahead else "刚刚"
    if gap > timedelta(days=30):
        return day(value, _local(now).date())
    for size, name in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= size:
            return f"{seconds // size}{name}{'后' if ahead else '前'}"
    raise AssertionError("unreachable: at least a minute lies between")


def duration(value: timedelta) -> str:
    """不到 1 小时, 5 小时, 2 天, 2 天 5 小时."""
    hours = round(value.total_seconds() / 3600)
    days, rest = divmod(hours, 24)
    if not hours:
        return "不到 1 小时"
    return " ".join(part for part in (f"{days} 天" if days else "", f"{rest} 小时" if rest else "") if part)


def _plain(value: Number) -> str:
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _bounds(low: Number | None, high: Number | None, write: str) -> str:
    """`8-12K`, `8K`, `8K以上`, `12K以下`, with `write` formatting the figure."""
    if low is not None and high is not None and low != high:
        return f"{_plain(low)}-{_plain(high)}{write}"
    if low is None:
        return f"{_plain(high or 0)}{write}以下"
    return f"{_plain(low)}{write}" + ("" if high is not None else "以上")


def pay(
    low: Number | None,
    high: Number | None = None,
    unit: str = "month",
    months: int | None = None,
    negotiable: bool = False,
) -> str:
    """Pay: 8-12K·13薪, 850元/月, 150-200元/天, 20元/时, 24-36万元/年.

    `low`, `high` in yuan per `unit` (month, day, hour, year, piece, time); `months` salaries a year if not 12;
    `negotiable` adds 可面议 to the range. Without either bound: 面议.
    """
    if low is None and high is None:
        return "面议"
    given = [Decimal(str(value)) for value in (low, high) if value is not None]
    scale, suffix = Decimal(1), PAY_UNITS[unit]
    if unit == "month" and all(value >= 1000 and value % 100 == 0 for value in given):
        scale, suffix = Decimal(1000), "K"
    elif unit == "year" and all(value >= 10000 and value % 1000 == 0 for value in given):
        scale, suffix = Decimal(10000), "万元/年"
    least, most = (None if value is None else Decimal(str(value)) / scale for value in (low, high))
    text = _bounds(least, most, suffix)
    if months and months != 12:
        text += f"·{months}薪"
    return text + ("·可面议" if negotiable else "")


def wan(value: Number | None) -> str:
    """Short large counts: 9,999, 1.2万, 35万, 1.3亿. Truncated, never rounded up, so that no count is overstated."""
    if value is None:
        return ""
    sign, whole = ("-" if value < 0 else ""), abs(int(value))
    for size, name in ((100_000_000, "亿"), (10_000, "万")):
        if whole >= size:
            tenths = whole * 10 // size
            text = f"{tenths // 10}.{tenths % 10}".removesuffix(".0") if tenths < 1000 else f"{tenths // 10:,}"
            return f"{sign}{text}{name}"
    return number(value)


def number(value: Number | None) -> str:
    """With thousands separators: 12,345."""
    return "" if value is None else f"{value:,}"


def percent(value: Number | None, digits: int = 0) -> str:
    """A fraction of 1 as 87%; `/` where no ratio applies (never 0% for unknown)."""
    return "/" if value is None else f"{value * 100:.{digits}f}%"


def distance(kilometres: int, from_city_centre: bool = False) -> str:
    """约 3 公里; 市中心约 3 公里 for a place of work that is only known as the centre of its city."""
    return f"{'市中心' if from_city_centre else ''}约 {kilometres} 公里"


def file_size(octets: int) -> str:
    """820 B, 12 KB, 3.4 MB."""
    if octets < 1024:
        return f"{octets} B"
    return f"{octets / 1024:.0f} KB" if octets < 1024**2 else f"{octets / 1024**2:.1f} MB"


_GENERIC = re.compile(r"公共|人力|人才|就业|劳动|社会|职业|市|区|县|$")


@cache
def _leading_places() -> re.Pattern[str]:
    """Names of divisions at the beginning of an organisation's name: provinces and cities short or full, counties full."""
    provinces = reference.provinces()
    cities = [city for province in provinces for city in reference.children(province.code)]
    counties = [county for city in cities for county in reference.children(city.code)]
    names = {one.name for one in [*provinces, *cities, *counties]} | {one.short_name for one in [*provinces, *cities]}
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return re.compile(f"^(?:{'|'.join(map(re.escape, longest_first))})+(?:[省市])?")


@lru_cache(maxsize=4096)
def monogram(name: str) -> str:
    """Two characters for an organisation without a logo: 成都禾桥人力资源有限公司 → 禾桥; 浙江省公共就业服务中心 → 浙江."""
    name = name.strip()
    core = _leading_places().sub("", name)
    return (name if len(core) < 2 or _GENERIC.match(core) else core)[:2]


def accent(name: str) -> int:
    """A constant colour 1–6 per name, so that monograms in a list are easy to tell apart."""
    return crc32(name.encode()) % ACCENTS + 1


def query(params: object, **changes: object) -> str:
    """The query string of a QueryDict or dict with `changes` (None removes): `?q=焊工&page=…`, or `?` if empty."""
    pairs: list[tuple[str, object]] = []
    lists = params.lists() if hasattr(params, "lists") else ((k, v) for k, v in dict(params).items())  # type: ignore[call-overload]
    for name, value in lists:
        if name not in changes:
            pairs += [(name, one) for one in (value if isinstance(value, list | tuple) else [value])]
    for name, value in changes.items():
        if value is not None:
            pairs += [(name, one) for one in (value if isinstance(value, list | tuple) else [value])]
    return "?" + urlencode(pairs)


def is_channel_code(text: str) -> bool:
    """Whether the text can be the code of a channel; the database says whether there is one."""
    return re.fullmatch("[a-z][a-z0-9-]{0,39}", text) is not None
