"""Saved searches, their findings, and the mark of the matching."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jiuye.alerts.states import Frequency
from jiuye.domains.accounts.models import User
from jiuye.kernel.ids import new_id


class SavedSearch(models.Model):
    """A person's saved search. `criteria` is its versioned form (`stored.py`); `digest` is equal for equal searches."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    criteria = models.JSONField()
    digest = models.CharField(max_length=32)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.DAILY)
    by_sms = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    next_tell_at = models.DateTimeField(null=True, help_text="Null: never told.")
    opened_at = models.DateTimeField(null=True, help_text="When its owner last looked at what it finds.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="saved_search_by_person"),
            models.Index(fields=["digest", "id"], name="saved_search_alike", condition=~Q(frequency="never")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_search_is_saved_once_a_person"),
            models.CheckConstraint(
                condition=Q(frequency="never", next_tell_at=None, by_sms=False)
                | Q(next_tell_at__isnull=False) & ~Q(frequency="never"),
                name="who_wants_to_be_told_has_a_next_time",
            ),
        ]


class Finding(models.Model):
    """What a saved search found among the postings of one run: the number and the newest ids."""

    id = models.UUIDField(primary_key=True, default=new_id)
    saved_search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="+")
    total = models.PositiveIntegerField()
    posting_ids = ArrayField(models.UUIDField())
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["saved_search", "-found_at"], name="findings_newest_first"),
            models.Index(fields=["saved_search"], name="findings_not_told", condition=Q(told_at=None)),
        ]


class MatchingMark(models.Model):
    """All postings up to this publication time and id have been matched with all saved searches. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    published_through = models.DateTimeField()
    posting_id = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_matching_mark")]
