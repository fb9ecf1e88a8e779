"""What the API tells of applications, interviews and onboarding."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jiuye.domains.applications.queries import OBSTACLES
from jiuye.domains.applications.states import (
    APPLICATION,
    APPLICATION_LABELS,
    REMARKS,
    InterviewMode,
    InvitationState,
    NoticeState,
    Outcome,
    RejectionReason,
    Verdict,
)


def told(codes: Any) -> str:
    """Return codes with their names for a description."""
    pairs = codes.items() if isinstance(codes, dict) else codes
    return "、".join(f"{code} {label}" for code, label in pairs)


STATES = told(APPLICATION_LABELS)
VERBS = told(
    {row.name: row.label for row in APPLICATION.rows.values() if "agency" in row.by}
    | {verb: label for verb, (party, _, label) in REMARKS.items() if party == "agency"}
)


class Party(Schema):
    """Something with its id and name."""

    id: UUID
    name: str


class JobOfApplication(Schema):
    """The posting, with its title when it was applied to."""

    id: UUID
    title: str
    external_id: str = Field(description="本机构自己的编号；没有时为空。")


class ApplicationItem(Schema):
    """An application in a list."""

    id: UUID
    state: str = Field(description=STATES)
    state_name: str
    submitted_at: datetime
    state_changed_at: datetime
    respond_by: datetime | None = Field(description="下一步的期限；已结束时为 null。")
    next_step: str
    is_late: bool
    job: JobOfApplication
    employer: Party
    applicant: str = Field(description="隐去名字的姓名；求职者撤回后为空。")
    is_withdrawn: bool = Field(description="求职者撤回了投递或同意：不再提供个人信息，请删除已取得的。")
    verdict: str = Field(description=f"企业最近的意见：{told(Verdict.choices)}；没有时为空。")


class ApplicationPage(Schema):
    """A page of applications."""

    items: list[ApplicationItem]
    next_cursor: str = Field(description="最后一页为空。")


class ApplicationCounts(Schema):
    """Numbers of applications within the filters."""

    all: int
    groups: dict[str, int] = Field(description="new、viewed、interview、passed、onboarding、onboarded、ended。")


class TimelineEntry(Schema):
    """Something that happened."""

    verb: str
    title: str
    at: datetime
    party: str = Field(description="seeker 求职者，agency 机构，system 平台。")
    by: str = Field(description="谁做的；经接口做的写明客户端。")
    client: str = Field(description="经哪个接口客户端；不经接口时为空。")
    member_id: UUID | None = Field(description="本机构的哪位成员。")
    note: str


class Interview(Schema):
    """An invitation to an interview."""

    id: UUID
    mode: str = Field(description=told(InterviewMode.choices))
    starts_at: datetime
    answer_by: datetime
    place: str
    route: str
    link: str
    contact_name: str
    contact_phone: str
    note: str
    state: str = Field(description=told(InvitationState.choices))
    state_name: str
    answer_note: str = Field(description="求职者答复时写的话。")
    asked_at: datetime | None = Field(description="求职者什么时候申请改时间。")
    ask_reason: str
    ask_times: list[datetime]
    kept_at: datetime | None = Field(description="机构什么时候确认按原时间。")
    result: str = Field(description="passed 通过，failed 未通过；还没有时为空。")
    result_note: str
    created_at: datetime


class Onboarding(Schema):
    """A notice of onboarding, its answer and its outcome."""

    id: UUID
    report_at: datetime
    answer_by: datetime
    place: str
    documents: str
    pay_text: str
    contact_name: str
    contact_phone: str
    note: str
    state: str = Field(description=told(NoticeState.choices))
    state_name: str
    answer_note: str
    outcome: str = Field(description=f"机构登记的结果：{told(Outcome.choices)}；还没有时为空。")
    outcome_note: str
    seeker_outcome: str = Field(description="求职者自己确认的结果；与机构不一致时由平台核实。")
    created_at: datetime


class Opinion(Schema):
    """An opinion of the employer; the applicant does not see it."""

    verdict: str = Field(description=told(Verdict.choices))
    verdict_name: str
    note: str
    given_at: datetime
    is_latest: bool


class Consent(Schema):
    """The consent on which the disclosure is based (个人信息保护法 arts. 13, 23)."""

    version: str = Field(description="求职者同意的文字的版本。")
    purpose: str
    purpose_name: str
    recipients: list[Party] = Field(description="同意提供给谁；不得再提供给别人。")
    given_at: datetime
    valid_until: datetime | None = Field(
        description="null：到求职者撤回为止。撤回后，读取马上回答 403 consent_withdrawn。"
    )


class Rejection(Schema):
    """Why it was rejected; the applicant reads it."""

    reason: str = Field(description=told(RejectionReason.choices))
    reason_name: str
    note: str


class ReceivedApplication(ApplicationItem):
    """An application with everything that happened."""

    may: list[str] = Field(description=f"现在可以做的操作：{VERBS}。")
    may_open_contacts: bool
    timeline: list[TimelineEntry] = Field(description="早的在前。")
    interviews: list[Interview] = Field(description="最近的在前。")
    onboarding: Onboarding | None
    opinions: list[Opinion] = Field(description="最近的在前。")
    rejection: Rejection | None
    consent: Consent


class Moved(Schema):
    """Where an application stands after a step."""

    id: UUID
    state: str = Field(description=STATES)
    state_name: str
    state_changed_at: datetime
    respond_by: datetime | None
    next_step: str
    may: list[str] = Field(description=f"现在可以做的操作：{VERBS}。")
    interview_id: UUID | None = Field(description="最近一次面试邀约。")
    onboarding_id: UUID | None = Field(description="入职通知。")


class HandOnStatus(Schema):
    """Whether the employer sees the application."""

    employer: Party
    is_seen: bool
    seen_since: datetime | None
    obstacle: str = Field(description=f"为什么看不到：{told(OBSTACLES)}")
    obstacle_text: str


class ApplicationNote(Schema):
    """A note among the agency's members."""

    id: UUID
    text: str
    author: Party
    client: str = Field(description="经哪个接口客户端写的；不经接口时为空。")
    written_at: datetime
    is_own: bool = Field(description="是所代表的成员自己写的，可以删除。")


class ApplicationNotes(Schema):
    """All notes on an application, latest first."""

    items: list[ApplicationNote]


class RejectedItem(Schema):
    """The result for one application of a batch."""

    index: int
    id: UUID
    done: bool
    code: str = Field(description="没有处理的原因代码；已处理时为空。")
    message: str


class RejectedBatch(Schema):
    """The results of a batch, in its order."""

    done: int
    failed: int
    results: list[RejectedItem]
