"""What the change feed must know of postings: whether they are public, or why they are not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries.facts import closing_reason_of
from jiuye.domains.organisations.states import HIDING
from jiuye.kernel import clock


@dataclass(frozen=True, slots=True)
class FeedState:
    """A posting in the feed. `gone`: why it is not public (a state, `hidden` by a sanction or with its agency, or the
    reason of its closure); empty: it is. `changed_at`: when it became so, as well as it is known.
    """

    version: int
    gone: str
    valid_through: date | None
    changed_at: datetime


def feed_states(posting_ids: Collection[UUID]) -> dict[UUID, FeedState]:
    """Return the states of those of the postings that exist. One query."""
    rows = JobPosting.objects.filter(pk__in=posting_ids).select_related("agency", "employer")
    columns = (
        "state",
        "version",
        "valid_through",
        "updated_at",
        "closed_at",
        "closing_reason",
        "agency__is_listed",
        "employer__restriction",
    )
    return {row.pk: _state(row) for row in rows.only(*columns)}


_PUBLIC = """
SELECT p.id, p.version FROM jobs_jobposting p
JOIN organisations_agency a ON a.id = p.agency_id
LEFT JOIN organisations_employer e ON e.id = p.employer_id
WHERE p.test_client_id IS NULL AND p.state = 'published' AND p.valid_through >= %s AND a.is_listed
    AND NOT coalesce(e.restriction = ANY(%s), false)
"""


def public_versions() -> tuple[str, list[Any]]:
    """Return a SELECT of id and version of every posting that is public now, with its parameters."""
    return _PUBLIC, [clock.today(), list(HIDING)]


def _state(posting: JobPosting) -> FeedState:
    gone, changed_at = "", posting.updated_at
    if posting.state != "published":
        gone = closing_reason_of(posting) or posting.state
        changed_at = posting.closed_at or changed_at
    elif not policies.is_open(posting.state, posting.valid_through, clock.today()):
        gone, changed_at = "expired", _end_of(posting.valid_through or clock.today())
    elif not posting.agency.is_listed or (posting.employer and posting.employer.restriction in HIDING):
        gone, changed_at = "hidden", clock.now()
    return FeedState(posting.version, gone, posting.valid_through, changed_at)


def _end_of(day: date) -> datetime:
    """Return the end of a day in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)
