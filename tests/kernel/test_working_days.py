"""Working days in mainland China."""

from datetime import date, datetime

import pytest

from jiuye.kernel import working_days
from jiuye.kernel.clock import SHANGHAI


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 9, 30), True),
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # a Saturday worked in exchange
        (date(2026, 11, 29), False),  # a Sunday
        (date(2090, 3, 6), True),  # a Monday of a year for which nothing is announced
        (date(2090, 3, 4), False),
    ],
)
def test_holidays_and_the_weekends_worked_for_them(day: date, is_working: bool) -> None:
    assert working_days.is_working_day(day) is is_working


@pytest.mark.parametrize(
    ("moment", "last_day"),
    [
        (datetime(2026, 11, 25, 15, tzinfo=SHANGHAI), date(2026, 11, 27)),
        (datetime(2026, 11, 27, 23, 59, tzinfo=SHANGHAI), date(2026, 12, 1)),
        (datetime(2026, 11, 29, 10, tzinfo=SHANGHAI), date(2026, 12, 1)),
        (datetime(2026, 9, 30, 10, tzinfo=SHANGHAI), date(2026, 10, 9)),
    ],
)
def test_two_working_days_end_with_the_second_day(moment: datetime, last_day: date) -> None:
    end = working_days.end_of(moment, 2)
    assert end == datetime(last_day.year, last_day.month, last_day.day, 23, 59, 59, tzinfo=SHANGHAI)
