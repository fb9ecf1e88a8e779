"""People, their memberships of organisations, their consents."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.states import ConsentKind, OrganisationKind, Role
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import LiveAndOwnManager, TestClientField, WorldManager


class User(models.Model):
    """One person. The same account is a job seeker and, by membership, staff of organisations."""

    id = models.UUIDField(primary_key=True, default=new_id)
    phone = EncryptedText(found_by="phone_index", purpose="phone")
    phone_index = models.CharField(max_length=64, null=True)
    name = EncryptedText(blank=True, help_text="The name the person gave or the card says.")
    created_at = models.DateTimeField()
    last_login_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True, help_text="When a sanction (处置) suspended the account.")
    suspended_until = models.DateField(null=True, help_text="The last day of the suspension; null: until it is lifted.")
    suspension_notice = EncryptedText(blank=True, default="", db_default="", help_text="What the person is told.")
    suspension_link = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="The page with the decision and the appeal."
    )
    test_client_id = TestClientField()

    objects = LiveAndOwnManager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phone_index", "test_client_id"],
                condition=models.Q(phone_index__isnull=False),
                nulls_distinct=False,
                name="one_account_per_phone_and_world",
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_at__isnull=False)
                | models.Q(suspended_until=None, suspension_notice="", suspension_link=""),
                name="a_suspension_has_a_beginning",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, phone_index__isnull=False)
                | models.Q(erased_at__isnull=False, phone_index=None),
                name="a_living_account_has_a_phone_and_an_erased_one_none",
            ),
        ]


class Membership(models.Model):
    """A person's role in an organisation. Organisations are a higher domain, so only their id is stored."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation_id = models.UUIDField()
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation_id"], name="membership_by_organisation")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation_id"],
                condition=models.Q(ended_at=None),
                name="one_current_membership_per_person_and_organisation",
            )
        ]


class ClosedPortal(models.Model):
    """An organisation whose portal is closed by a sanction (处置), except for notices, appeals and messages."""

    organisation_id = models.UUIDField(primary_key=True)
    closed_at = models.DateTimeField()


class Consent(models.Model):
    """A consent given by a person, with the words shown then (个人信息保护法 arts. 13–15, 23); withdrawable."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, choices=ConsentKind.choices)
    scope = models.JSONField(default=dict, help_text="What exactly: recipients' ids and names, the job's id.")
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-given_at"], name="consent_by_user")]
