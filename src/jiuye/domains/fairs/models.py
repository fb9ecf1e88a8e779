"""Job fairs (招聘会)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jiuye.domains.accounts.models import User
from jiuye.domains.fairs.states import FAIR_LABELS, FairMode
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.reference.models import Region
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class JobFair(models.Model):
    """An agency's fair; upcoming, ongoing and ended follow from its times. Plans: 暂行条例 art. 29.

    `host` empty: the agency itself. `capacity` null: no limit.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=FAIR_LABELS, default="draft")
    mode = models.CharField(max_length=8, choices=FairMode.choices)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    host = models.CharField(max_length=100, blank=True, default="", db_default="")
    route = models.CharField(max_length=300, blank=True, default="", db_default="", help_text="How to get there.")
    capacity = models.PositiveIntegerField(null=True)
    introduction = models.TextField(blank=True)
    plans = models.TextField(blank=True, help_text="Organising, emergency and security plans.")
    cancelled_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1, db_default=1, help_text="Counts the agency's changes.")
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["starts_at", "id"], name="fair_by_time", condition=Q(state="published")),
            models.Index(fields=["agency", "-starts_at", "-id"], name="fair_by_agency"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_fair_ends_after_it_starts")
        ]


class FairParticipation(models.Model):
    """An employer at a fair. `posting_ids` null: all jobs that the agency has open for it."""

    fair = models.ForeignKey(JobFair, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    booth = models.CharField(max_length=20, blank=True)
    posting_ids = ArrayField(models.UUIDField(), null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "employer"], name="an_employer_joins_a_fair_once")
        ]


class FairInterest(models.Model):
    """A registration for a fair; at the entrance the agency checks the person in by the code, once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    fair = models.ForeignKey(JobFair, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8)
    created_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_in_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-created_at", "-id"], name="interest_by_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fair", "person"], name="a_person_registers_for_a_fair_once"),
            models.UniqueConstraint(fields=["fair", "code"], name="a_fairs_codes_differ"),
        ]
