"""Seekers' saved postings and browsing history."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models.posting import JobPosting


class SavedJob(models.Model):
    """A saved posting (收藏)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField()
    seen = models.JSONField(
        default=dict, help_text="Its pay when the person last saw it here (records.pay_seen); empty: not known."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "posting"], name="a_job_is_saved_once_per_person")
        ]
        indexes: ClassVar = [models.Index(fields=["user", "-saved_at", "-id"], name="saved_job_by_user")]


class BrowsingRecord(models.Model):
    """A viewed posting (浏览记录); only the last time is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+")
    viewed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "posting"], name="a_job_is_browsed_once_per_person")
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-viewed_at", "-id"], name="browsing_by_user"),
            models.Index(fields=["viewed_at"], name="browsing_by_age"),
        ]


class HistoryPause(models.Model):
    """A seeker who has paused the browsing history; the row exists while it is paused."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    paused_at = models.DateTimeField()
