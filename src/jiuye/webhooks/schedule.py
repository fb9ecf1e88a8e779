"""When a message is tried again: the schedule of Standard Webhooks, with jitter."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)  # fmt: skip
"""Waits before the second attempt and all others: ten attempts in 75 hours and 35 minutes."""
JITTER = 0.1
LONGEST_HOLD = timedelta(hours=24)
"""The longest Retry-After that is honoured: the longest step of the schedule."""
OFF_AFTER = timedelta(days=5)
"""Without a success for so long, an endpoint is switched off."""
KEPT = timedelta(days=30)
"""How long messages and attempts are kept."""


def delay(step: int) -> timedelta | None:
    """Return the wait after the failed attempt number `step` (0: the first); None after the last one.

    Up to a tenth more or less, so that the messages of one outage don't all come back in one moment.
    """
    if step >= len(DELAYS):
        return None
    return DELAYS[step] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 (no secret)


def hold(status: int | None, retry_after: str, moment: datetime) -> timedelta | None:
    """Return how long a receiver asks us to wait (RFC 9110 §10.2.3), at most `LONGEST_HOLD`; None: it doesn't.

    Only with 429 and 503. In seconds or as a date.
    """
    if status not in (429, 503) or not retry_after:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return min(timedelta(seconds=int(retry_after[:9])), LONGEST_HOLD)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until - moment, timedelta()), LONGEST_HOLD)
