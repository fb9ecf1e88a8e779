"""Reports of postings (举报)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.reports.states import REPORT_LABELS, Reason
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class Report(models.Model):
    """One person's report of one posting; the agency never learns who reported it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+")
    reporter = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    text = EncryptedText(blank=True, help_text="In the person's words; may name people.")
    contact = EncryptedText(blank=True, help_text="How the person can be asked back; only operators see it.")
    state = models.CharField(max_length=10, choices=REPORT_LABELS, default="open")
    answer = models.CharField(max_length=300, blank=True, help_text="What the operator found, for who reported it.")
    decided_by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["reporter", "-created_at", "-id"], name="report_by_reporter"),
            models.Index(fields=["created_at", "id"], name="open_report_by_age", condition=Q(state="open")),
            models.Index(fields=["posting", "-created_at", "-id"], name="report_by_posting"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["posting", "reporter"],
                condition=Q(state="open"),
                name="one_open_report_per_person_and_posting",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="a_decided_report_says_when",
            ),
        ]
