"""Applications, resume snapshots, timeline, interviews and onboarding."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.applications.states import (
    APPLICATION_LABELS,
    CLOSED,
    OPEN,
    InterviewMode,
    InvitationState,
    NoticeState,
    Outcome,
    RejectionReason,
    Verdict,
)
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.resumes.models import Attachment
from jiuye.kernel.crypto import EncryptedText
from jiuye.kernel.crypto.formerly import Formerly
from jiuye.kernel.ids import new_id
from jiuye.kernel.worlds import TestClientField, WorldManager


class ResumeSnapshot(models.Model):
    """The resume as it was sent. Immutable: a trigger refuses updates. `content` is encrypted JSON."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    content = EncryptedText()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    created_at = models.DateTimeField()


class Application(models.Model):
    """One person's application to one posting (投递); at most one open at a time."""

    id = models.UUIDField(primary_key=True, default=new_id)
    posting = models.ForeignKey(JobPosting, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(ResumeSnapshot, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=APPLICATION_LABELS, default="submitted")
    applicant_name = EncryptedText(blank=True)
    title = models.CharField(max_length=80, help_text="The posting's title when applied to.")
    idempotency_key = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    first_handled_at = models.DateTimeField(null=True, help_text="When the agency first answered beyond looking.")
    nudged_at = models.DateTimeField(null=True, help_text="When the seeker reminded the agency; once.")
    respond_by = models.DateTimeField(null=True, help_text="By when the party whose turn it is should act.")
    rejection_reason = models.CharField(max_length=12, choices=RejectionReason.choices, blank=True)
    rejection_note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "state", "-submitted_at", "-id"],
                include=["test_client_id"],
                name="application_inbox_by_state",
            ),
            models.Index(fields=["agency", "-submitted_at", "-id"], name="application_inbox"),
            models.Index(fields=["applicant", "-submitted_at", "-id"], name="application_by_applicant"),
            models.Index(fields=["posting", "state"], include=["test_client_id"], name="application_by_posting"),
            models.Index(fields=["employer", "state"], include=["test_client_id"], name="application_by_employer"),
            models.Index(fields=["respond_by"], name="application_by_deadline", condition=Q(respond_by__isnull=False)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["applicant", "posting"],
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_application_per_person_and_posting",
            ),
            models.UniqueConstraint(fields=["applicant", "idempotency_key"], name="an_application_key_is_used_once"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(rejection_reason=""), name="a_rejected_application_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), respond_by__isnull=False)
                | Q(state__in=sorted(CLOSED), respond_by__isnull=True),
                name="an_application_has_a_deadline_until_it_ends",
            ),
        ]


class SentAttachment(models.Model):
    """An attachment that was sent with an application; the file is kept while the application is open to its receivers.

    The file's name at that time is part of the resume snapshot.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "attachment"], name="an_application_carries_an_attachment_once"
            )
        ]


class ApplicationEvent(models.Model):
    """One transition: who, when, note. The seeker's timeline consists of these rows only."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=APPLICATION_LABELS)
    party = models.CharField(max_length=10, help_text="seeker, agency, employer or system.")
    actor_person_id = models.UUIDField(null=True)
    actor_organisation_id = models.UUIDField(null=True)
    actor_client_id = models.UUIDField(null=True, help_text="The API client through which it was done (经接口).")
    actor_client_name = models.CharField(
        max_length=60, blank=True, default="", db_default="", help_text="The client's name at that time."
    )
    note = models.CharField(max_length=500, blank=True)
    detail = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["application", "occurred_at"], name="application_event_in_order")]


class WithContact(Formerly):
    """Whom to ask for, encrypted: often a person's own phone."""

    contact_name = EncryptedText(null=True, db_column="sealed_contact_name", formerly="clear_contact_name")
    contact_phone = EncryptedText(null=True, db_column="sealed_contact_phone", formerly="clear_contact_phone")
    clear_contact_name = models.CharField(
        max_length=40, blank=True, default="", db_default="", db_column="contact_name"
    )
    clear_contact_phone = models.CharField(
        max_length=30, blank=True, default="", db_default="", db_column="contact_phone"
    )

    class Meta:
        abstract = True


class InterviewInvitation(WithContact):
    """An invitation (邀约面试); a new one supersedes the one before it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=8, choices=InterviewMode.choices)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=300, blank=True, default="", db_default="", help_text="How to get there.")
    link = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answer_by = models.DateTimeField()
    invited_by = models.UUIDField(null=True, help_text="The member of staff who sent it.")
    state = models.CharField(max_length=12, choices=InvitationState.choices, default="pending")
    answer_note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, help_text="When the seeker asked for another time.")
    ask_reason = models.CharField(max_length=200, blank=True, default="", db_default="")
    ask_times = models.JSONField(default=list, db_default=[], help_text="Up to 3 proposed times, ISO 8601.")
    kept_at = models.DateTimeField(null=True, help_text="When the agency answered that the time stays.")
    result = models.CharField(max_length=8, choices=[("passed", "通过"), ("failed", "未通过")], blank=True)
    result_note = models.CharField(max_length=300, blank=True)
    result_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["application", "-created_at"], name="invitation_by_application"),
            models.Index(
                fields=["starts_at"], name="invitation_standing_by_time", condition=Q(state__in=["pending", "accepted"])
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["pending", "accepted"]),
                name="one_standing_invitation_per_application",
            ),
            models.CheckConstraint(condition=~Q(mode="onsite") | ~Q(place=""), name="an_onsite_interview_has_a_place"),
            models.CheckConstraint(condition=~Q(mode="online") | ~Q(link=""), name="an_online_interview_has_a_link"),
        ]


class OnboardingNotice(WithContact):
    """入职邀约: when and where to report, what to bring; the answer and the result."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="+")
    report_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    documents = models.CharField(max_length=300, blank=True)
    pay_text = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answer_by = models.DateTimeField()
    state = models.CharField(max_length=10, choices=NoticeState.choices, default="pending")
    answer_note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    result_note = models.CharField(max_length=300, blank=True)
    result_at = models.DateTimeField(null=True)
    seeker_result = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="", db_default="")
    seeker_result_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(null=True, help_text="When an operator settled two sides that disagree.")
    follow_up_note = models.CharField(max_length=300, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["seeker_result_at", "id"],
                name="onboarding_in_dispute",
                condition=Q(followed_up_at=None) & ~Q(seeker_result="") & ~Q(seeker_result=models.F("result")),
            ),
            models.Index(fields=["report_at"], name="onboarding_by_first_day"),
        ]


class RetentionAnswer(models.Model):
    """The seeker's answer whether they still work there 30 or 90 days after the first day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField(help_text="30 or 90.")
    is_there = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "days"], name="retention_is_answered_once_a_time"),
            models.CheckConstraint(condition=Q(days__in=[30, 90]), name="retention_is_asked_after_30_and_90_days"),
        ]


class EmployerOpinion(models.Model):
    """What an employer thinks of an applicant (合适/不合适/备注), for the agency; the latest counts. Not for the applicant."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    note = models.CharField(max_length=300, blank=True)
    given_by = models.UUIDField(help_text="The member of the employer's staff.")
    given_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["application", "-given_at", "-id"], name="opinion_by_application")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(verdict=""), name="an_opinion_has_a_verdict"),
        ]


class ApplicationNote(models.Model):
    """A note among the members of the agency. Neither the applicant nor the employer sees it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    client_name = models.CharField(
        max_length=60, blank=True, default="", db_default="", help_text="The API client through which it was written."
    )
    text = EncryptedText()
    written_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["application", "-written_at", "-id"], name="note_by_application")]


class InvitationToApply(models.Model):
    """An agency that found a resume asks its owner to apply to one of its postings (邀请投递). It discloses nothing."""

    id = models.UUIDField(primary_key=True, default=new_id)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    posting = models.ForeignKey(JobPosting, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    invited_by = models.UUIDField(help_text="The member of staff who sent it.")
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True, help_text="When the person said that they are not interested.")
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["user", "-created_at", "-id"], name="invitation_to_apply_by_person"),
            models.Index(fields=["agency", "user"], name="invitation_to_apply_by_agency"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "posting"], name="a_person_is_invited_to_a_posting_once")
        ]
