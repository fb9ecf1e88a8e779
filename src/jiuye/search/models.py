"""What the index has yet to take in, and how far it has come."""

from typing import ClassVar

from django.db import models


class PendingChange(models.Model):
    """A posting that the index writer has yet to read anew."""

    posting_id = models.UUIDField(primary_key=True)
    requested_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["requested_at"], name="pending_change_in_order")]


class IndexMark(models.Model):
    """The number of the last change set that the index took in; one row. The index keeps the same number: if they
    part, one of the two was put back from a copy."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    serial = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_index_mark")]
