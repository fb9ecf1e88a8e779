"""Sign-in: codes by text message, QR codes, sessions, and the record of every sign-in."""

from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import BrinIndex
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from jiuye.domains.accounts.models.people import User
from jiuye.domains.accounts.states import CodeDelivery, CodeLane, QrSignInState, SignInMethod
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id


class Session(AbstractBaseSession):
    """A browser's session: Django's own table with columns for its person and for the list of devices.

    `expire_date` moves with use (idle limit), `ends_at` does not (absolute limit).
    """

    handle = models.UUIDField(
        db_default=RandomUUID(), unique=True, help_text="Its name in pages; the key stays secret."
    )
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    method = models.CharField(max_length=10, choices=SignInMethod.choices, blank=True)
    channel_code = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=80, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)


class LoginCode(models.Model):
    """A six-digit code sent to a phone; only its keyed digest is stored. Rules: domains/accounts/policies.py."""

    id = models.UUIDField(primary_key=True, default=new_id)
    purpose = models.CharField(max_length=20)
    phone_index = models.CharField(max_length=64)
    binding = models.CharField(max_length=64, help_text="Digest of the browser session that asked.")
    lane = models.CharField(
        max_length=10, choices=CodeLane.choices, default=CodeLane.STRANGER, db_default=CodeLane.STRANGER
    )
    requester = models.CharField(
        max_length=64, default="", db_default="", help_text="Keyed digest of the proof or the network that is counted."
    )
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


class CodePlace(models.Model):
    """A network's place in the line for a code to one phone, while strangers ask for many."""

    phone_index = models.CharField(max_length=64)
    requester = models.CharField(max_length=64)
    at = models.DateTimeField(help_text="From then on, for half an hour, it gets a code.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phone_index", "requester"], name="a_network_has_one_place_in_the_line")
        ]


class QrSignIn(models.Model):
    """A QR code shown in one browser, to be scanned with the card's app; valid for that browser, once, for at most two minutes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    binding = models.CharField(max_length=64, help_text="Digest of the browser session that shows it.")
    match = models.CharField(max_length=2, help_text="Shown beside the code, asked for on the phone.")
    uri = models.TextField(help_text="What the picture says.")
    reference = EncryptedText()
    nonce = EncryptedText()
    verifier = EncryptedText()
    state = models.CharField(max_length=10, choices=QrSignInState.choices, default=QrSignInState.WAITING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["binding", "-created_at"], name="qr_sign_in_by_browser")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(state="approved"), name="only_an_approved_scan_is_used"
            )
        ]


class SignInRecord(models.Model):
    """A sign-in, or a refusal at the second factor: the person's sign-in history and the figures of channels."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    method = models.CharField(max_length=10, choices=SignInMethod.choices)
    channel_code = models.CharField(max_length=40, blank=True)
    is_new_account = models.BooleanField(default=False)
    device = models.CharField(max_length=80, blank=True)
    ip = models.CharField(max_length=45, blank=True)
    signed_in_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-signed_in_at", "-id"], name="sign_ins_by_person"),
            BrinIndex(fields=["signed_in_at"], name="sign_ins_by_age"),
            # Covers all columns that the figures of channels count, so that they need no table reads.
            models.Index(
                fields=["channel_code", "signed_in_at"], include=["is_new_account"], name="sign_ins_of_channels"
            ),
        ]
