"""Feedback of seekers and visitors, the platform's answers, and attached files.

Texts here name persons and contain numbers: texts and contacts are encrypted (个人信息保护法 art. 51).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.feedback.states import FEEDBACK_LABELS, Category, MessageKind
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.crypto.formerly import Formerly
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey


class Feedback(models.Model):
    """One piece of feedback. People without an account return with its number and query code."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.UUIDField(
        unique=True, help_text="Of the form that was sent: the second press makes no second one."
    )
    number = models.CharField(max_length=20, unique=True)
    query_code = EncryptedText(blank=True, help_text="Only where there is no author.")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    category = models.CharField(max_length=10, choices=Category.choices)
    text = EncryptedText()
    contact = EncryptedText(blank=True)
    state = models.CharField(max_length=10, choices=FEEDBACK_LABELS, default="open")
    assigned_to = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    waiting_since = models.DateTimeField(help_text="Since when the latest question waits, or waited.")
    first_answered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="The latest answer.")
    closed_at = models.DateTimeField(null=True)
    stars = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["author", "-created_at", "-id"], name="feedback_by_author"),
            models.Index(fields=["state", "waiting_since", "id"], name="feedback_by_state"),
            models.Index(fields=["created_at"], name="feedback_by_time"),
            models.Index(fields=["answered_at"], name="feedback_to_close", condition=Q(state="answered")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stars=None, rated_at=None) | Q(stars__gte=1, stars__lte=5, rated_at__isnull=False),
                name="satisfaction_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(answered_at__isnull=False), name="what_is_not_open_was_answered"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="what_is_closed_was_closed_at_a_time",
            ),
        ]


class FeedbackMessage(models.Model):
    """A message after the first text: by the author, by the platform, or among operators (note)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    text = EncryptedText()
    operator = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["feedback", "created_at", "id"], name="message_by_feedback")]


class FeedbackFile(Formerly):
    """A file attached to the first text; cleaned by `kernel.uploads`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="+")
    key = SealedFileKey(formerly="feedback")
    name = EncryptedText(null=True, db_column="sealed_name", formerly="clear_name")
    clear_name = models.CharField(max_length=100, blank=True, default="", db_default="", db_column="name")
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["feedback"], name="file_by_feedback")]
