"""Who may find a resume, and the organisations that its owner blocks."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.accounts.states import OrganisationKind
from jiuye.domains.resumes.states import VisibilityLevel
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class Visibility(models.Model):
    """A person's choice; no row means the default, `applied_only`.

    Choosing `agencies` is a consent (个人信息保护法 arts. 13, 23) and always names places; the whole country is one
    of them and never assumed.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=12, choices=VisibilityLevel.choices)
    places = ArrayField(
        models.CharField(max_length=6),
        default=list,
        help_text="Provinces and cities whose agencies may find the resume; 000000 is the whole country.",
    )
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    is_paused = models.BooleanField(default=False, help_text="The account is about to be erased: nobody finds it.")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["places"], name="visible_resumes_by_place", condition=Q(level="agencies", is_paused=False))
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level="agencies", consent__isnull=False) & ~Q(places=[])
                | ~Q(level="agencies") & Q(consent=None, places=[]),
                name="agencies_see_a_resume_by_consent_and_in_named_places",
            )
        ]


class OrganisationBlock(models.Model):
    """An organisation that a person blocks (屏蔽). It covers every organisation with the same id, name or one of the
    credit codes: the same enterprise can be named by several agencies, or only by name before it joins.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    organisation_id = models.UUIDField(null=True, help_text="Null: nothing of this name had come to the platform yet.")
    name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=100, help_text="The name folded: however it is written.")
    credit_codes = ArrayField(models.CharField(max_length=18), default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "name_key"], name="a_name_is_blocked_once"),
            models.CheckConstraint(condition=~Q(name_key=""), name="a_blocked_organisation_has_a_name"),
        ]
