"""The content of a posting, without its life cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson

from jiuye.domains.jobs.models import JobPosting

HIGHEST_HEADCOUNT = 10_000


@dataclass(frozen=True)
class PostingContent:
    """Everything an agency states in a posting. Only the title is required; a draft may lack the rest.

    Codes are those of the reference data. `pay_min`, `pay_max`: whole yuan a month (see `pay.monthly`), whatever unit
    `pay_unit` shows. Years of experience None: 不限; (0, 0) for new graduates. `education` empty: 不限.
    """

    title: str
    employer_id: UUID | None = None
    external_code: str = ""
    occupation: str = ""
    industry: str = ""
    region: str = ""
    address: str = ""
    headcount: int | None = None
    employment_type: str = ""
    working_conditions: str = ""
    education: str = ""
    experience_min: int | None = None
    experience_max: int | None = None
    pay_min: int | None = None
    pay_max: int | None = None
    pay_unit: str = "month"
    pay_months: int = 12
    pay_negotiable: bool = False
    pay_text: str = ""
    duties: str = ""
    requirements: str = ""
    tags: Sequence[str] = ()
    benefits: Sequence[str] = ()
    skills: Sequence[str] = ()
    valid_through: date | None = None


def content_of(posting: JobPosting) -> PostingContent:
    """Return the content of a stored posting."""
    return PostingContent(
        title=posting.title,
        employer_id=posting.employer_id,
        external_code=posting.external_code,
        occupation=posting.occupation_id or "",
        industry=posting.industry_id or "",
        region=posting.region_id or "",
        address=posting.address,
        headcount=posting.headcount,
        employment_type=posting.employment_type,
        working_conditions=posting.working_conditions,
        education=posting.education,
        experience_min=posting.experience_min,
        experience_max=posting.experience_max,
        pay_min=posting.pay_min,
        pay_max=posting.pay_max,
        pay_unit=posting.pay_unit,
        pay_months=posting.pay_months,
        pay_negotiable=posting.pay_negotiable,
        pay_text=posting.pay_text,
        duties=posting.duties,
        requirements=posting.requirements,
        tags=posting.tags,
        benefits=posting.benefits,
        skills=posting.skills,
        valid_through=posting.valid_through,
    )


HASH_START = "c-"
"""The start of a `content_hash` of what a client stated; those of rows of sheets have none."""
_NOT_HASHED = frozenset(
    {"external_code", "valid_through", "agency_id", "content_hash", "longitude", "latitude", "pay_text"}
)


def hash_of(values: Mapping[str, Any]) -> str:
    """Return a hash of a posting's columns that is equal for the same job stated again: without its number and last day."""
    told = {name: value for name, value in values.items() if name not in _NOT_HASHED}
    text = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return HASH_START + blake2b(text, digest_size=16).hexdigest()
