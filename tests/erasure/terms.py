"""How long each table keeps its rows (docs/data-protection.md, "Retention"): a term that is tried, or a reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from jiuye.changes import repair
from jiuye.domains.accounts.actions import retention as accounts
from jiuye.domains.clients.actions import retention as clients
from jiuye.domains.jobs.actions import retention as jobs
from jiuye.domains.organisations.actions import retention as organisations
from jiuye.domains.resumes.actions import reading, versions
from jiuye.kernel import events
from jiuye.notifications import retention as notifications
from jiuye.webhooks import schedule

NOTHING = timedelta()


@dataclass(frozen=True)
class Term:
    """Rows of `model` go `kept` after the time in `since`, or lose what is in `empties`. `by`: the task that does it.

    `line`: the first words of its line in the document. `where`: what else such a row has.
    """

    line: str
    model: str
    since: str
    kept: timedelta
    by: str = "sweep"
    where: Mapping[str, Any] = field(default_factory=dict)
    empties: str = ""

    @property
    def name(self) -> str:
        return f"{self.model}.{self.since}"


TERMS = (
    Term("answers to forms", "kernel.AnsweredForm", "expires_at", NOTHING),
    Term("rate counters", "kernel.RateCounter", "expires_at", NOTHING),
    Term("rate counters", "kernel.TokenBucket", "at", timedelta(days=1)),
    Term("answers to programs", "kernel.StoredAnswer", "expires_at", NOTHING),
    Term("login codes", "accounts.LoginCode", "created_at", accounts.CODES_KEPT),
    Term("places in the line", "accounts.CodePlace", "at", accounts.PLACES_KEPT),
    Term("QR sign-ins", "accounts.QrSignIn", "expires_at", accounts.SCANS_KEPT),
    Term("input of a form", "accounts.KeptInput", "expires_at", NOTHING),
    Term("sessions", "accounts.Session", "expire_date", NOTHING),
    Term("sign-in history", "accounts.SignInRecord", "signed_in_at", accounts.SIGN_INS_KEPT),
    Term("resume versions", "resumes.ResumeVersion", "made_at", versions.KEPT_FOR),
    Term("uploaded resumes", "resumes.ResumeFile", "uploaded_at", reading.FILE_KEPT, "forget_resume_files"),
    Term(
        "copies of a person's data",
        "privacy.DataExport",
        "expires_at",
        NOTHING,
        "sweep_exports",
        where={"state": "ready", "ready_at": datetime(2026, 1, 1, tzinfo=UTC), "key": "exports/some"},
    ),
    Term("invitations of members", "organisations.MemberInvitation", "expires_at", organisations.KEPT),
    Term(
        "invitations of members",
        "organisations.MembershipRequest",
        "closed_at",
        organisations.KEPT,
        where={"state": "withdrawn"},
    ),
    Term("webhooks", "webhooks.Message", "created_at", schedule.KEPT, "sweep_webhooks"),
    Term("webhooks", "webhooks.Replay", "created_at", schedule.KEPT, "sweep_webhooks"),
    Term("access tokens", "clients.AccessToken", "expires_at", NOTHING),
    Term("numbers of API requests", "clients.UsageCount", "day", clients._USAGE_KEPT),
    Term("browsing history", "jobs.BrowsingRecord", "viewed_at", jobs.VIEWS_KEPT),
    Term(
        "rows, samples and error workbooks",
        "jobs.ImportBatch",
        "finished_at",
        jobs.SHEETS_KEPT,
        where={"state": "done", "sample": [[2, ["焊工"], ""]]},
        empties="sample",
    ),
    Term("notifications", "notifications.Notification", "created_at", notifications.MESSAGES_KEPT),
    Term("notifications", "notifications.Notification", "deleted_at", notifications.DELETED_KEPT),
    Term(
        "parameters of text messages",
        "notifications.TextMessage",
        "created_at",
        notifications.PARAMETERS_KEPT,
        where={"params": {"title": "焊工"}},
        empties="params",
    ),
    Term("events and their deliveries", "kernel.EventRecord", "occurred_at", events.KEPT),
    Term(
        "tombstones",
        "changes.FeedItem",
        "written_at",
        repair.KEPT,
        "compare_feed",
        where={"change": "tombstone", "reason": "withdrawn", "body": ""},
    ),
)

SHOWN = {
    "former versions": (
        "tests/kernel/test_history.py",
        "test_after_three_years_it_is_forgotten",
    ),
    "jobs, with": (
        "tests/erasure/test_retention_everywhere.py",
        "test_jobs_with_messages_are_deleted_a_week_or_a_month_after_they_ended",
    ),
    "an ID number": (
        "tests/domains/verification/test_answers.py",
        "test_the_id_number_is_kept_only_while_the_question_is_open",
    ),
    "photos and attachments": (
        "tests/portals/seeker/test_resume_photo.py",
        "test_then_it_leaves_the_storage_too",
    ),
    "files without a row": (
        "tests/kernel/test_sealed_files.py",
        "test_are_deleted_after_a_day",
    ),
    "pictures of the person": (
        "tests/domains/qualifications/test_retention.py",
        "test_a_picture_of_the_handler_is_erased_a_month_after_the_decision_and_the_rest_stays",
    ),
    "materials of a qualification": (
        "tests/domains/qualifications/test_retention.py",
        "test_a_case_that_is_left_unfinished_loses_its_files_after_three_months",
    ),
    "registrations": (
        "tests/domains/qualifications/test_retention.py",
        "test_a_draft_that_is_never_submitted_frees_its_code_after_thirty_days",
    ),
    "other materials": (
        "tests/domains/qualifications/test_retention.py",
        "test_other_materials_are_erased_a_month_after_another_case_took_their_place",
    ),
    "texts and files of sanctions": (
        "tests/domains/sanctions/test_imposing.py",
        "test_evidence_is_sealed_and_forgotten_three_years_after_the_end",
    ),
    "snapshots": (
        "tests/changes/test_snapshots.py",
        "test_old_snapshots_and_their_files_are_deleted",
    ),
    "sheets that nobody imports": (
        "tests/domains/jobs/imports/test_retention.py",
        "test_a_sheet_that_nobody_imports_is_deleted_after_thirty_days",
    ),
}
"""Lines of the document whose rows need more than one table: the test that lets their time pass."""

ENDLESS = ("audit log", "anchors of the audit log")
"""Lines of the document that say that nothing deletes them."""

WITH_THEIR_OWNER = "goes with the row that it belongs to"
LEDGER = "the service ledger, at least three years (网络招聘服务管理规定, 人力资源市场暂行条例 art. 33); names and texts go with an erasure"
OF_ORGANISATIONS = "what an organisation says about itself, as long as it is on the platform"
OF_PEOPLE = "as long as the account: its owner changes and deletes it; an erasure deletes it"
OF_THE_PLATFORM = "the platform's own record"
SHOWN_ELSEWHERE = "has a term: `SHOWN`; only triggers write it"
REFERENCE = "published data"
TECHNICAL = "marks of the machinery: one row a task or object, no data of people"

WITHOUT_TERM: Mapping[str, tuple[str, ...]] = {
    WITH_THEIR_OWNER: (
        "applications.ApplicationEvent", "applications.EmployerOpinion", "applications.InterviewInvitation",
        "applications.OnboardingNotice", "applications.RetentionAnswer", "applications.SentAttachment",
        "applications.ApplicationNote", "alerts.Finding", "clients.ClientCredential", "clients.TestWorld",
        "fairs.FairParticipation", "feedback.FeedbackFile", "feedback.FeedbackMessage", "jobs.FoundAgain", "jobs.ImportNote",
        "jobs.ImportRejection", "kernel.EventDelivery", "organisations.ShopPicture", "policies.PolicyFile",
        "qualifications.CaseNote", "qualifications.Decision", "qualifications.ExpiryNotice", "qualifications.Item",
        "qualifications.MachineCheck", "qualifications.Material", "qualifications.Submission", "resumes.Attachment",
        "resumes.Certificate", "resumes.Education", "resumes.Employment", "resumes.Intention", "resumes.Project",
        "resumes.Skill", "sanctions.Appeal", "sanctions.EvidenceFile", "webhooks.Attempt", "webhooks.EndpointSecret",
        "accounts.ChannelKey", "kernel.SealedFile",
    ),
    LEDGER: (
        "applications.Application", "applications.InvitationToApply", "applications.ResumeSnapshot", "fairs.FairInterest",
        "fairs.JobFair", "jobs.JobPosting", "jobs.PostingWish", "reports.Report", "reviews.ReviewReport",
        "sanctions.Sanction", "sanctions.BanEntry", "qualifications.Case", "organisations.Qualification",
    ),
    OF_ORGANISATIONS: (
        "clients.ApiClient", "jobs.ImportMapping", "jobs.OccupationLabel", "organisations.Affiliation",
        "organisations.Agency", "organisations.Employer", "organisations.MergedEmployer", "organisations.Shop",
        "webhooks.Endpoint",
    ),
    OF_PEOPLE: (
        "accounts.Authenticator", "accounts.CardIdentity", "accounts.Consent", "accounts.Membership", "accounts.Passkey",
        "accounts.RealName", "accounts.RecoveryCode", "accounts.User", "alerts.SavedSearch", "feedback.Feedback",
        "jobs.HistoryPause", "jobs.SavedJob", "notifications.NotificationPreference", "recommendations.RecommendationsOff",
        "resumes.OrganisationBlock", "resumes.Resume", "resumes.ResumeAccess", "resumes.Visibility", "reviews.ShopReview",
        "search.LeaveOutList", "verification.VerificationCase",
    ),
    OF_THE_PLATFORM: (
        "accounts.Channel", "accounts.ChannelVisit", "accounts.ClosedPortal", "accounts.RoleChange",
        "erasure.ErasureRequest", "kernel.AuditEntry", "kernel.AuditSeal", "policies.Policy",
    ),
    REFERENCE: ("reference.Region", "reference.Occupation", "reference.Industry"),
    SHOWN_ELSEWHERE: ("kernel.RowVersion",),
    TECHNICAL: (
        "alerts.MatchingMark", "changes.FeedMark", "changes.PendingItem", "changes.Snapshot", "kernel.KeyRotation",
        "kernel.WorkerPulse", "runtime.Milestone", "search.IndexMark", "search.PendingChange", "webhooks.SigningKey",
    ),
}  # fmt: skip
