"""The result of parsing a row: a posting, or the reasons why not; and the vocabulary used."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from jiuye.domains.jobs.experience import Experience
from jiuye.domains.jobs.pay import Pay


class FoundRegion(Protocol):
    """A region named in a text: its code, and the rest of the text."""

    @property
    def code(self) -> str: ...
    @property
    def rest(self) -> str: ...


@dataclass(frozen=True)
class Vocabulary:
    """The reference data for parsing rows, as functions, so that parsing needs no database.

    find_education: a text to an education level's code, blank for 不限, None for unknown text. education_label: the
    inverse. find_industry and guess_occupation: a text to a code, or None. check_credit_code: the code normalised (GB
    32100), or ValueError.
    """

    find_region: Callable[[str], FoundRegion | None]
    find_education: Callable[[str], str | None]
    education_label: Callable[[str], str]
    find_industry: Callable[[str], str | None]
    guess_occupation: Callable[[str], str | None]
    check_credit_code: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is rejected: field, column (from 0; None if it has none), and how to correct it, in Chinese."""

    field: str
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class RowErrors:
    """A row that is rejected, with all its errors."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ParsedPosting:
    """A row's posting, normalised. Codes are blank if the row does not give them; `missing` names the legal elements
    (codes of fields.LEGAL) without which it stays a draft. `content_hash` is the same for a row imported again.
    """

    title: str
    external_code: str
    employer_name: str
    employer_credit_code: str
    employer_ownership: str
    employer_size: str
    industry: str
    occupation: str
    headcount: int | None
    employment_type: str
    region: str
    address: str
    pay: Pay | None
    education: str
    experience: Experience
    duties: str
    requirements: str
    working_conditions: str
    tags: tuple[str, ...]
    benefits: tuple[str, ...]
    skills: tuple[str, ...]
    valid_through: date | None
    published_on: date | None
    missing: tuple[str, ...]
    content_hash: str
