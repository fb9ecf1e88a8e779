"""What was found in a resume file: suggestions for the blocks of a resume. Anything may be missing or wrong.

Codes are those of the reference data, empty for "not stated"; dates are months, stored as the first day; `end_on` None
with `start_on`: until now. Sex, ethnicity, household registration, marriage and photos are never taken.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class FoundWish:
    title: str = ""
    region: str = ""
    pay_min: int | None = None
    pay_max: int | None = None
    employment_type: str = ""


@dataclass(slots=True)
class FoundEmployment:
    employer_name: str = ""
    title: str = ""
    start_on: date | None = None
    end_on: date | None = None
    description: str = ""


@dataclass(slots=True)
class FoundEducation:
    school: str = ""
    major: str = ""
    level: str = ""
    start_on: date | None = None
    end_on: date | None = None
    description: str = ""


@dataclass(slots=True)
class FoundProject:
    name: str = ""
    role: str = ""
    start_on: date | None = None
    end_on: date | None = None
    description: str = ""


@dataclass(slots=True)
class FoundSkill:
    name: str
    level: str = ""


@dataclass(slots=True)
class FoundCertificate:
    name: str
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None


@dataclass(slots=True)
class Found:
    """`rest`: lines that were not understood, for the person to look at."""

    name: str = ""
    phone: str = ""
    email: str = ""
    birth_year: int | None = None
    region: str = ""
    education: str = ""
    experience_years: int | None = None
    availability: str = ""
    wish: FoundWish = field(default_factory=FoundWish)
    employments: list[FoundEmployment] = field(default_factory=list)
    educations: list[FoundEducation] = field(default_factory=list)
    projects: list[FoundProject] = field(default_factory=list)
    skills: list[FoundSkill] = field(default_factory=list)
    certificates: list[FoundCertificate] = field(default_factory=list)
    self_description: str = ""
    rest: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of a resume was found."""
        return self.weight == 0

    @property
    def weight(self) -> int:
        """Return how much was found: filled fields, so that the fuller of two readings can be chosen."""
        head = (self.name, self.phone, self.email, self.birth_year, self.region, self.self_description)
        wish = (self.wish.title, self.wish.region, self.wish.pay_min)
        entries: list[tuple[Any, ...]] = [
            (x.employer_name, x.title, x.start_on, x.description) for x in self.employments
        ]
        entries += [(x.school, x.major, x.level, x.start_on) for x in self.educations]
        entries += [(x.name, x.role, x.start_on, x.description) for x in self.projects]
        named = len(self.skills) + len(self.certificates)
        return sum(bool(one) for row in (head, wish, *entries) for one in row) + named
