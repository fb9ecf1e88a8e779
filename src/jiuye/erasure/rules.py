"""What becomes of every table that names a person, when that person's account is erased.

One of three things: the rows go (`DELETED`), they are emptied of the person by a step of `carrying_out` (`EMPTIED`), or they stay
for a reason (`KEPT`) and lead to an account without number and name. A test finds foreign keys to people that stand nowhere here.
"""

DELETED: tuple[tuple[str, str], ...] = (
    # Cases hold consents fast: they go before them.
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
    ("fairs.FairInterest", "person"),
    ("notifications.Notification", "user"),
    ("notifications.TextMessage", "user"),
    ("notifications.NotificationPreference", "user"),
    ("recommendations.RecommendationsOff", "user"),
)
"""(model, its foreign key to the person): the rows are deleted, with all that hangs on them."""

FILES = frozenset({"key", "photo_key"})
"""Columns of the tables in `DELETED` that name a file: it goes with its row."""

EMPTIED: dict[str, str] = {
    "accounts.Membership.user": "ended: who handled applications for an organisation stays countable, as an account without a name",
    "accounts.Consent.user": "those that applications stand on are proof of a lawful disclosure and name nobody; others go",
    "applications.Application.applicant": "the service ledger, three years: without the person's name and words",
    "applications.ResumeSnapshot.user": "content and digest are destroyed; the row holds the ledger together",
    "reviews.ShopReview.author": "deleted with its replies and reports, and the shop's figures are counted anew",
    "reviews.ReviewReport.reporter": "the words go; that a review was reported stays for its decision",
    "reports.Report.reporter": "words and contact go; that a posting was reported stays for its decision",
    "privacy.DataExport.person": "deleted with its file",
    "feedback.Feedback.author": "deleted with its messages and files",
}
"""model.field → what is done."""

KEPT: dict[str, str] = {
    "erasure.ErasureRequest.person": "proof that the erasure was asked for and carried out, and when",
    "jobs.ImportBatch.created_by": "the organisation's record of who brought postings; leads to an account without a name",
    "organisations.Qualification.decided_by": "an operator's decision keeps its place in the chain of duties",
    "feedback.Feedback.assigned_to": "an operator's work, not their data",
    "feedback.FeedbackMessage.operator": "an operator's work, not their data",
    "fairs.FairInterest.checked_in_by": "the work of an agency's staff, not their data",
}
"""model.field → why the rows stay as they are."""
