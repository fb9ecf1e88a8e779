"""How many applications postings have."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q

from jiuye.domains.applications.models import Application
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor


@dataclass(frozen=True)
class PostingNumbers:
    """Applications to one posting: all there were, those nobody has opened, those that ended in a job."""

    total: int = 0
    new: int = 0
    onboarded: int = 0


def numbers_by_posting(actor: Actor, posting_ids: Collection[UUID]) -> dict[UUID, PostingNumbers]:
    """Numbers of the postings that have applications to the actor's agency or employer. One query; empty for others."""
    if actor.acts_for("agency"):
        own = Q(agency_id=actor.organisation_id)
    elif actor.acts_for("employer"):
        own = Q(employer_id=actor.organisation_id)
    else:
        return {}
    rows = (
        Application.objects.filter(own, posting_id__in=posting_ids)
        .order_by()
        .values_list("posting_id")
        .annotate(
            total=Count("id"),
            new=Count("id", filter=Q(state="submitted")),
            done=Count("id", filter=Q(state="onboarded")),
        )
    )
    return {posting_id: PostingNumbers(total, new, done) for posting_id, total, new, done in rows}


@dataclass(frozen=True)
class PlatformNumbers:
    """Applications on the whole platform: all, of the last 7 days, under way past their deadline, ended in a job."""

    total: int
    last_7_days: int
    late: int
    onboarded: int


def platform_numbers() -> PlatformNumbers:
    """The operators' figures. One query."""
    moment = clock.now()
    return PlatformNumbers(
        **Application.objects.aggregate(
            total=Count("id"),
            last_7_days=Count("id", filter=Q(submitted_at__gte=moment - timedelta(days=7))),
            late=Count("id", filter=Q(respond_by__lt=moment)),
            onboarded=Count("id", filter=Q(state="onboarded")),
        )
    )
