"""Requests to erase an account."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiuye.domains.accounts.models import User
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class ErasureRequest(models.Model):
    """A request to erase an account (个人信息保护法 art. 47), carried out at `due_at` unless it is cancelled."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="erasure_by_time", condition=Q(cancelled_at=None, done_at=None))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(cancelled_at=None, done_at=None),
                name="one_open_erasure_per_person",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(done_at=None), name="a_cancelled_erasure_is_never_done"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("due_at")), name="an_erasure_waits_until_it_is_due"
            ),
        ]
