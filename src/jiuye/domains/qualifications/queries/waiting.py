"""How long a decision usually takes, and the place in the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from jiuye.domains.qualifications.models import Case
from jiuye.kernel import clock

COUNTED = timedelta(days=30)
FEWEST = 5
"""With fewer decisions in the last 30 days no figure is shown."""

_MEDIAN = """
SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_at - submitted_at)), count(*)
FROM qualifications_case WHERE decided_at > %s AND submitted_at IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`before`: cases submitted earlier that still wait; None for a case that does not wait. `usual`: the median time from
    submission to decision in the last 30 days, None if there are too few.
    """

    before: int | None
    usual: timedelta | None


def waiting(case_id: UUID, state: str, submitted_at: datetime | None) -> Waiting:
    """Return the place of a case in the queue and the usual time. At most two queries."""
    before = None
    if state in ("submitted", "second_look") and submitted_at:
        earlier = Q(submitted_at__lt=submitted_at) | Q(submitted_at=submitted_at, pk__lt=case_id)
        before = Case.objects.filter(earlier, state__in=["submitted", "second_look"]).count()
    return Waiting(before, usual_time())


def usual_time() -> timedelta | None:
    """Return the median time to a decision in the last 30 days; None for fewer than `FEWEST`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MEDIAN, [clock.now() - COUNTED])
        row: Any = cursor.fetchone()
    return timedelta(seconds=float(row[0])) if row and row[1] >= FEWEST else None
