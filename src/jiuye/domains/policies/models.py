"""Policies (政策): written by editors, read by everybody."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from jiuye.domains.policies.states import PolicyState, Topic
from jiuye.domains.reference.models import Region
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import PublicFileKey


class Policy(models.Model):
    """A policy document for the public; `region` null means the whole country."""

    id = models.UUIDField(primary_key=True, default=new_id)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    body = models.TextField()
    topic = models.CharField(max_length=20, choices=Topic.choices)
    audience = models.CharField(max_length=60, blank=True)
    audiences = ArrayField(
        models.CharField(max_length=12), default=list, db_default=[], help_text="Values of `Audience`, for filtering."
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    issuer = models.CharField(max_length=80)
    document_number = models.CharField(max_length=60, blank=True)
    published_on = models.DateField()
    valid_until = models.DateField(null=True, help_text="The last day on which it holds; null: until further notice.")
    abolished_on = models.DateField(null=True, help_text="From this day on it no longer holds.")
    conditions = models.JSONField(
        default=list,
        db_default=[],
        help_text="What one must fulfil, as `policies.Condition` reads it; empty: not told.",
    )
    is_published = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, help_text="Set while it is withdrawn; null again once republished.")
    withdrawn_reason = models.CharField(max_length=200, default="", db_default="", blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, help_text="Counts the editors' changes.")
    updated_at = models.DateTimeField(null=True, help_text="Null for what was there before there were editors.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(withdrawn_at=None), name="a_published_policy_is_not_withdrawn"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["-published_on", "-id"], name="policy_newest", condition=Q(is_published=True)),
            GinIndex(fields=["audiences"], name="policy_by_audience"),
        ]

    @property
    def state(self) -> str:
        """Return one of `states.PolicyState`."""
        if self.is_published:
            return PolicyState.PUBLISHED
        return PolicyState.WITHDRAWN if self.withdrawn_at else PolicyState.DRAFT


class PolicyFile(models.Model):
    """A form or the original document, for download; cleaned by `kernel.uploads`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    key = PublicFileKey(folder="policies")
    name = models.CharField(max_length=100)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["policy"], name="file_by_policy")]
