"""Audit cases: items and materials as submitted, machine checks, decisions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Qualification
from jiuye.domains.qualifications.states import (
    CASE_LABELS,
    CasePurpose,
    CheckResult,
    DecisionStep,
    ItemKind,
    MaterialState,
    Verdict,
)
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey

OPEN_STATES = ("draft", "submitted", "second_look", "returned")


class Case(models.Model):
    """One round of a qualification, from draft to decision. A renewal or a complaint opens a new case; the old one stays
    as decided. `version` counts every change, so that a decision made on a stale page is refused.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="cases")
    organisation_id = models.UUIDField()
    applicant = models.CharField(max_length=10, help_text="market, public or employer: see `requirements.Applicant`.")
    purpose = models.CharField(max_length=10, choices=CasePurpose.choices)
    state = models.CharField(max_length=12, choices=CASE_LABELS, default="draft")
    version = models.PositiveIntegerField(default=1)
    submissions = models.PositiveSmallIntegerField(default=0, help_text="How often it was submitted.")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text="Target: two working days after submission.")
    claimed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    first_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="Said to the organisation with the last decision.")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["submitted_at", "id"], name="cases_waiting", condition=Q(state__in=["submitted", "second_look"])
            ),
            models.Index(fields=["organisation_id", "-opened_at"], name="cases_by_organisation"),
            models.Index(fields=["decided_at"], name="cases_decided", condition=Q(decided_at__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["qualification"],
                condition=Q(state__in=OPEN_STATES) & ~Q(purpose="complaint"),
                name="one_open_case_per_qualification",
            ),
            models.CheckConstraint(
                condition=Q(first_by=None)
                | Q(decided_by=None)
                | ~Q(state="approved")
                | ~Q(first_by=models.F("decided_by")),
                name="the_second_look_is_another_persons",
            ),
        ]


class Item(models.Model):
    """One item of a case: how it is proved, the facts typed for it, and the verdict on it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=24, choices=ItemKind.choices)
    way = models.CharField(max_length=12, help_text="Code of `requirements.Way`.")
    facts = EncryptedText(blank=True, help_text="JSON: field → value; dates as ISO 8601.")
    is_complete = models.BooleanField(default=False, help_text="Nothing is missing: it could be submitted.")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default="pending")
    reason_code = models.CharField(max_length=40, blank=True, help_text="A canned reason; see `reasons`.")
    reason = models.CharField(max_length=500, blank=True, help_text="Said beside the item.")
    updated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(
        null=True, help_text="In a renewal: when the organisation confirmed that it still is as approved before."
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "kind"], name="one_item_of_a_kind_per_case")]


class Material(models.Model):
    """A file of an item, sealed in the storage. Opened by the worker; erased on schedule after the decision."""

    id = models.UUIDField(primary_key=True, default=new_id)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="materials")
    state = models.CharField(max_length=10, choices=MaterialState.choices, default="checking")
    problem = models.CharField(max_length=300, blank=True, help_text="Why it cannot be used and what to send instead.")
    key = SealedFileKey(blank=True, help_text="In the file storage; empty once erased.")
    page_keys = models.JSONField(default=list, help_text="Storage keys of the pages as pictures.")
    name = EncryptedText(help_text="As its owner named it, at most 120 characters.")
    format = models.CharField(max_length=8, blank=True)
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file as sent, keyed.")
    findings = EncryptedText(blank=True, help_text="JSON: words suggested for the form, and the seals' reports.")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["item", "uploaded_at"], name="materials_of_an_item")]


class Submission(models.Model):
    """What was submitted, frozen: the base of the difference shown at the next one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="submitted")
    number = models.PositiveSmallIntegerField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    content = EncryptedText(help_text="JSON: item kind → way, facts, digests of files.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_submission_per_number")]


class MachineCheck(models.Model):
    """The result of one machine check, shown to both sides. `item` is empty for checks of the whole case."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checks")
    item = models.CharField(max_length=24, choices=ItemKind.choices, blank=True)
    code = models.CharField(max_length=40, help_text="See `machine_checks`.")
    result = models.CharField(max_length=12, choices=CheckResult.choices)
    text = models.CharField(max_length=500, help_text="In Chinese, for both sides.")
    detail = EncryptedText(blank=True, help_text="JSON: the register's answer, stated against recorded.")
    checked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["checked_at"], name="checks_to_repeat", condition=Q(result__in=["waiting", "away"]))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "item", "code"], name="one_check_of_a_kind_per_item")
        ]


class Decision(models.Model):
    """One decision of an operator on a case. Append-only history."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    submission = models.PositiveSmallIntegerField(help_text="The number of the submission decided on.")
    step = models.CharField(max_length=8, choices=DecisionStep.choices)
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    verdicts = models.JSONField(default=dict, help_text="Item kind → {verdict, reason_code, reason}.")
    reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "decided_at"], name="decisions_of_a_case")]


class CaseNote(models.Model):
    """A note among operators; the organisation never sees it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.CharField(max_length=1000)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "written_at"], name="notes_of_a_case")]


class ExpiryNotice(models.Model):
    """That an organisation was told of the end of its qualification `days` before `expires_on`: once for each of both."""

    id = models.UUIDField(primary_key=True, default=new_id)
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="+")
    expires_on = models.DateField()
    days = models.PositiveSmallIntegerField(help_text="0: it has expired.")
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["qualification", "expires_on", "days"], name="one_notice_per_expiry_and_day"
            )
        ]
