"""The second factor of staff (GB/T 22239-2019 §8.1.4.1 d): an authenticator app or a passkey, and recovery codes."""

from typing import ClassVar

from django.db import models

from jiuye.domains.accounts.models.people import User
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id


class Authenticator(models.Model):
    """An authenticator app (RFC 6238). It counts once confirmed by a correct code."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    secret = EncryptedText()
    last_step = models.BigIntegerField(default=0, help_text="Time step of the last code taken: no code counts twice.")
    failures = models.PositiveSmallIntegerField(default=0, help_text="Wrong codes in a row; a right one clears them.")
    failed_at = models.DateTimeField(null=True, help_text="When the last wrong code came: a lock counts from here.")
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(failures__lte=5), name="an_authenticator_locks_after_five_failures"
            )
        ]


class Passkey(models.Model):
    """A WebAuthn credential."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A single-use code for a lost second factor, stored as a keyed digest."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_recovery_code_once_a_person")
        ]
