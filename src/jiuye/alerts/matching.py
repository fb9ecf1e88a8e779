"""Match new postings with all saved searches: the postings of a run form an index in memory, and every search runs on it.

Equal searches run once, except for people who do not want to see something (不看). A copy of a job published before is not news.
The findings of a run and its mark are one transaction, so that an interrupted run is repeated.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any
from uuid import UUID

import orjson
import structlog
from django.db import transaction

from jiuye.alerts import stored
from jiuye.alerts.models import Finding, MatchingMark, SavedSearch
from jiuye.alerts.states import Frequency
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.ports import search
from jiuye.ports.search import Matches
from jiuye.search.documents import document
from jiuye.search.remembered import Wishes, wishes_of, with_wishes, without_applied
from jiuye.search.slow_agencies import with_slow_agencies

log = structlog.get_logger("alerts")
POSTINGS_A_RUN = 10_000
NEWEST_KEPT = 10
# The publication time of a posting is set before its transaction commits; after this time all of them have committed.
SETTLING = timedelta(minutes=2)
_ROWS = 2000
_SORTED = orjson.OPT_SORT_KEYS


def match_new() -> int:
    """Match everything published since the last run with all saved searches. Return the number of postings.

    Raise SearchUnavailable; runs that were completed before stay.
    """
    count = 0
    while postings := match_some():
        count += postings
    return count


@transaction.atomic
def match_some() -> int:
    """Do one run of at most `POSTINGS_A_RUN` postings. Return their number; 0 if none are left. The very first run only sets
    the mark."""
    until = clock.now() - SETTLING
    start = {"published_through": until, "posting_id": UUID(int=0)}
    mark, is_new = MatchingMark.objects.select_for_update().get_or_create(pk=1, defaults=start)
    if is_new:
        return 0
    postings = jobs.published_between((mark.published_through, mark.posting_id), until, limit=POSTINGS_A_RUN)
    if not postings:
        return 0
    found = _match(postings)
    last = postings[-1]
    MatchingMark.objects.filter(pk=1).update(published_through=last.published_at, posting_id=last.pk)
    log.info("saved searches matched", postings=len(postings), findings=found)
    return len(postings)


def _match(postings: Sequence[JobPosting]) -> int:
    copies = jobs.copies_among(postings)
    matcher = search.get().matcher(document(posting) for posting in postings if posting.pk not in copies)
    moment = clock.now()
    findings = _findings(matcher, moment)
    count = 0
    while batch := list(islice(findings, _ROWS)):
        Finding.objects.bulk_create(batch)
        count += len(batch)
    return count


def _findings(matcher: search.Matcher, moment: datetime) -> Iterator[Finding]:
    """Unsaved findings of all saved searches. A server-side cursor reads the searches, so memory use is constant."""
    for _, alike in groupby(_wanted(), key=lambda row: row[0]):
        known: dict[bytes, Matches] = {}
        for _, saved_search_id, criteria, person_id, wishes in alike:
            key = orjson.dumps([wishes, person_id if wishes.get("without_applied") else None], option=_SORTED)
            if key not in known:
                known[key] = _found(matcher, criteria, person_id, wishes)
            if (found := known[key]).total:
                yield Finding(
                    saved_search_id=saved_search_id, total=found.total, posting_ids=list(found.newest), found_at=moment
                )


def _found(matcher: search.Matcher, criteria: dict[str, Any], person_id: UUID, wishes: Wishes) -> Matches:
    try:
        query = stored.read(criteria)
    except ValueError as problem:  # of a later release, after a rollback; that release can read it again
        log.warning("saved search not understood", problem=str(problem))
        return Matches(0)
    own = without_applied(Actor(person_id=person_id), with_wishes(query, wishes))
    return matcher(with_slow_agencies(own), NEWEST_KEPT)


def _wanted() -> Iterator[tuple[str, UUID, dict[str, Any], UUID, Wishes]]:
    """(digest, id, criteria, person, what the person does not want to see), equal searches together."""
    rows = SavedSearch.objects.exclude(frequency=Frequency.NEVER).filter(user__erased_at=None).order_by("digest", "id")
    found = rows.annotate(wishes=wishes_of("user_id")).values_list("digest", "id", "criteria", "user_id", "wishes")
    for digest, saved_search_id, criteria, person_id, wishes in found.iterator(chunk_size=_ROWS):
        yield digest, saved_search_id, criteria, person_id, wishes or {}
