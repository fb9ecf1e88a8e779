"""The time on the phones."""

from datetime import timedelta, timezone

# China has one time zone and no daylight saving time.
CHINA = timezone(timedelta(hours=8))
