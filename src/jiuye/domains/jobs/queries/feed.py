"""What the change feed must know of postings: whether they are public, or why they are not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
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
    rows = JobPosting.objects.filter(pk__in=posting_ids)
    # Tuples: three model instances a posting would cost four times as much.
    named = rows.values_list(*_Facts._fields[:-2], "agency__is_listed", "employer__restriction")
    today = clock.today()
    return {facts.id: _state(facts, today) for facts in map(_Facts._make, named)}


class _Facts(NamedTuple):
    id: UUID
    state: str
    version: int
    valid_through: date | None
    updated_at: datetime
    closed_at: datetime | None
    closing_reason: str
    agency_is_listed: bool
    employer_restriction: str | None


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


def _state(facts: _Facts, today: date) -> FeedState:
    gone, changed_at = "", facts.updated_at
    if facts.state != "published":
        gone = closing_reason_of(facts) or facts.state
        changed_at = facts.closed_at or changed_at
    elif not policies.is_open(facts.state, facts.valid_through, today):
        gone, changed_at = "expired", _end_of(facts.valid_through or today)
    elif not facts.agency_is_listed or facts.employer_restriction in HIDING:
        gone, changed_at = "hidden", clock.now()
    return FeedState(facts.version, gone, facts.valid_through, changed_at)


def _end_of(day: date) -> datetime:
    """Return the end of a day in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)
