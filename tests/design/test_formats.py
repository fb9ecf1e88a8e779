"""How values read on screen."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from jiuye.design import formats
from jiuye.kernel import clock

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 23), "今天"),
        (date(2026, 11, 22), "昨天"),
        (date(2026, 11, 24), "明天"),
        (date(2026, 11, 3), "11月3日"),
        (date(2025, 3, 2), "2025年3月2日"),
        (None, ""),
    ],
)
def test_a_day_reads_as_near_as_it_is(value: date | None, text: str) -> None:
    assert formats.day(value, today=TODAY) == text


def test_a_time_counts_to_the_day_it_is_in_shanghai() -> None:
    late = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # 01:00 on the 23rd in Shanghai
    assert formats.day(late, today=TODAY) == "今天"
    assert formats.moment(late, today=TODAY) == "今天 01:00"


def test_an_appointment_names_its_weekday() -> None:
    at = datetime(2026, 11, 28, 6, 30, tzinfo=UTC)
    assert formats.moment(at, weekday=True, today=TODAY) == "11月28日 周六 14:30"


def test_a_deadline_always_has_its_year() -> None:
    assert formats.full_day(date(2026, 11, 23)) == "2026年11月23日"


@pytest.mark.parametrize(
    ("gap", "text"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(minutes=1), "1分钟前"),
        (timedelta(minutes=59, seconds=59), "59分钟前"),
        (timedelta(hours=3), "3小时前"),
        (timedelta(days=2, hours=5), "2天前"),
        (timedelta(days=31), "10月23日"),
        (timedelta(hours=-3), "3小时后"),
        (timedelta(seconds=-20), "马上"),
    ],
)
def test_ago_says_how_long_in_one_unit(gap: timedelta, text: str) -> None:
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    assert formats.ago(now - gap, now=now) == text


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)))
def test_every_moment_has_a_reading_and_a_machine_form(value: datetime) -> None:
    assert formats.ago(value, now=datetime(2026, 11, 23, tzinfo=UTC))
    assert datetime.fromisoformat(formats.iso(value)) == value.replace(microsecond=0)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"low": 8000, "high": 12000, "months": 13}, "8-12K·13薪"),
        ({"low": 8000, "high": 12000, "months": 12}, "8-12K"),
        ({"low": 8500, "high": 12000}, "8.5-12K"),
        ({"low": 8000, "high": 8000}, "8K"),
        ({"low": 8000}, "8K以上"),
        ({"low": None, "high": 3000}, "3K以下"),
        ({"low": 850, "high": 1200}, "850-1200元/月"),
        ({"low": 4321, "high": 5000}, "4321-5000元/月"),
        ({"low": 150, "high": 200, "unit": "day"}, "150-200元/天"),
        ({"low": Decimal("22.50"), "high": Decimal("22.50"), "unit": "hour"}, "22.5元/时"),
        ({"low": 240000, "high": 360000, "unit": "year"}, "24-36万元/年"),
        ({"low": 9000, "high": 12000, "unit": "year"}, "9000-12000元/年"),
        ({"low": 8000, "high": 12000, "negotiable": True}, "8-12K·可面议"),
        ({"low": None, "high": None, "negotiable": True}, "面议"),
    ],
)
def test_pay_reads_as_people_write_it(arguments: dict[str, object], text: str) -> None:
    assert formats.pay(**arguments) == text  # type: ignore[arg-type]


@given(st.integers(1, 2000), st.integers(0, 2000))
def test_pay_in_thousands_loses_nothing(low: int, more: int) -> None:
    low, high = low * 100 + 1000, (low + more) * 100 + 1000
    shown = formats.pay(low, high).removesuffix("K").split("-")
    assert [Decimal(part) * 1000 for part in shown] == ([low, high] if more else [low])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (9999, "9,999"),
        (12345, "1.2万"),
        (19999, "1.9万"),
        (350000, "35万"),
        (12345678, "1,234万"),
        (130000000, "1.3亿"),
    ],
)
def test_large_counts_are_short(value: int, text: str) -> None:
    assert formats.wan(value) == text


@given(st.integers(0, 10**10))
def test_a_short_count_never_overstates(value: int) -> None:
    shown = formats.wan(value).replace(",", "")
    scale = {"万": 10**4, "亿": 10**8}.get(shown[-1], 1)
    said = Decimal(shown.rstrip("万亿")) * scale
    assert said <= value
    assert value - said < Decimal(scale)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("四川锦程人力资源有限公司", "锦程"),
        ("内蒙古自治区青原劳务有限公司", "青原"),
        ("浙江省公共就业服务中心", "浙江"),
        ("上海", "上海"),
        ("海澜职介", "海澜"),
    ],
)
def test_a_monogram_is_the_part_of_the_name_that_tells(name: str, letters: str) -> None:
    assert formats.monogram(name) == letters


@given(st.text(min_size=1))
def test_every_name_has_one_of_six_accents(name: str) -> None:
    assert formats.accent(name) in range(1, formats.ACCENTS + 1)


def test_a_share_that_does_not_exist_is_not_zero() -> None:
    assert formats.percent(None) == "/"
    assert formats.percent(0.974) == "97%"


def test_a_query_changes_one_filter_and_keeps_the_others() -> None:
    params = QueryDict("q=焊工&region=510100&education=30&education=20&page=abc")
    assert QueryDict(formats.query(params, page=None, region="110000")[1:]) == QueryDict(
        "q=焊工&education=30&education=20&region=110000"
    )
    assert formats.query({}) == "?"


def test_days_count_from_the_frozen_clock() -> None:
    with clock.frozen(datetime(2026, 1, 1, 0, 30, tzinfo=UTC)):
        assert formats.day(date(2025, 12, 31)) == "昨天"
