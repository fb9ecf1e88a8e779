"""Earlier states of a resume."""

from typing import ClassVar

from django.db import models

from jiuye.domains.resumes.models.resume import Resume
from jiuye.domains.resumes.states import VersionCause
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id


class ResumeVersion(models.Model):
    """The whole resume at one time, for its owner to restore. `content` is encrypted JSON (`queries.versions`)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text="Counts up within the resume and is never given twice.")
    made_at = models.DateTimeField(db_index=True)
    cause = models.CharField(
        max_length=12, choices=VersionCause.choices, help_text="What came next, or who was sent it."
    )
    content = EncryptedText()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["resume", "number"], name="a_version_has_its_own_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="versions_count_from_one"),
        ]
