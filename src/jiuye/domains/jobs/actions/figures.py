"""Update the shops' figures after postings changed."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from jiuye.domains.jobs import policies
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.events import EmployerRestricted
from jiuye.domains.organisations.models import Shop
from jiuye.kernel import clock
from jiuye.kernel.events import Delivered


def recount_shops(agency_ids: Collection[UUID]) -> None:
    """Set the number of open postings shown by shops. One statement. Idempotent."""
    opened = (
        JobPosting.objects.filter(
            policies.for_shown_employers(),
            agency_id=OuterRef("pk"),
            state="published",
            valid_through__gte=clock.today(),
        )
        .order_by()
        .values("agency_id")
        .annotate(number=Count("id"))
        .values("number")
    )
    Shop.objects.filter(pk__in=agency_ids).update(
        open_postings=Coalesce(Subquery(opened, output_field=IntegerField()), 0)
    )


def recount_shops_of_changed_postings(event: PostingsChanged, delivered: Delivered) -> None:
    """Handler of `PostingsChanged`: recount the shops of the postings."""
    agencies = JobPosting.objects.filter(pk__in=event.posting_ids).values_list("agency_id", flat=True).distinct()
    recount_shops(set(agencies.order_by()))


def recount_shops_of_restricted_employer(event: EmployerRestricted, delivered: Delivered) -> None:
    """Handler of `EmployerRestricted`: recount the shops with postings for the employer."""
    rows = JobPosting.objects.filter(employer_id=event.employer_id, state="published")
    recount_shops(set(rows.values_list("agency_id", flat=True).distinct().order_by()))
