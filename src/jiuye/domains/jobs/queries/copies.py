"""Copies: postings of a job that was published before on the same conditions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel.text import fold

NEWS_AGAIN = timedelta(days=90)
"""A job that is published again after so long is news."""
_SAME = (
    "employer_id", "agency_id", "region_id", "title", "pay_min", "pay_max", "education", "experience_min",
    "employment_type",
)  # fmt: skip


def copies_among(postings: Sequence[JobPosting]) -> set[UUID]:
    """Return the ids of those postings of whose job another was published before, within `NEWS_AGAIN`, open or not.

    The same job: employer (without one, the agency), region, title, pay, education, experience and employment type. One query.
    """
    dates = [one.published_at for one in postings if one.published_at]
    if not dates:
        return set()
    employers = {one.employer_id for one in postings if one.employer_id}
    agencies = {one.agency_id for one in postings if not one.employer_id}
    rows = JobPosting.objects.filter(
        Q(employer_id__in=employers) | Q(employer_id=None, agency_id__in=agencies),
        published_at__gt=min(dates) - NEWS_AGAIN,
        published_at__lte=max(dates),
    ).order_by("published_at", "pk")
    last: dict[tuple[Any, ...], Any] = {}
    copies: set[UUID] = set()
    for pk, published_at, *values in rows.values_list("pk", "published_at", *_SAME).iterator(chunk_size=2000):
        job = _job(values)
        if job in last and published_at - last[job] < NEWS_AGAIN:
            copies.add(pk)
        last[job] = published_at
    return copies & {one.pk for one in postings}


def _job(values: Sequence[Any]) -> tuple[Any, ...]:
    employer, agency, region, title, *conditions = values
    return (employer or agency, region, "".join(fold(title).split()), *conditions)
