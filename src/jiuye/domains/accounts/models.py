"""People, their login codes, their places in organisations, their consents."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from jiuye.domains.accounts.states import CodeDelivery, ConsentKind, OrganisationKind, Role
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id


class User(models.Model):
    """One person. The same login is a seeker and, by membership, staff of organisations."""

    id = models.UUIDField(primary_key=True, default=new_id)
    phone = EncryptedText()
    phone_index = models.CharField(max_length=64, null=True, unique=True)
    name = EncryptedText(blank=True, help_text="The name the person gave or the card says.")
    created_at = models.DateTimeField()
    last_login_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True, phone_index__isnull=False)
                | models.Q(erased_at__isnull=False, phone_index=None),
                name="a_living_account_has_a_phone_and_an_erased_one_none",
            )
        ]


class Session(AbstractBaseSession):
    """A browser's session (Django's own table with one column more): whose it is, once somebody has signed in."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")


class LoginCode(models.Model):
    """A six-digit code sent to a phone; only its keyed digest is stored. Rules: domains/accounts/policies.py."""

    id = models.UUIDField(primary_key=True, default=new_id)
    purpose = models.CharField(max_length=20)
    phone_index = models.CharField(max_length=64)
    binding = models.CharField(max_length=64, help_text="Digest of the browser session that asked.")
    digest = models.CharField(max_length=64)
    checks = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True, help_text="When it was last checked in vain: a lock counts from here.")
    delivery = models.CharField(max_length=10, choices=CodeDelivery.choices, default=CodeDelivery.QUEUED)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["phone_index", "-created_at"], name="login_code_by_phone")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(checks__lte=5), name="a_login_code_is_checked_at_most_five_times")
        ]


class Membership(models.Model):
    """A person works for an organisation in a role. Organisations live in a higher domain, so only their id is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    organisation_id = models.UUIDField()
    organisation_kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation_id"], name="membership_by_organisation")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation_id"],
                condition=models.Q(ended_at=None),
                name="one_current_membership_per_person_and_organisation",
            )
        ]


class Consent(models.Model):
    """A consent given by a person, in the words shown then (个人信息保护法 arts. 13–15, 23); withdrawable."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, choices=ConsentKind.choices)
    scope = models.JSONField(default=dict, help_text="What exactly: recipients' ids and names, the job's id.")
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-given_at"], name="consent_by_user")]
