"""The time in China, which the sandbox's services show."""

import time
from datetime import date, datetime, timedelta, timezone

# China has one time zone and no daylight saving time.
CHINA = timezone(timedelta(hours=8))


def today() -> date:
    """Return the date in China."""
    return datetime.fromtimestamp(time.time(), CHINA).date()
