"""Every write on applications. Each is one transaction: rows, timeline entry, event, audit."""

from jiuye.domains.applications.actions.agency import (
    InterviewDetails,
    OnboardingDetails,
    invite_to_interview,
    notify_onboarding,
    open_resume,
    record_interview_result,
    record_onboarding_result,
    reject,
)
from jiuye.domains.applications.actions.seeker import answer_interview, answer_onboarding, withdraw
from jiuye.domains.applications.actions.submission import submit
from jiuye.domains.applications.actions.system import close_unanswered

__all__ = [
    "InterviewDetails",
    "OnboardingDetails",
    "answer_interview",
    "answer_onboarding",
    "close_unanswered",
    "invite_to_interview",
    "notify_onboarding",
    "open_resume",
    "record_interview_result",
    "record_onboarding_result",
    "reject",
    "submit",
    "withdraw",
]
