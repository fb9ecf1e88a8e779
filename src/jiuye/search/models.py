"""Pending changes of the index, and the number of the last change set."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.models import User


class PendingChange(models.Model):
    """A posting that must be reindexed."""

    posting_id = models.UUIDField(primary_key=True)
    requested_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["requested_at"], name="pending_change_in_order")]


class IndexMark(models.Model):
    """The number of the last change set in the index; one row. The index stores the same number. If they differ, one of the
    two was restored from a backup."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    serial = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_index_mark")]


class LeaveOutList(models.Model):
    """What a person does not want to see in any search (`remembered.py`). No row: nothing is left out."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    wishes = models.JSONField()
    changed_at = models.DateTimeField()
