"""Every write on applications. Each is one transaction: rows, timeline entry, event, audit."""

from jiuye.domains.applications.actions.account_erasure import end_all_of, forget_applicant
from jiuye.domains.applications.actions.closure import (
    Ended,
    EndedOne,
    close_unanswered,
    reject,
    reject_several,
    withdraw,
)
from jiuye.domains.applications.actions.downloads import MOST_IN_BUNDLE, Taken, download_attachment, take_resumes
from jiuye.domains.applications.actions.employers import (
    download_attachment_for_employer,
    download_resume_for_employer,
    open_resume_for_employer,
)
from jiuye.domains.applications.actions.export import export_employer_list, export_inbox
from jiuye.domains.applications.actions.figures import recount_answers
from jiuye.domains.applications.actions.handlers import keep_sent_version
from jiuye.domains.applications.actions.interviews import (
    InterviewDetails,
    answer_interview,
    invite_to_interview,
    record_interview_result,
)
from jiuye.domains.applications.actions.invitations import LONGEST_NOTE as LONGEST_INVITATION_NOTE
from jiuye.domains.applications.actions.invitations import decline_invitation, invite_to_apply, reconsider_invitation
from jiuye.domains.applications.actions.notes import LONGEST_NOTE as LONGEST_APPLICATION_NOTE
from jiuye.domains.applications.actions.notes import add_note, delete_note
from jiuye.domains.applications.actions.nudges import nudge
from jiuye.domains.applications.actions.onboarding import (
    OnboardingDetails,
    answer_onboarding,
    notify_onboarding,
    record_onboarding_result,
)
from jiuye.domains.applications.actions.opinions import give_opinion
from jiuye.domains.applications.actions.outcomes import answer_retention, confirm_outcome, settle_dispute
from jiuye.domains.applications.actions.rescheduling import ask_for_another_time, keep_interview_time
from jiuye.domains.applications.actions.resume_access import (
    LONGEST_CONTACT_NOTE,
    download_resume,
    open_contacts,
    open_resume,
)
from jiuye.domains.applications.actions.retention import forget_removed_attachments
from jiuye.domains.applications.actions.submission import submit

__all__ = [
    "LONGEST_APPLICATION_NOTE",
    "LONGEST_CONTACT_NOTE",
    "LONGEST_INVITATION_NOTE",
    "MOST_IN_BUNDLE",
    "Ended",
    "EndedOne",
    "InterviewDetails",
    "OnboardingDetails",
    "Taken",
    "add_note",
    "answer_interview",
    "answer_onboarding",
    "answer_retention",
    "ask_for_another_time",
    "close_unanswered",
    "confirm_outcome",
    "decline_invitation",
    "delete_note",
    "download_attachment",
    "download_attachment_for_employer",
    "download_resume",
    "download_resume_for_employer",
    "end_all_of",
    "export_employer_list",
    "export_inbox",
    "forget_applicant",
    "forget_removed_attachments",
    "give_opinion",
    "invite_to_apply",
    "invite_to_interview",
    "keep_interview_time",
    "keep_sent_version",
    "notify_onboarding",
    "nudge",
    "open_contacts",
    "open_resume",
    "open_resume_for_employer",
    "reconsider_invitation",
    "record_interview_result",
    "record_onboarding_result",
    "recount_answers",
    "reject",
    "reject_several",
    "settle_dispute",
    "submit",
    "take_resumes",
    "withdraw",
]
