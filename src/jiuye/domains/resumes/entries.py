"""The input of a resume, a dataclass for each section, before validation (`policies.checked_entry`).

Codes are those of the reference data, empty for “not stated”; dates are months, stored as the first day.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from jiuye.domains.resumes.states import SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """The resume's head. `phone` empty: that of the account. `experience_years`: whole years of work, 0 for none yet."""

    name: str
    phone: str = ""
    email: str = ""
    birth_year: int | None = None
    region: str = ""
    education: str = ""
    experience_years: int | None = None
    availability: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickStart:
    """The minimum for a first application: a name and the wanted job."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfDescription:
    """The self description."""

    self_description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentionEntry:
    """A wanted job; pay in whole yuan a month."""

    kind: ClassVar[SectionKind] = SectionKind.INTENTION
    title: str
    occupation: str = ""
    industry: str = ""
    region: str = ""
    pay_min: int | None = None
    pay_max: int | None = None
    employment_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentEntry:
    """A job; `end_on` None: until now."""

    kind: ClassVar[SectionKind] = SectionKind.EMPLOYMENT
    employer_name: str
    title: str
    start_on: date
    end_on: date | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationEntry:
    """Time at a school; `end_on` may be in the future (expected graduation); None: still there."""

    kind: ClassVar[SectionKind] = SectionKind.EDUCATION
    school: str
    level: str
    start_on: date
    end_on: date | None = None
    major: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """A project."""

    kind: ClassVar[SectionKind] = SectionKind.PROJECT
    name: str
    start_on: date
    end_on: date | None = None
    role: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEntry:
    """A skill and its level."""

    kind: ClassVar[SectionKind] = SectionKind.SKILL
    name: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """A certificate; its number is stored encrypted."""

    kind: ClassVar[SectionKind] = SectionKind.CERTIFICATE
    name: str
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None


Entry = IntentionEntry | EmploymentEntry | EducationEntry | ProjectEntry | SkillEntry | CertificateEntry
