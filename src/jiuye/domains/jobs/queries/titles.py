"""Titles of postings, open or not, for lists that refer to them."""

from collections.abc import Collection
from uuid import UUID

from jiuye.domains.jobs.models import JobPosting


def titles_of(posting_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the titles of postings by id, without missing ones. One query, none for none."""
    if not posting_ids:
        return {}
    return dict(JobPosting.objects.filter(pk__in=posting_ids).values_list("pk", "title"))
