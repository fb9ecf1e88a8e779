"""Event handlers of the index: mark changed postings for reindexing."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.organisations.events import AgencyListingChanged, EmployerRestricted
from jiuye.kernel import clock, worlds
from jiuye.kernel.events import Delivered
from jiuye.search.models import PendingChange

DRAIN_TASK = "drain_search_changes"


def note_changes(event: PostingsChanged, delivered: Delivered) -> None:
    """Handler: mark the changed postings for reindexing. Idempotent."""
    request(event.posting_ids)


def note_listing(event: AgencyListingChanged, delivered: Delivered) -> None:
    """Handler: mark all published postings of an agency whose shop opened or closed. Idempotent."""
    request(jobs.published_by(event.agency_id))


def note_employer(event: EmployerRestricted, delivered: Delivered) -> None:
    """Handler: mark all published postings for an employer whose restriction changed. Idempotent."""
    request(jobs.published_for(event.employer_id))


def request(posting_ids: Iterable[UUID]) -> None:
    """Mark postings for reindexing and schedule the drain task. A posting marked twice is read once. Test data is not indexed."""
    if worlds.is_test():
        return
    moment = clock.now()
    PendingChange.objects.bulk_create(
        [PendingChange(posting_id=posting_id, requested_at=moment) for posting_id in sorted(set(posting_ids))],
        update_conflicts=True,
        unique_fields=["posting_id"],
        update_fields=["requested_at"],
        batch_size=1000,
    )
    request_drain()


def request_drain() -> None:
    """Defer a drain task, unless one is already waiting."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # a savepoint if the caller has a transaction
        queue.configure_task(DRAIN_TASK, queue="search", lock="search_drain", queueing_lock="search_drain").defer()
