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
from jiuye.kernel.events import Delivered, Event

DRAIN_TASK = "write_changes"


FOLLOWED = (
    PostingsChanged.name,
    AgencyListingChanged.name,
    EmployerRestricted.name,
    OrganisationEdited.name,
    EmployersMerged.name,
    ApplicationAdvanced.name,
    ConsentWithdrawn.name,
    ResumesErased.name,
)


def note(event: Event, delivered: Delivered) -> None:
    """Handler: note the objects that an event has changed. Idempotent."""
    request(*changed_by(event))


def changed_by(event: Event) -> tuple[str, Iterable[UUID]]:
    """Return the kind and the ids of the objects that an event of `FOLLOWED` has changed, in its world. At most one query."""
    match event:
        case PostingsChanged():
            return "job", event.posting_ids
        case AgencyListingChanged():
            return "job", jobs.published_by(event.agency_id)
        case EmployerRestricted():
            return "job", jobs.published_for(event.employer_id)
        case OrganisationEdited(organisation_kind="agency"):
            return "job", jobs.published_by(event.organisation_id)
        case OrganisationEdited():
            return "job", jobs.published_for(event.organisation_id)
        case EmployersMerged():  # its postings have an event of their own
            return "employer", [event.merged_id]
        case ResumesErased():
            return "application", event.application_ids
        case ApplicationAdvanced() | ConsentWithdrawn():
            return "application", [event.application_id]
    raise TypeError(f"the feed does not follow {event.name}")


def request(kind: str, object_ids: Iterable[UUID]) -> None:
    """Note objects of the current world whose change is to be written, and schedule the writer."""
    note_pending(kind, object_ids)
    request_drain()


def note_pending(kind: str, object_ids: Iterable[UUID]) -> None:
    """Note objects of the current world whose change is to be written."""
    moment = clock.real_now()
    PendingItem.objects.bulk_create(
        [PendingItem(object_id=one, kind=kind, requested_at=moment) for one in sorted(set(object_ids))],
        update_conflicts=True,
        unique_fields=["object_id"],
        update_fields=["requested_at", "is_repair"],
        batch_size=1000,
    )


def request_drain() -> None:
    """Defer a run of the writer, unless one is already waiting."""
    with suppress(AlreadyEnqueued), transaction.atomic():  # a savepoint if the caller has a transaction
        queue.configure_task(DRAIN_TASK, queue="changes", lock="write_changes", queueing_lock="write_changes").defer()
