"""What the index has yet to take in."""

from typing import ClassVar

from django.db import models


class PendingChange(models.Model):
    """A posting that the index writer has yet to read anew."""

    posting_id = models.UUIDField(primary_key=True)
    requested_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["requested_at"], name="pending_change_in_order")]
