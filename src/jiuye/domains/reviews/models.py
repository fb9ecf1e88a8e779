"""Seekers' reviews of shops and the agencies' replies (评价, 回复)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.ids import new_id


class ShopReview(models.Model):
    """One person's review of one shop; only people who dealt with the agency write one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=500, blank=True)
    tags = ArrayField(models.CharField(max_length=20), default=list)
    reply = models.TextField(max_length=500, blank=True)
    replied_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "-created_at", "-id"], name="review_by_agency")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "author"], name="a_person_reviews_a_shop_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="stars_are_one_to_five"),
        ]
