"""Verification cases, one row per request."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.verification.states import ANSWERED, VERIFICATION_LABELS, CheckKind, EndReason
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class VerificationCase(models.Model):
    """One request to the authority about one item, and its answer.

    `subject_id` is the id of the resume's entry; for an identity the person's own. The case without `superseded_at`
    is the item's current one. The ID number is stored only while the case is open (个人信息保护法 art. 19).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=CheckKind.choices)
    subject_id = models.UUIDField()
    consent = models.ForeignKey(Consent, on_delete=models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=VERIFICATION_LABELS, default="pending")
    person = EncryptedText(blank=True, help_text="JSON: name and ID number, while the question is open.")
    claims = EncryptedText(found_by="claims_digest", purpose="verification-claims", help_text="JSON: what is stated.")
    claims_digest = models.CharField(max_length=64, help_text="Tells whether a text is still the one that was checked.")
    asked_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True, help_text="When the authority took the question.")
    polled_at = models.DateTimeField(null=True, help_text="When the answer was last asked for in vain.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often handing over was tried.")
    answered_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=80, blank=True, help_text="The records looked at, in Chinese.")
    expires_at = models.DateTimeField(null=True)
    differences = EncryptedText(blank=True, help_text="JSON: list of name, stated, recorded.")
    end_reason = models.CharField(max_length=12, choices=EndReason.choices, blank=True)
    superseded_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "-asked_at"], name="checks_by_item"),
            models.Index(fields=["user", "-asked_at"], name="checks_by_person"),
            models.Index(
                fields=["asked_at"], name="checks_under_way", condition=Q(state="pending", superseded_at=None)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_id", "kind"],
                condition=Q(superseded_at=None),
                name="one_present_check_per_item",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ANSWERED, answered_at__isnull=False)
                | (~Q(state__in=ANSWERED) & Q(answered_at=None)),
                name="a_check_with_a_result_was_answered",
            ),
            models.CheckConstraint(
                condition=Q(state="verified", expires_at__isnull=False) | (~Q(state="verified") & Q(expires_at=None)),
                name="only_what_is_verified_expires",
            ),
            models.CheckConstraint(
                condition=Q(state="mismatched") | Q(differences=""), name="only_a_mismatch_has_differences"
            ),
            models.CheckConstraint(
                condition=(Q(state="unverified") & ~Q(end_reason="")) | (~Q(state="unverified") & Q(end_reason="")),
                name="a_check_that_ended_unanswered_says_why",
            ),
            models.CheckConstraint(
                condition=Q(person="") | Q(state="pending", superseded_at=None),
                name="only_an_open_check_keeps_the_id_number",
            ),
        ]
