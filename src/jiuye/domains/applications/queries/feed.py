"""What the change feed tells an agency of its applications: ids and states, never a person's data."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.applications.models import Application


@dataclass(frozen=True, slots=True)
class FeedRow:
    """An application. `gone`: why the agency must delete its copies (erased, consent_withdrawn); empty: it need not."""

    id: UUID
    agency_id: UUID
    posting_id: UUID
    state: str
    version: int
    changed_at: datetime
    gone: str


def feed_rows(application_ids: Collection[UUID]) -> list[FeedRow]:
    """Return those of the applications that exist. One query."""
    rows = Application.objects.filter(pk__in=application_ids).select_related("applicant", "consent").order_by("pk")
    columns = ("agency_id", "posting_id", "state", "version", "state_changed_at")
    return [_row(one) for one in rows.only(*columns, "applicant__erased_at", "consent__withdrawn_at")]


def _row(one: Application) -> FeedRow:
    erased, withdrawn = one.applicant.erased_at, one.consent.withdrawn_at
    gone = "erased" if erased else "consent_withdrawn" if withdrawn else ""
    changed_at = max(filter(None, (one.state_changed_at, erased, withdrawn)))
    return FeedRow(one.id, one.agency_id, one.posting_id, one.state, one.version, changed_at, gone)
