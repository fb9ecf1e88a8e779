"""Seekers' reviews of shops, the agencies' replies (评价, 回复), and reports of reviews."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.reviews.states import ReviewReason
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class ShopReview(models.Model):
    """One person's review of one shop; only people who dealt with the agency write one. `tags` holds codes of `states.Tag`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=500, blank=True)
    tags = ArrayField(models.CharField(max_length=20), default=list)
    edited_at = models.DateTimeField(null=True, help_text="When the author last changed it; null: never.")
    hidden_at = models.DateTimeField(null=True, help_text="When an operator hid it: it is shown and counted no more.")
    hidden_because = models.CharField(max_length=300, blank=True, default="", db_default="")
    reply = models.TextField(max_length=500, blank=True)
    replied_at = models.DateTimeField(null=True)
    reply_edited_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "-created_at", "-id"], name="review_by_agency"),
            models.Index(fields=["author", "-created_at", "-id"], name="review_by_author"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "author"], name="a_person_reviews_a_shop_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="stars_are_one_to_five"),
        ]


class ReviewReport(models.Model):
    """A report of a review; neither its author nor the agency learns who reported it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    review = models.ForeignKey(ShopReview, on_delete=models.CASCADE, related_name="+")
    reporter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=ReviewReason.choices)
    text = EncryptedText(blank=True, help_text="In the person's words; may name people.")
    is_upheld = models.BooleanField(null=True, help_text="Null: nobody has decided yet.")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at", "id"], name="open_review_report_by_age", condition=Q(is_upheld=None))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "reporter"],
                condition=Q(is_upheld=None),
                name="one_open_report_per_person_and_review",
            ),
            models.CheckConstraint(
                condition=Q(is_upheld=None, decided_at=None) | Q(is_upheld__isnull=False, decided_at__isnull=False),
                name="a_decided_review_report_says_when",
            ),
        ]
