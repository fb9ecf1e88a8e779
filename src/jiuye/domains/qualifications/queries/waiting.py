"""How long a decision usually takes, and the place in the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jiuye.kernel import clock

COUNTED = timedelta(days=30)
FEWEST = 5
"""With fewer decisions in the last 30 days no figure is shown."""

_MEDIAN = """
SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at)), count(*)
FROM qualifications_case WHERE decided_at > %s AND submitted_at IS NOT NULL
"""
_PLACE_AND_MEDIAN = """
SELECT (SELECT count(*) FROM qualifications_case
        WHERE state IN ('submitted', 'second_look') AND (submitted_at, id) < (%s, %s)),
    extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at)), count(*)
FROM qualifications_case WHERE decided_at > %s AND submitted_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`before`: cases submitted earlier that still wait. `usual`: the median time from submission to decision in the last 30
    days, None if there are too few.
    """

    before: int
    usual: timedelta | None


def waiting(case_id: UUID, submitted_at: datetime) -> Waiting:
    """Return the place in the queue of a case that waits, and the usual time. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE_AND_MEDIAN, [submitted_at, case_id, clock.now() - COUNTED])
        before, median, count = cursor.fetchone()
    return Waiting(before, timedelta(seconds=float(median)) if count >= FEWEST else None)


def usual_time() -> timedelta | None:
    """Return the median time to a decision in the last 30 days; None for fewer than `FEWEST`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MEDIAN, [clock.now() - COUNTED])
        row: Any = cursor.fetchone()
    return timedelta(seconds=float(row[0])) if row and row[1] >= FEWEST else None
