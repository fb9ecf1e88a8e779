"""Sanctions with their evidence, appeals, and the ban list (异常名录).

Texts here name people, so they are encrypted (个人信息保护法 art. 51).
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.sanctions.states import APPEAL_LABELS, SANCTION_LABELS, Level, Subject
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey


class Sanction(models.Model):
    """A sanction on one agency, employer or person. In force while `active`, until the end of `ends_on` (Beijing)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices)
    state = models.CharField(max_length=10, choices=SANCTION_LABELS)
    reason = EncryptedText(help_text="What was wrong, in words for the subject.")
    bases = ArrayField(models.CharField(max_length=30), help_text="Codes of `bases`.")
    evidence = EncryptedText(blank=True, help_text="Summary of the evidence; the subject sees it.")
    step_reason = EncryptedText(blank=True, help_text="Why steps were skipped. For operators.")
    note = EncryptedText(blank=True, help_text="For operators.")
    posting_id = models.UUIDField(null=True, help_text="The posting that gave rise to it, if there is one.")
    with_owners = models.BooleanField(default=False, help_text="A ban that also lists the organisation's owners.")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True, help_text="The last day in force; null: until lifted.")
    closed_at = models.DateTimeField(null=True, help_text="When it was declined, lifted, or ended.")
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lift_reason = EncryptedText(
        blank=True, help_text="Why it was lifted, or not confirmed; the subject sees the former."
    )
    evidence_erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-decided_at", "-id"], name="sanctions_newest_first"),
            models.Index(fields=["agency", "-decided_at"], name="sanctions_of_an_agency"),
            models.Index(fields=["employer", "-decided_at"], name="sanctions_of_an_employer"),
            models.Index(fields=["person", "-decided_at"], name="sanctions_of_a_person"),
            models.Index(fields=["ends_on"], name="sanctions_to_end", condition=Q(state="active")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, employer=None, person=None)
                | Q(agency=None, employer__isnull=False, person=None)
                | Q(agency=None, employer=None, person__isnull=False),
                name="a_sanction_has_one_subject",
            ),
            models.CheckConstraint(
                condition=~Q(level="ban") | Q(state__in=["proposed", "declined"]) | Q(confirmed_by__isnull=False),
                name="a_ban_in_force_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("decided_by")),
                name="a_ban_is_confirmed_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active"], closed_at=None)
                | (~Q(state__in=["proposed", "active"]) & Q(closed_at__isnull=False)),
                name="a_closed_sanction_was_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "declined"]) | Q(starts_at__isnull=False),
                name="a_sanction_in_force_has_begun",
            ),
        ]

    @property
    def kind(self) -> Subject:
        """The kind of its subject."""
        if self.agency_id:
            return Subject.AGENCY
        return Subject.EMPLOYER if self.employer_id else Subject.PERSON

    @property
    def subject_id(self) -> UUID:
        """The id of its subject."""
        found = self.agency_id or self.employer_id or self.person_id
        if found is None:
            raise ValueError("a sanction without a subject")
        return found


class Appeal(models.Model):
    """An appeal (申诉) of the subject. Decided by an operator who neither imposed nor confirmed the sanction."""

    id = models.UUIDField(primary_key=True, default=new_id)
    sanction = models.ForeignKey(Sanction, on_delete=models.CASCADE, related_name="appeals")
    state = models.CharField(max_length=10, choices=APPEAL_LABELS, default="open")
    text = EncryptedText()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    due_on = models.DateField(help_text="The last day for the answer.")
    answer = EncryptedText(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["submitted_at", "id"], name="appeals_waiting", condition=Q(state="open"))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sanction"], condition=Q(state="open"), name="one_open_appeal_per_sanction"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="an_answered_appeal_was_decided_at_a_time",
            ),
        ]


class EvidenceFile(models.Model):
    """A file of a sanction (from the operator) or of an appeal (from the subject), sealed in the storage."""

    id = models.UUIDField(primary_key=True, default=new_id)
    sanction = models.ForeignKey(Sanction, on_delete=models.CASCADE, related_name="files")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, null=True, related_name="files")
    key = SealedFileKey()
    name = EncryptedText(help_text="As its sender named it, at most 120 characters.")
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text="Bytes.")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sanction", "uploaded_at"], name="files_of_a_sanction")]


class BanEntry(models.Model):
    """An entry of the ban list: a credit code that cannot register again, or a person who cannot.

    `phone` and `id_number` are emptied when the entry ends; until then they outlive the person's account, because 人社厅发
    〔2025〕60号 forbids coming back by a new one.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    sanction = models.ForeignKey(Sanction, on_delete=models.CASCADE, related_name="entries")
    credit_code = models.CharField(max_length=18, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    phone = EncryptedText(blank=True, found_by="phone_index", purpose="phone")
    phone_index = models.CharField(max_length=64, null=True)
    id_number = EncryptedText(blank=True, found_by="id_number_index", purpose="id-number")
    id_number_index = models.CharField(max_length=64, null=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["credit_code"], name="bans_by_credit_code", condition=Q(ended_at=None)),
            models.Index(fields=["phone_index"], name="bans_by_phone", condition=Q(ended_at=None)),
            models.Index(fields=["id_number_index"], name="bans_by_id_number", condition=Q(ended_at=None)),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(phone="", id_number=""), name="an_ended_entry_names_nobody"
            )
        ]
