"""The result of parsing a row: a posting with its notes, or the reasons why not; and the vocabulary used."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
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
    inverse. guess_occupation: a text to a code, or None. check_credit_code: the code normalised (GB
    32100), or ValueError.
    """

    find_region: Callable[[str], FoundRegion | None]
    find_education: Callable[[str], str | None]
    education_label: Callable[[str], str]
    guess_occupation: Callable[[str], str | None]
    check_credit_code: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is rejected: field, column (from 0; None if it has none), and how to correct it, in Chinese."""

    field: str
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the sender should know about a row that comes in: a cell left out, or read with a doubt.

    Field, column (from 0; None if it has none) and message, in Chinese. `holds`: the row stays a draft until a person
    has looked at it, because publishing it might put a wrong figure or place before the public.
    """

    field: str
    column: int | None
    message: str
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the sender decided on the columns page for all rows of the sheet.

    units: field (`pay`, `pay_min`, `pay_max`) → the column's unit (`sheets.units.Unit`), where neither header nor
    cells say it. split_places: a row that names several places becomes a posting for each. whole_description: a
    description without headings stands as duties and as requirements.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    split_places: bool = False
    whole_description: bool = False


@dataclass(frozen=True, slots=True)
class RowErrors:
    """A row that is rejected, with all its errors."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class ParsedPosting:
    """A row's posting, normalised. Codes are blank if the row does not give them; `missing` names the legal elements
    (codes of fields.LEGAL) without which it stays a draft; `notes` what the sender should know. `content_hash` is the same
    for a row imported again. `elsewhere`: region and address of the row's further places, if it names several; with
    `Choices.split_places` each becomes a posting of its own (`postings_of`).
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
    notes: tuple[Note, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()

    @property
    def is_held(self) -> bool:
        """Return whether it stays a draft until a person has looked at it."""
        return any(note.holds for note in self.notes)


def postings_of(parsed: ParsedPosting, choices: Choices) -> tuple[ParsedPosting, ...]:
    """Return a row's postings: one, or one for each of its places if the sender wants them split.

    Each has an own content hash, and an own number if the row has one, so that it is recognised when it comes again.
    """
    if not (choices.split_places and parsed.elsewhere):
        return (parsed,)
    places = dict.fromkeys([(parsed.region, parsed.address), *parsed.elsewhere])
    return tuple(_at(parsed, region, address) for region, address in places)


def _at(parsed: ParsedPosting, region: str, address: str) -> ParsedPosting:
    place = f"{region}{address}"
    mark = f"-{region}" + (f"-{hashlib.sha256(address.encode()).hexdigest()[:6]}" if address else "")
    code = parsed.external_code and f"{parsed.external_code[: 64 - len(mark)]}{mark}"
    content = hashlib.sha256(f"{parsed.content_hash}\x1f{place}".encode()).hexdigest()
    return replace(parsed, region=region, address=address, external_code=code, content_hash=content, elsewhere=())
