"""Requested changes of operators' roles."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiuye.domains.accounts.models.people import User
from jiuye.domains.accounts.states import ROLE_CHANGE_LABELS, Role
from jiuye.kernel.ids import new_id


class RoleChange(models.Model):
    """A change of an operator's role that takes effect when a second administrator confirms it (GB/T 22239-2019 §8.1.4.2,
    separated duties). Without `before` the person becomes an operator, without `after` they stop being one.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation_id = models.UUIDField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=20, choices=Role.choices, blank=True)
    after = models.CharField(max_length=20, choices=Role.choices, blank=True)
    reason = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ROLE_CHANGE_LABELS, default="pending")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation_id", "-requested_at", "-id"], name="role_changes_newest_first")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="pending"), name="one_pending_role_change_per_person"
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="a_role_change_changes_something"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_by=None, decided_at=None)
                | (~Q(state="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_role_change_is_decided_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (~Q(decided_by=F("requested_by")) & ~Q(decided_by=F("person"))),
                name="a_role_change_is_confirmed_by_another_person",
            ),
        ]
