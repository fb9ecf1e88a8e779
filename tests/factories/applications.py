"""Applications in every state, each brought there by the people whose turn it is."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from jiuye.domains.applications import actions
from jiuye.domains.applications.actions import InterviewDetails, OnboardingDetails
from jiuye.domains.applications.models import InterviewInvitation
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories.cast import Cast

Step = Callable[[Cast, UUID], object]


def interview(**changes: Any) -> InterviewDetails:
    """An interview on site in three days, to be answered by tomorrow."""
    values = {
        "mode": "onsite",
        "starts_at": clock.now() + timedelta(days=3),
        "answer_by": clock.now() + timedelta(days=1),
        "contact_name": "周经办",
        "contact_phone": "028-00000000",
        "place": "示范路1号2楼",
        "note": "请带身份证。",
    }
    return InterviewDetails(**{**values, **changes})


def first_day(**changes: Any) -> OnboardingDetails:
    """A first day at work in a week, to be answered within two days."""
    values = {
        "report_at": clock.now() + timedelta(days=7),
        "answer_by": clock.now() + timedelta(days=2),
        "place": "示范路18号",
        "contact_name": "周经办",
        "contact_phone": "028-00000000",
        "documents": "身份证原件",
        "pay_text": "6000 元/月",
    }
    return OnboardingDetails(**{**values, **changes})


def standing_invitation(application_id: UUID) -> UUID:
    """The latest invitation of an application; a made-up id when there is none."""
    found = InterviewInvitation.objects.filter(application_id=application_id).order_by("-created_at", "-id").first()
    return found.id if found else new_id()


# Each thing a person can do, the way a test says it.
STEPS: dict[str, Callable[[Actor, UUID], object]] = {
    "view": lambda actor, application: actions.open_resume(actor, application_id=application),
    "invite": lambda actor, application: actions.invite_to_interview(
        actor, application_id=application, details=interview()
    ),
    "accept_interview": lambda actor, application: actions.answer_interview(
        actor, application_id=application, invitation_id=standing_invitation(application), accept=True
    ),
    "decline_interview": lambda actor, application: actions.answer_interview(
        actor, application_id=application, invitation_id=standing_invitation(application), accept=False
    ),
    "pass_interview": lambda actor, application: actions.record_interview_result(
        actor, application_id=application, passed=True
    ),
    "fail_interview": lambda actor, application: actions.record_interview_result(
        actor, application_id=application, passed=False
    ),
    "notify_onboarding": lambda actor, application: actions.notify_onboarding(
        actor, application_id=application, details=first_day()
    ),
    "accept_onboarding": lambda actor, application: actions.answer_onboarding(
        actor, application_id=application, accept=True
    ),
    "decline_onboarding": lambda actor, application: actions.answer_onboarding(
        actor, application_id=application, accept=False
    ),
    "record_onboarded": lambda actor, application: actions.record_onboarding_result(
        actor, application_id=application, onboarded=True
    ),
    "record_no_show": lambda actor, application: actions.record_onboarding_result(
        actor, application_id=application, onboarded=False
    ),
    "reject": lambda actor, application: actions.reject(actor, application_id=application, reason="skills"),
    "withdraw": lambda actor, application: actions.withdraw(actor, application_id=application),
}
SEEKERS = frozenset({"accept_interview", "decline_interview", "accept_onboarding", "decline_onboarding", "withdraw"})

_MET = ["view", "invite", "accept_interview"]
_HIRED = [*_MET, "pass_interview", "notify_onboarding"]
PATHS: dict[str, list[str]] = {
    "submitted": [],
    "viewed": ["view"],
    "interview_invited": ["view", "invite"],
    "interview_accepted": _MET,
    "interview_declined": ["view", "invite", "decline_interview"],
    "interview_passed": [*_MET, "pass_interview"],
    "interview_failed": [*_MET, "fail_interview"],
    "onboarding_notified": _HIRED,
    "onboarding_accepted": [*_HIRED, "accept_onboarding"],
    "onboarding_declined": [*_HIRED, "decline_onboarding"],
    "onboarded": [*_HIRED, "accept_onboarding", "record_onboarded"],
    "no_show": [*_HIRED, "accept_onboarding", "record_no_show"],
    "rejected": ["view", "reject"],
    "withdrawn": ["withdraw"],
}


def apply(actor: Actor, posting: JobPosting, key: str = "", *, unblock: bool = False) -> UUID:
    """Apply with every consent given."""
    return actions.submit(
        actor,
        posting_id=posting.id,
        idempotency_key=key or new_id().hex,
        consented_to=[posting.agency_id, posting.employer_id or posting.agency_id],
        unblock=unblock,
    )


def in_state(cast: Cast, state: str, posting: JobPosting | None = None) -> UUID:
    """Lin's application, brought to `state` by Lin and Zhou."""
    application = apply(cast.lin, posting or cast.posting)
    for verb in PATHS[state]:
        STEPS[verb](cast.lin if verb in SEEKERS else cast.zhou, application)
    return application


def ask_for_another_time(cast: Cast, application: UUID, *times: datetime) -> None:
    """Lin asks to move the interview that stands."""
    actions.ask_for_another_time(
        cast.lin,
        application_id=application,
        invitation_id=standing_invitation(application),
        reason="当天已有安排",
        times=times,
    )


_WATCHED = (
    "applications_application",
    "applications_applicationevent",
    "applications_interviewinvitation",
    "applications_onboardingnotice",
    "applications_resumesnapshot",
    "accounts_consent",
    "accounts_user",
    "resumes_intention",
    "resumes_organisationblock",
    "resumes_resume",
    "resumes_resumeaccess",
    "resumes_resumeversion",
    "kernel_event",
    "kernel_audit",
    "procrastinate_jobs",
)


def everything_written() -> dict[str, list[str]]:
    """Every row that an action on applications could write, as text: equal before and after when nothing changed."""
    found = {}
    with connection.cursor() as cursor:
        for table in _WATCHED:
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} AS t ORDER BY 1")  # noqa: S608
            found[table] = [row[0] for row in cursor.fetchall()]
    return found
