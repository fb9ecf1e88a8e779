"""Event handlers of the feed: note what changed; the writer reads its present state. All are idempotent."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from jiuye.changes.models import PendingItem
from jiuye.domains.applications.events import ApplicationAdvanced, ConsentWithdrawn, ResumesErased
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.organisations.events import (
    AgencyListingChanged,
    EmployerRestricted,
    EmployersMerged,
    OrganisationEdited,
)
from jiuye.kernel import clock
from jiuye.kernel.events import Delivered

DRAIN_TASK = "write_changes"


def note_postings(event: PostingsChanged, delivered: Delivered) -> None:
    """Handler: postings were published, edited or closed."""
    request("job", event.posting_ids)


def note_listing(event: AgencyListingChanged, delivered: Delivered) -> None:
    """Handler: the postings of an agency became public, or ceased to be."""
    request("job", jobs.published_by(event.agency_id))


def note_restriction(event: EmployerRestricted, delivered: Delivered) -> None:
    """Handler: the postings for an employer were hidden, or are shown again."""
    request("job", jobs.published_for(event.employer_id))


def note_edit(event: OrganisationEdited, delivered: Delivered) -> None:
    """Handler: what postings state about their agency or employer changed."""
    found = jobs.published_by if event.organisation_kind == "agency" else jobs.published_for
    request("job", found(event.organisation_id))


def note_merge(event: EmployersMerged, delivered: Delivered) -> None:
    """Handler: an employer's record became part of another; its postings have an event of their own."""
    request("employer", [event.merged_id])


def note_application(event: ApplicationAdvanced, delivered: Delivered) -> None:
    """Handler: an application was sent or moved on."""
    request("application", [event.application_id])


def note_withdrawal(event: ConsentWithdrawn, delivered: Delivered) -> None:
    """Handler: an agency must delete its copy of an application."""
    request("application", [event.application_id])


def note_erasure(event: ResumesErased, delivered: Delivered) -> None:
    """Handler: an agency must delete its copies of a person's applications."""
    request("application", event.application_ids)


def request(kind: str, object_ids: Iterable[UUID]) -> None:
    """Note objects of the current world whose change is to be written, and schedule the writer."""
    moment = clock.real_now()
    PendingItem.objects.bulk_create(
        [PendingItem(object_id=one, kind=kind, requested_at=moment) for one in sorted(set(object_ids))],
        update_conflicts=True,
        unique_fields=["object_id"],
        update_fields=["requested_at", "is_repair"],
        batch_size=1000,
    )
    request_drain()


def request_drain() -> None:
    """Defer a run of the writer, unless one is already waiting."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # a savepoint if the caller has a transaction
        queue.configure_task(DRAIN_TASK, queue="changes", lock="write_changes", queueing_lock="write_changes").defer()
