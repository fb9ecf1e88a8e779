"""Deleting a client's test data."""

from collections.abc import Sequence
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from jiuye.kernel.worlds import TestClientField

ORDER = (
    "kernel.EventRecord",
    "notifications.Notification",
    "erasure.ErasureRequest",
    "verification.VerificationCase",
    "reports.Report",
    "reviews.ReviewReport",
    "reviews.ShopReview",
    "fairs.FairInterest",
    "fairs.FairParticipation",
    "fairs.JobFair",
    "applications.OnboardingNotice",
    "applications.InterviewInvitation",
    "applications.InvitationToApply",
    "applications.Application",
    "jobs.PostingWish",
    "jobs.ImportBatch",
    "jobs.JobPosting",
    "resumes.Visibility",
    "resumes.Resume",
    "organisations.Qualification",
    "organisations.MemberInvitation",
    "organisations.MembershipRequest",
    "organisations.Affiliation",
    "organisations.Shop",
    "organisations.Employer",
    "organisations.Agency",
    "accounts.Membership",
    "accounts.User",
)
"""Models with test data, those that refer to others first. What hangs on their rows is deleted with them."""


FEED = ("changes.PendingItem", "changes.FeedItem")
"""What the client may still have to read after a reset: deleted only with the client."""


@transaction.atomic
def remove(client_id: UUID, *, labels: Sequence[str] = ORDER) -> None:
    """Delete the rows of the client's test data. The audit log and the row history keep their entries."""
    for model in models(labels):
        model._base_manager.filter(test_client_id=client_id).delete()


def models(labels: Sequence[str] = (*ORDER, *FEED)) -> list[type[Model]]:
    """Return the models with these labels, by default all that can have test data."""
    return [apps.get_model(label) for label in labels]


def with_test_data() -> list[type[Model]]:
    """Return every model whose rows can be test data."""
    return [
        model
        for model in apps.get_models()
        if any(isinstance(field, TestClientField) for field in model._meta.concrete_fields)
    ]
