"""Copies of people's data that they requested."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey
from jiuye.privacy.states import ExportState


class DataExport(models.Model):
    """A copy of all of one person's data (个人信息保护法 art. 45). `key` names its encrypted file."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.REQUESTED)
    requested_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, help_text="When the file and this row are deleted.")
    key = SealedFileKey(blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes of the archive that the person receives.")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-requested_at", "-id"], name="export_by_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="requested"), name="one_export_is_prepared_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(state="ready", ready_at__isnull=False, expires_at__isnull=False) & ~Q(key=""))
                | (~Q(state="ready") & Q(ready_at=None, expires_at=None, key="")),
                name="only_a_ready_export_has_a_file",
            ),
        ]
