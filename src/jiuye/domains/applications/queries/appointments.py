"""Interviews and first days at work for pages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.applications.models import InterviewInvitation, OnboardingNotice
from jiuye.domains.applications.policies import waits_for_a_time
from jiuye.domains.applications.states import InterviewMode, InvitationState, NoticeState

INTERVIEW_RESULTS = {"passed": "面试通过", "failed": "面试未通过"}
ONBOARDING_RESULTS = {"onboarded": "已入职", "no_show": "未入职"}


@dataclass(frozen=True)
class InvitationView:
    """An interview invitation. `state_label` names the result once there is one."""

    id: UUID
    mode: str
    mode_label: str
    starts_at: datetime
    place: str
    route: str
    link: str
    contact_name: str
    contact_phone: str
    note: str
    answer_by: datetime
    state: str
    state_label: str
    answer_note: str
    asked_at: datetime | None
    ask_reason: str
    ask_times: tuple[datetime, ...]
    kept_at: datetime | None
    waits_for_a_time: bool
    result: str
    result_note: str
    created_at: datetime


@dataclass(frozen=True)
class NoticeView:
    """An onboarding notice. `state_label` names the result once there is one."""

    id: UUID
    report_at: datetime
    place: str
    documents: str
    pay_text: str
    contact_name: str
    contact_phone: str
    note: str
    answer_by: datetime
    state: str
    state_label: str
    answer_note: str
    result: str
    result_note: str
    seeker_result: str
    created_at: datetime


def invitation_view(row: InterviewInvitation) -> InvitationView:
    """Return the view of an invitation row."""
    return InvitationView(
        id=row.id,
        mode=row.mode,
        mode_label=str(InterviewMode(row.mode).label),
        starts_at=row.starts_at,
        place=row.place,
        route=row.route,
        link=row.link,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        note=row.note,
        answer_by=row.answer_by,
        state=row.state,
        state_label=INTERVIEW_RESULTS.get(row.result) or str(InvitationState(row.state).label),
        answer_note=row.answer_note,
        asked_at=row.asked_at,
        ask_reason=row.ask_reason,
        ask_times=tuple(datetime.fromisoformat(time) for time in row.ask_times),
        kept_at=row.kept_at,
        waits_for_a_time=waits_for_a_time(row),
        result=row.result,
        result_note=row.result_note,
        created_at=row.created_at,
    )


def notice_view(row: OnboardingNotice) -> NoticeView:
    """Return the view of a notice row."""
    return NoticeView(
        id=row.id,
        report_at=row.report_at,
        place=row.place,
        documents=row.documents,
        pay_text=row.pay_text,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        note=row.note,
        answer_by=row.answer_by,
        state=row.state,
        state_label=ONBOARDING_RESULTS.get(row.result) or str(NoticeState(row.state).label),
        answer_note=row.answer_note,
        result=row.result,
        result_note=row.result_note,
        seeker_result=row.seeker_result,
        created_at=row.created_at,
    )
