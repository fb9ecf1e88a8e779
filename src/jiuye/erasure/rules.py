"""Erasure rules for every table that references a user.

Rows are deleted (`DELETED`), emptied of personal data by a step of `erase` (`EMPTIED`), or kept for a reason
(`KEPT`); kept rows reference an account without number and name. A test finds foreign keys to users without a rule.
"""

DELETED: tuple[tuple[str, str], ...] = (
    # Delete verification cases first: they have a foreign key to consents.
    ("verification.VerificationCase", "user"),
    ("accounts.RealName", "user"),
    ("accounts.CardIdentity", "user"),
    ("accounts.Authenticator", "user"),
    ("accounts.Passkey", "user"),
    ("accounts.RecoveryCode", "user"),
    ("accounts.Session", "person"),
    ("accounts.SignInRecord", "user"),
    ("resumes.ResumeAccess", "user"),
    ("resumes.Visibility", "user"),
    ("resumes.OrganisationBlock", "user"),
    ("applications.InvitationToApply", "user"),
    ("resumes.Resume", "user"),
    ("jobs.SavedJob", "user"),
    ("jobs.BrowsingRecord", "user"),
    ("jobs.HistoryPause", "user"),
    ("alerts.SavedSearch", "user"),
    ("search.LeaveOutList", "user"),
    ("fairs.FairInterest", "person"),
    ("organisations.MembershipRequest", "person"),
    ("notifications.Notification", "user"),
    ("notifications.TextMessage", "user"),
    ("notifications.NotificationPreference", "user"),
    ("recommendations.RecommendationsOff", "user"),
)
"""(model, its foreign key to the person): the rows are deleted, with all rows that reference them and their files."""

EMPTIED: dict[str, str] = {
    "accounts.Membership.user": "ended: the member who handled an application stays countable, as an account without a name",
    "organisations.MemberInvitation.accepted_by": "deleted, with every other invitation of the person's phone",
    "accounts.Consent.user": "those on which applications are based prove a lawful disclosure and name nobody; others are deleted",
    "applications.Application.applicant": "the service ledger, three years: without the person's name and free text",
    "applications.ResumeSnapshot.user": "content and digest are deleted; the service ledger refers to the row",
    "reviews.ShopReview.author": "deleted with its replies and reports, and the shop's figures are recalculated",
    "reviews.ReviewReport.reporter": "the text is deleted; the report stays for its decision",
    "reports.Report.reporter": "text and contact are deleted; the report stays for its decision",
    "privacy.DataExport.person": "deleted with its file",
    "feedback.Feedback.author": "deleted with its messages and files",
}
"""model.field → what is done."""

KEPT: dict[str, str] = {
    "erasure.ErasureRequest.person": "proof that the erasure was requested and carried out, and when",
    "accounts.RoleChange.person": "who held which operator's role is part of the security record; an account without a name",
    "accounts.RoleChange.requested_by": "who asked for a change of roles is part of the security record",
    "accounts.RoleChange.decided_by": "who confirmed a change of roles is part of the security record",
    "webhooks.Endpoint.created_by": "the organisation's record of who set it up; references an account without a name",
    "jobs.OccupationLabel.chosen_by": "the agency's record of what a title means; references an account without a name",
    "jobs.ImportBatch.created_by": "the organisation's record of who imported postings; references an account without a name",
    "qualifications.Case.opened_by": "the organisation's record of who registered it; references an account without a name",
    "qualifications.Case.claimed_by": "an operator's work, not their data",
    "qualifications.Case.first_by": "who decided is part of the record of the decision",
    "qualifications.Case.decided_by": "who decided is part of the record of the decision",
    "qualifications.Material.uploaded_by": "the organisation's record; the file itself is erased on schedule after the decision",
    "qualifications.Submission.submitted_by": "the organisation's record of who submitted; references an account without a name",
    "qualifications.Decision.operator": "who decided is part of the record of the decision",
    "qualifications.CaseNote.operator": "an operator's work, not their data",
    "organisations.Qualification.decided_by": "who decided is part of the record of the decision",
    "sanctions.Sanction.person": "kept, with its evidence, for three years after its end (网络招聘服务管理规定)",
    "sanctions.Sanction.decided_by": "who decided is part of the record of the decision",
    "sanctions.Sanction.confirmed_by": "who decided is part of the record of the decision",
    "sanctions.Sanction.lifted_by": "who decided is part of the record of the decision",
    "sanctions.Appeal.submitted_by": "the organisation's record of who appealed; texts and files go with the sanction's evidence",
    "sanctions.Appeal.decided_by": "who decided is part of the record of the decision",
    "sanctions.EvidenceFile.uploaded_by": "evidence is kept for three years after the end of its sanction",
    "sanctions.BanEntry.person": "while in force, nobody returns by a new account (人社厅发〔2025〕60号); emptied at its end",
    "organisations.MemberInvitation.invited_by": "the organisation's record of who invited; references an account without a name",
    "organisations.MembershipRequest.decided_by": "the organisation's record of who decided; references an account without a name",
    "clients.ApiClient.created_by": "the agency's record of who registered the client; references an account without a name",
    "applications.ApplicationNote.author": "the agency's record of who wrote about an applicant; deleted when the applicant is erased",
    "feedback.Feedback.assigned_to": "an operator's work, not their data",
    "feedback.FeedbackMessage.operator": "an operator's work, not their data",
    "fairs.FairInterest.checked_in_by": "the work of an agency's staff, not their data",
}
"""model.field → why the rows stay as they are."""
