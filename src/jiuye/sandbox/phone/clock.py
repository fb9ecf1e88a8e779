"""The time on the phones."""

from datetime import timedelta, timezone

# China keeps one time zone and no summer time.
CHINA = timezone(timedelta(hours=8))
