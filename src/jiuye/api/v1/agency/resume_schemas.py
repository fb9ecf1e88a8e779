"""What the API tells of resumes: sent ones, and found ones."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jiuye.api.v1.agency.application_schemas import Consent
from jiuye.domains.resumes.queries import Mark, ResumeView


class CodedTerm(Schema):
    """A code with its name when the resume was sent."""

    code: str
    name: str


class ItemVerification(Schema):
    """The result of checking an item against the registers (核验)."""

    state: str = Field(description="pending、verified、mismatched、no_record 或 expired。")
    state_name: str
    source: str = Field(description="哪里的数据。")
    answered_at: datetime | None
    expires_at: datetime | None
    state_when_sent: str = Field(description="投递时的状态，与现在相同时为空。")


class Intention(Schema):
    """求职意向; pay in yuan a month."""

    title: str
    occupation: CodedTerm | None
    industry: CodedTerm | None
    region: CodedTerm | None
    pay_min: int | None
    pay_max: int | None
    employment_type: CodedTerm | None


class Employment(Schema):
    """工作经历."""

    employer_name: str
    title: str
    start_on: date
    end_on: date | None = Field(description="null：至今。")
    description: str
    verification: ItemVerification | None


class Education(Schema):
    """教育经历."""

    school: str
    level: CodedTerm
    major: str
    start_on: date
    end_on: date | None
    description: str
    verification: ItemVerification | None


class Project(Schema):
    """项目经历."""

    name: str
    role: str
    start_on: date
    end_on: date | None
    description: str


class Skill(Schema):
    """技能."""

    name: str
    level: CodedTerm | None


class Certificate(Schema):
    """证书."""

    name: str
    issuer: str
    number: str = Field(description="部分隐藏。")
    issued_on: date | None
    verification: ItemVerification | None


class Attachment(Schema):
    """A file that was sent with the resume; `size` in bytes."""

    id: UUID
    name: str
    content_type: str
    size: int


class Resume(Schema):
    """A resume with masked contacts."""

    name: str
    identity: ItemVerification | None = Field(description="姓名的核验；没有核验过时为 null。")
    phone: str = Field(description="部分隐藏；要看全，请说明原因（POST …/contacts）。")
    email: str
    region: CodedTerm | None
    education: CodedTerm | None
    experience_years: int | None
    availability: CodedTerm | None
    self_description: str
    intentions: list[Intention]
    employments: list[Employment]
    educations: list[Education]
    projects: list[Project]
    skills: list[Skill]
    certificates: list[Certificate]
    attachments: list[Attachment]
    has_photo: bool
    updated_at: datetime | None


class SentResume(Schema):
    """The resume as it was sent, with the present results of verification, and the consent on which this is based."""

    application_id: UUID
    submitted_at: datetime
    consent: Consent
    resume: Resume


class CertificateNumber(Schema):
    """A certificate with its whole number."""

    name: str
    number: str


class Contacts(Schema):
    """What is masked elsewhere."""

    name: str
    phone: str
    email: str
    certificates: list[CertificateNumber]


class FoundResumeItem(Schema):
    """A resume that its owner lets agencies find; contact goes through the platform."""

    id: UUID
    name: str
    wishes: list[str]
    places: list[str]
    education: str
    experience: str
    availability: str
    updated_on: date
    invited: bool = Field(description="本机构邀请过。")


class FoundResumePage(Schema):
    """A page of found resumes, last changed first."""

    items: list[FoundResumeItem]
    next_cursor: str = Field(description="最后一页为空。")


class SentInvitation(Schema):
    """An invitation to apply."""

    job_id: UUID
    title: str
    created_at: datetime
    state: str = Field(description="open 已邀请，applied 已投递，declined 不感兴趣，closed 已停止招聘。")
    state_name: str


class FoundResume(FoundResumeItem):
    """A found resume; `resume` is null until it is opened, which is logged."""

    invitations: list[SentInvitation]
    resume: Resume | None


class InvitedToApply(Schema):
    """The invitation; the first one when it is repeated."""

    id: UUID
    resume_id: UUID
    job_id: UUID


def told_resume(view: ResumeView) -> dict[str, Any]:
    """Return a resume as the schema `Resume` has it, each item with its verification."""
    names = [
        name
        for name in Resume.model_fields
        if name not in {"identity", "has_photo", "employments", "educations", "certificates"}
    ]
    return {
        **{name: getattr(view, name) for name in names},
        "identity": _verification(view.identity),
        "has_photo": bool(view.photo_key),
        **{
            section: [
                {
                    **{name: getattr(one, name) for name in schema.model_fields if name != "verification"},
                    "verification": _verification(view.mark_of(one.id)),
                }
                for one in getattr(view, section)
            ]
            for section, schema in (
                ("employments", Employment),
                ("educations", Education),
                ("certificates", Certificate),
            )
        },
    }


def _verification(mark: Mark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {
        "state": mark.state,
        "state_name": mark.label,
        "source": mark.source,
        "answered_at": mark.answered_at,
        "expires_at": mark.expires_at,
        "state_when_sent": mark.then,
    }
