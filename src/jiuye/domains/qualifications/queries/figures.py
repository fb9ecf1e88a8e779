"""Figures of the audits of the last days, for everybody to read. Small numbers are not shown: they could point at one organisation."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from jiuye.domains.qualifications.models import Case, Decision, Submission
from jiuye.domains.qualifications.reasons import LABELS, OTHER_LABEL
from jiuye.domains.qualifications.states import DecisionStep
from jiuye.kernel import clock

DAYS = 30
FEWEST = 5
"""Counts from 1 to below this are shown as “少于 5”."""

_ENDING = (DecisionStep.SECOND, DecisionStep.SINGLE, DecisionStep.RETURN)
_MOST_READ = 5_000
_TIMES = """
SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY d.decided_at - s.submitted_at)),
       extract(epoch FROM percentile_cont(0.9) WITHIN GROUP (ORDER BY d.decided_at - s.submitted_at)),
       count(*)
FROM qualifications_decision d
JOIN qualifications_submission s ON s.case_id = d.case_id AND s.number = d.submission
WHERE d.decided_at > %s AND d.step IN ('second', 'single', 'return')
"""


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """The last `DAYS` days. None for a figure of fewer than `FEWEST` cases; a count of 0 is 0.

    Times run from submission to decision, nights and holidays included. `returned_share` is 0–1 of the decisions.
    `reasons`: the most frequent reasons for returning an item, with their share of all, each given at least `FEWEST` times.
    """

    submitted: int | None
    decided: int | None
    waiting: int | None
    median: timedelta | None
    within: timedelta | None
    returned_share: float | None
    reversed: int | None
    reasons: Sequence[tuple[str, float]]


def audit_figures() -> AuditFigures:
    """Return the figures. Four queries."""
    since = clock.now() - timedelta(days=DAYS)
    decisions = list(
        Decision.objects.filter(decided_at__gt=since)
        .order_by("-decided_at", "-id")
        .values_list("step", "verdicts")[:_MOST_READ]
    )
    steps = Counter(step for step, _ in decisions)
    decided = sum(steps[step] for step in _ENDING)
    median, within = _times(since)
    returned = steps[DecisionStep.RETURN]
    can_share = decided >= FEWEST and not 0 < returned < FEWEST
    return AuditFigures(
        submitted=shown_count(Submission.objects.filter(submitted_at__gt=since).count()),
        decided=shown_count(decided),
        waiting=shown_count(Case.objects.filter(state__in=["submitted", "second_look"]).count()),
        median=median,
        within=within,
        returned_share=returned / decided if can_share else None,
        reversed=shown_count(steps[DecisionStep.REVERSE]),
        reasons=_reasons([verdicts for step, verdicts in decisions if step == DecisionStep.RETURN]),
    )


def shown_count(number: int) -> int | None:
    """Return a count that may be shown; None for one that could point at one organisation."""
    return None if 0 < number < FEWEST else number


def _times(since: Any) -> tuple[timedelta | None, timedelta | None]:
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, [since])
        row: Any = cursor.fetchone()
    if row is None or row[2] < FEWEST:
        return None, None
    return timedelta(seconds=float(row[0])), timedelta(seconds=float(row[1]))


def _reasons(verdicts: Sequence[dict[str, dict[str, str]]]) -> list[tuple[str, float]]:
    counted = Counter(
        LABELS.get(one["reason_code"], OTHER_LABEL)
        for some in verdicts
        for one in some.values()
        if one["verdict"] == "refused"
    )
    total = sum(counted.values())
    return [(label, number / total) for label, number in counted.most_common(5) if number >= FEWEST]
