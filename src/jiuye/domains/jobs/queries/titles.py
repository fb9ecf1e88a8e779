"""What postings are called, open or not: for lists of what had to do with them."""

from collections.abc import Collection
from uuid import UUID

from jiuye.domains.jobs.models import JobPosting


def titles_of(posting_ids: Collection[UUID]) -> dict[UUID, str]:
    """The titles of postings by id; of those that are there. One query, none for none."""
    if not posting_ids:
        return {}
    return dict(JobPosting.objects.filter(pk__in=posting_ids).values_list("pk", "title"))
