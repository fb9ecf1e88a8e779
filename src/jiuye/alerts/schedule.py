"""When a saved search sends its next alert (times in Asia/Shanghai)."""

from datetime import datetime, time, timedelta

from jiuye.alerts.states import Frequency
from jiuye.kernel import clock

MORNING = time(9, 0)
AT_MOST_EVERY = timedelta(hours=1)


def next_time(frequency: str, after: datetime) -> datetime | None:
    """Return the next time for an alert after this one; None for a search without alerts."""
    if frequency == Frequency.NEVER:
        return None
    if frequency == Frequency.SOON:
        return after + AT_MOST_EVERY
    there = clock.local(after)
    morning = datetime.combine(there.date(), MORNING, there.tzinfo)
    if morning <= there:
        morning += timedelta(days=1)
    if frequency == Frequency.WEEKLY:
        morning += timedelta(days=(7 - morning.weekday()) % 7)
    return morning


def first_time(frequency: str, now: datetime) -> datetime | None:
    """Return the first time for alerts of a search saved now: at once for `SOON`."""
    return now if frequency == Frequency.SOON else next_time(frequency, now)
