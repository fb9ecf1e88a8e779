"""A resume that its owner has uploaded, while it waits to be looked through."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.resumes.models.resume import Resume
from jiuye.domains.resumes.states import FileState
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.crypto.formerly import Formerly
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey


class ResumeFile(Formerly):
    """The file and what was read in it: no part of the resume before its owner confirms it, and visible to nobody else.

    One a person; another upload takes its place. Deleted when every block is settled, or after `policies.files.FILE_KEPT`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    resume = models.OneToOneField(Resume, on_delete=models.CASCADE, related_name="+")
    key = SealedFileKey(blank=True, help_text="The key in the file storage; empty once the file is an attachment.")
    name = EncryptedText(null=True, db_column="sealed_name", formerly="clear_name")
    clear_name = models.CharField(max_length=100, blank=True, default="", db_default="", db_column="name")
    content_type = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=FileState.choices)
    problem = models.CharField(max_length=300, blank=True, help_text="For its owner: why there is nothing, or not all.")
    can_be_sent = models.BooleanField(default=False, help_text="It can become an attachment.")
    found = EncryptedText(blank=True, help_text="JSON (`extraction.found`).")
    settled = models.JSONField(default=list, help_text="The keys of the blocks that were confirmed or refused.")
    uploaded_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state="read") | Q(found=""), name="only_a_read_file_has_findings"),
        ]
