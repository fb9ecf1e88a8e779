"""Attachments of a resume: works, certificates."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiuye.domains.resumes.models.resume import Resume
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.crypto.formerly import Formerly
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey


class Attachment(Formerly):
    """A file of the resume (附件), as cleaned by `kernel.uploads`.

    A removed one keeps its row and file while an application that carries it is open to its receivers; nobody else
    can reach it, including its owner.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="+")
    key = SealedFileKey(formerly="attachments", unique=True, help_text="The key in the file storage.")
    name = EncryptedText(
        null=True,
        db_column="sealed_name",
        formerly="clear_name",
        help_text="With its extension, as people see it.",
    )
    clear_name = models.CharField(max_length=100, blank=True, default="", db_default="", db_column="name")
    content_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="attachment_removed", condition=Q(removed_at__isnull=False))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["resume", "digest"],
                condition=Q(removed_at__isnull=True),
                name="a_resume_carries_a_file_once",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="an_attachment_is_not_empty"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(removed_at__gte=F("added_at")),
                name="an_attachment_is_removed_after_it_was_added",
            ),
        ]
