"""What a person types into their resume, a dataclass for each section, before it is checked (`policies.checked_entry`).

Codes are of the reference data, empty for “not said”; dates stand for months and are the first day of theirs.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from jiuye.domains.resumes.states import SectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Basics:
    """The resume's head. `phone` empty: the one of the login. `experience_years`: whole years of work, 0 for none yet."""

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
    """The least with which one can apply: a name and the work that is wanted."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfDescription:
    """The text about oneself."""

    self_description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentionEntry:
    """Work looked for; pay in whole yuan a month."""

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
    """A job held; `end_on` None: until now."""

    kind: ClassVar[SectionKind] = SectionKind.EMPLOYMENT
    employer_name: str
    title: str
    start_on: date
    end_on: date | None = None
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationEntry:
    """Time at a school; `end_on` may lie ahead (expected graduation); None: still there."""

    kind: ClassVar[SectionKind] = SectionKind.EDUCATION
    school: str
    level: str
    start_on: date
    end_on: date | None = None
    major: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """A piece of work worth telling."""

    kind: ClassVar[SectionKind] = SectionKind.PROJECT
    name: str
    start_on: date
    end_on: date | None = None
    role: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEntry:
    """Something the person can do, and how well."""

    kind: ClassVar[SectionKind] = SectionKind.SKILL
    name: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEntry:
    """A certificate held; its number is stored encrypted."""

    kind: ClassVar[SectionKind] = SectionKind.CERTIFICATE
    name: str
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None


Entry = IntentionEntry | EmploymentEntry | EducationEntry | ProjectEntry | SkillEntry | CertificateEntry
