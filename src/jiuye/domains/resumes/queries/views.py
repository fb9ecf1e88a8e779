"""A resume for its readers: the owner, and agencies that received it. Plain, self-contained values."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from jiuye.domains.resumes.states import SectionKind
from jiuye.domains.verification.queries import ItemState


@dataclass(frozen=True, slots=True)
class Term:
    """A code with its name at that time."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentionView:
    """求职意向; pay in yuan a month."""

    id: UUID
    title: str
    occupation: Term | None = None
    industry: Term | None = None
    region: Term | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    employment_type: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """An entry with months; `end_on` None is until now."""

    id: UUID
    start_on: date
    end_on: date | None = None
    description: str = ""

    @property
    def period(self) -> str:
        """2019.07 – 2023.03, 2023.04 – 至今."""
        end = f"{self.end_on:%Y.%m}" if self.end_on else "至今"
        return f"{self.start_on:%Y.%m} – {end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentView(PeriodView):
    """工作经历."""

    employer_name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationView(PeriodView):
    """教育经历."""

    school: str
    level: Term
    major: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView(PeriodView):
    """项目经历."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillView:
    """技能."""

    id: UUID
    name: str
    level: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateView:
    """证书."""

    id: UUID
    name: str
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None


EntryView = IntentionView | EmploymentView | EducationView | ProjectView | SkillView | CertificateView


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """An attachment; `size` in bytes."""

    id: UUID
    name: str
    content_type: str
    size: int

    @property
    def stem(self) -> str:
        """The name without its extension."""
        return self.name.rpartition(".")[0]

    @property
    def extension(self) -> str:
        """.pdf, .jpg, .docx, .doc or .rtf."""
        return f".{self.name.rpartition('.')[2]}"

    @property
    def kind(self) -> str:
        """PDF, 图片 or, for a resume as its owner wrote it, 文档."""
        if self.content_type == "application/pdf":
            return "PDF"
        return "图片" if self.content_type.startswith("image/") else "文档"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The verification state of an item for all readers; never the content of the records.

    `state` is verification's, or `expired`. `then`: the state when the resume was sent, in words, where it differs.
    """

    subject_id: UUID
    kind: str
    state: str
    label: str
    source: str = ""
    answered_at: datetime | None = None
    expires_at: datetime | None = None
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeView:
    """A whole resume. `masked`: contacts and numbers are hidden. `updated_at` None: nothing has been written yet.

    `photo_key` is for `read_photo` and never shown.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    birth_year: int | None = None
    region: Term | None = None
    education: Term | None = None
    experience_years: int | None = None
    availability: Term | None = None
    self_description: str = ""
    photo_key: str = ""
    intentions: tuple[IntentionView, ...] = ()
    employments: tuple[EmploymentView, ...] = ()
    educations: tuple[EducationView, ...] = ()
    projects: tuple[ProjectView, ...] = ()
    skills: tuple[SkillView, ...] = ()
    certificates: tuple[CertificateView, ...] = ()
    attachments: tuple[AttachmentView, ...] = ()
    marks: tuple[Mark, ...] = ()
    completeness: int = 0
    updated_at: datetime | None = None
    masked: bool = False

    def section(self, kind: str) -> Sequence[EntryView]:
        """Return the entries of one section."""
        found: Sequence[EntryView] = getattr(self, f"{SectionKind(kind).value}s")
        return found

    def mark_of(self, item_id: UUID) -> Mark | None:
        """Return the verification state of one entry; None when it was never requested."""
        return next((mark for mark in self.marks if mark.subject_id == item_id), None)

    @property
    def identity(self) -> Mark | None:
        """The verification state of the name."""
        return next((mark for mark in self.marks if mark.kind == "identity"), None)

    @property
    def experience(self) -> str:
        """3年工作经验, 无工作经验; empty when not stated."""
        if self.experience_years is None:
            return ""
        return f"{self.experience_years}年工作经验" if self.experience_years else "无工作经验"

    @property
    def is_blank(self) -> bool:
        """Whether the resume holds only what the account has."""
        given = [getattr(self, field.name) for field in fields(self) if field.name not in _NOT_WRITTEN]
        return not any(value or value == 0 for value in given)


_NOT_WRITTEN = frozenset({"name", "phone", "photo_key", "marks", "completeness", "updated_at", "masked"})


def mark_of(state: ItemState) -> Mark:
    """Return what others may know of a state."""
    return Mark(
        subject_id=state.subject_id,
        kind=state.kind,
        state=state.state,
        label=state.label,
        source=state.source,
        answered_at=state.answered_at,
        expires_at=state.expires_at,
    )
