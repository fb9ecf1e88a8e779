"""What an employer wants changed in a posting that an agency carries for it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.jobs.models.posting import JobPosting
from jiuye.domains.jobs.states import WISH_LABELS
from jiuye.domains.organisations.models import Employer
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class PostingWish(models.Model):
    """A wish (修改意见) of an employer; the agency changes the posting, or says why not."""

    id = models.UUIDField(primary_key=True, default=new_id)
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=WISH_LABELS, default="open")
    answer = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["posting", "-created_at", "-id"], name="wish_by_posting")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="a_wish_is_open_until_it_is_answered",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(answer=""), name="a_declined_wish_says_why"),
        ]
