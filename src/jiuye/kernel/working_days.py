"""Working days in mainland China, for target times.

The State Council announces the public holidays of a year, and the weekends worked in exchange for them, in the November
before. `chinesecalendar` has them up to a year that depends on its version; in later years Monday to Friday are taken for
working days, so a target time over New Year may be a day early until the package is updated.
"""

from datetime import date, datetime, time, timedelta

import chinese_calendar

from jiuye.kernel.clock import SHANGHAI, local

_DAY = timedelta(days=1)
_LAST_SECOND = time(23, 59, 59)


def is_working_day(day: date) -> bool:
    """Return whether people work on this day in mainland China."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # not announced yet, or by a later version of the package
        return day.weekday() < 5


def end_of(moment: datetime, days: int) -> datetime:
    """Return the last second (Asia/Shanghai) of the working day that is `days` working days after the day of `moment`."""
    day = local(moment).date()
    while days > 0:
        day += _DAY
        days -= is_working_day(day)
    return datetime.combine(day, _LAST_SECOND, SHANGHAI)
