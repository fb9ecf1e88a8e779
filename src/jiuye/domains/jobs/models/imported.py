"""What an import says about postings: those it found again, and what the sender should know about them."""

from typing import ClassVar

from django.db import models

from jiuye.domains.jobs.models.imports import ImportBatch
from jiuye.domains.jobs.models.posting import JobPosting
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.crypto.formerly import Formerly


class FoundAgain(models.Model):
    """A posting that existed before this import, and that one of its rows is. Those it created name it themselves.

    `posting_id` is no foreign key: many are written at once, and nothing follows from one whose posting is deleted.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    posting_id = models.UUIDField()


class ImportNote(Formerly):
    """A remark of an import on a posting, shown to the agency until the posting is edited or the remark is dismissed.

    `holds`: the posting stays a draft until a person has looked at it.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+", db_index=False)
    row_number = models.PositiveIntegerField()
    worksheet = models.CharField(max_length=100, blank=True)
    field = models.CharField(max_length=30, blank=True, help_text="A code of `sheets.fields`; blank: the whole row.")
    message = EncryptedText(
        null=True, db_column="sealed_message", formerly="clear_message", help_text="It quotes the sheet."
    )
    clear_message = models.CharField(max_length=500, blank=True, default="", db_default="", db_column="message")
    holds = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["posting", "id"], name="notes_by_posting")]
