"""A person and their records."""

import hashlib
from dataclasses import dataclass, field
from typing import Literal

from jiuye.sandbox.people.regions import NAMES

# Check characters of resident ID numbers (GB 11643-1999, ISO 7064 MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def id_number(region: str, born: str) -> str:
    """Return a well-formed resident ID number that nobody has: of a prefecture (real ones name a county) and with
    sequence 000.

    `born` as `YYYYMMDD`.

    >>> id_number("120100", "19950412")
    '120100199504120000'
    """
    body = f"{region}{born}000"
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class Employment:
    """One period of social insurance: months as `YYYY-MM`; `end` is empty while it is current."""

    employer: str
    start: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Education:
    """A finished course of study; `level` by GB/T 4658, `end` the year as `YYYY`."""

    school: str
    level: str
    end: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A vocational certificate; `issued` as `YYYY-MM-DD`."""

    title: str
    number: str
    issued: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person with an electronic social security card.

    `region` is where the card was issued (GB/T 2260, six digits), `level` what the holder proved to get it: 1 signed,
    2 payment-grade. `note` tells testers what this person is for.
    """

    name: str
    id_number: str
    phone: str
    region: str
    level: Literal[1, 2] = 2
    note: str = ""
    employments: tuple[Employment, ...] = field(default=(), repr=False)
    educations: tuple[Education, ...] = field(default=(), repr=False)
    certificates: tuple[Certificate, ...] = field(default=(), repr=False)

    @property
    def subject(self) -> str:
        """The card service's permanent id of the person; it reveals nothing about them."""
        return hashlib.sha256(f"essc subject {self.id_number}".encode()).hexdigest()[:32]

    @property
    def place(self) -> str:
        """The name of the region."""
        return NAMES[self.region]

    @property
    def masked_id_number(self) -> str:
        """First and last characters only, as a card shows it by default."""
        return f"{self.id_number[:3]}{'*' * 11}{self.id_number[-4:]}"
