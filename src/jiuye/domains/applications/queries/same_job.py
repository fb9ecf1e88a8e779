"""Applying twice for one job that several agencies publish."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.applications.models import Application
from jiuye.domains.applications.states import CLOSED
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.queries import PostingForApplication


@dataclass(frozen=True, slots=True)
class AppliedElsewhere:
    """An open application to the same job through another posting."""

    application_id: UUID
    agency_name: str
    submitted_at: datetime


def applied_elsewhere(person_id: UUID, posting: PostingForApplication) -> AppliedElsewhere | None:
    """Return the person's open application to this job through another posting, or None.

    One query when the person has no other application to that employer, else two.
    """
    rows = Application.objects.filter(applicant_id=person_id, employer_id=posting.employer_id)
    rows = rows.exclude(state__in=CLOSED).exclude(posting_id=posting.id).select_related("posting", "agency")
    key = jobs.cluster_of_posting(posting.id) if (under_way := list(rows.order_by("submitted_at", "id"))) else ""
    for one in under_way:
        if jobs.cluster_of(one.posting) == key:
            return AppliedElsewhere(one.id, one.agency.legal_name, one.submitted_at)
    return None
