"""How many applications postings have."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from jiuye.domains.applications.models import Application
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
