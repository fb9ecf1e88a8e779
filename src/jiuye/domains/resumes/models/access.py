"""The log of who saw a resume."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.models import User
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.ids import new_id


class ResumeAccess(models.Model):
    """An access of an organisation to the resume; shown to its owner (简历透明)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", help_text="The resume's owner.")
    organisation_id = models.UUIDField()
    organisation_name = models.CharField(max_length=100)
    person_id = models.UUIDField()
    person_role = models.CharField(max_length=20)
    client_name = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="The API client through which it was done (经接口).",
    )
    kind = models.CharField(max_length=10, choices=AccessKind.choices)
    purpose = models.CharField(max_length=100)
    posting_id = models.UUIDField(null=True)
    application_id = models.UUIDField(null=True)
    accessed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-accessed_at", "-id"], name="resume_access_by_owner")]
