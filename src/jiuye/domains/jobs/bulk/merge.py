"""Apply a parsed row to a posting: create it, overwrite it if the agency's code matches, or only fill gaps."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from jiuye.domains.jobs.bulk.tables import draft
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.sheets.parsed import ParsedPosting
from jiuye.domains.jobs.states import PayUnit, PostingState
from jiuye.domains.reference import queries as reference

_EXPERIENCE = ("experience_min", "experience_max")
_PAY = ("pay_min", "pay_max", "pay_unit", "pay_months", "pay_negotiable", "pay_text")
_PLACE = ("region_id", "address", "longitude", "latitude")
# Fields that are overwritten or kept together.
_GROUPS: tuple[tuple[str, ...], ...] = (_PAY, _PLACE, _EXPERIENCE)
_SINGLE = (
    "title", "employer_id", "occupation_id", "industry_id", "headcount", "employment_type", "working_conditions",
    "education", "duties", "requirements", "tags", "benefits", "skills", "valid_through",
)  # fmt: skip
_TOGETHER = {"pay": _PAY, "region": _PLACE, "experience": _EXPERIENCE}
_COLUMN_OF = {
    "pay_min": "pay", "pay_max": "pay", "province": "region", "city": "region", "county": "region", "address": "region",
    "employer_name": "employer_id", "employer_credit_code": "employer_id", "employer_industry": "industry_id",
    "occupation": "occupation_id", "description": "duties",
}  # fmt: skip
# A decision about the posting stands in these states: a later last day alone, as in "30 days", changes nothing.
_AS_DECIDED = frozenset({PostingState.WITHDRAWN, PostingState.REJECTED, PostingState.UNDER_REVIEW, PostingState.BANNED})


def values_of(parsed: ParsedPosting, employer_id: UUID | None) -> dict[str, Any]:
    """Return a parsed row as the posting's columns."""
    return {
        "title": parsed.title,
        "employer_id": employer_id,
        "occupation_id": parsed.occupation or None,
        "industry_id": parsed.industry or None,
        "headcount": parsed.headcount,
        "employment_type": parsed.employment_type,
        "working_conditions": parsed.working_conditions,
        "education": parsed.education,
        "experience_min": parsed.experience.minimum,
        "experience_max": parsed.experience.maximum,
        "duties": parsed.duties,
        "requirements": parsed.requirements,
        "tags": list(parsed.tags),
        "benefits": list(parsed.benefits),
        "skills": list(parsed.skills),
        "valid_through": parsed.valid_through,
        **_pay_values(parsed),
        **_place_values(parsed),
    }


def _pay_values(parsed: ParsedPosting) -> dict[str, Any]:
    pay = parsed.pay
    if pay is None:
        return {"pay_min": None, "pay_max": None, "pay_unit": PayUnit.MONTH.value, "pay_months": 12,
                "pay_negotiable": False, "pay_text": ""}  # fmt: skip
    return {
        "pay_min": pay.minimum,
        "pay_max": pay.maximum,
        "pay_unit": pay.unit if pay.unit != "piece" else PayUnit.MONTH.value,
        "pay_months": pay.months,
        "pay_negotiable": pay.negotiable,
        "pay_text": pay.text[:60],
    }


def _place_values(parsed: ParsedPosting) -> dict[str, Any]:
    if not parsed.region:
        return {"region_id": None, "address": parsed.address, "longitude": None, "latitude": None}
    region = reference.region(parsed.region)
    return {
        "region_id": region.code,
        "address": parsed.address,
        "longitude": region.longitude,
        "latitude": region.latitude,
    }


def new_posting(parsed: ParsedPosting, employer_id: UUID | None, moment: datetime, **own: Any) -> JobPosting:
    """Return a draft with columns of its `own`, not saved."""
    own |= {"external_code": parsed.external_code, "content_hash": parsed.content_hash}
    return draft(values_of(parsed, employer_id) | own, moment)


def absorb(posting: JobPosting, parsed: ParsedPosting, employer_id: UUID | None) -> Collection[str]:
    """Overwrite the posting with the row; a blank cell removes nothing. Return the changed columns."""
    values = values_of(parsed, employer_id)
    wanted = {name: values[name] for name in _SINGLE if _says(values[name])}
    for group in _GROUPS:
        if _says(values[group[0]]) or _says(values[group[1]]):
            wanted |= {name: values[name] for name in group}
    wanted["external_code"] = posting.external_code or parsed.external_code
    changed = _set(posting, wanted, parsed)
    posting.content_hash = parsed.content_hash
    return changed


def fill_gaps(posting: JobPosting, parsed: ParsedPosting, employer_id: UUID | None) -> Collection[str]:
    """Fill the posting's empty fields from the row or its defaults. Return the changed columns.

    An expired posting also gets the new last day: importing it again says that it is open again.
    """
    values = values_of(parsed, employer_id)
    wanted = {name: values[name] for name in _SINGLE if _says(values[name]) and not _says(getattr(posting, name))}
    if posting.state == PostingState.EXPIRED and values["valid_through"]:
        wanted["valid_through"] = values["valid_through"]
    if not (posting.pay_min or posting.pay_max) and (values["pay_min"] or values["pay_max"]):
        wanted |= {name: values[name] for name in _PAY}
    if posting.region_id is None and values["region_id"]:
        wanted |= {name: values[name] for name in _PLACE}
    return _set(posting, wanted, parsed)


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [])


def _set(posting: JobPosting, wanted: dict[str, Any], parsed: ParsedPosting) -> Collection[str]:
    changed = {name: value for name, value in wanted.items() if getattr(posting, name) != value}
    if parsed.is_held and posting.state == PostingState.PUBLISHED:
        for name in _doubtful(parsed):
            changed.pop(name, None)
    if posting.state in _AS_DECIDED and changed.keys() <= {"valid_through"}:
        return ()
    for name, value in changed.items():
        setattr(posting, name, value)
    return changed


def _doubtful(parsed: ParsedPosting) -> list[str]:
    """Return the columns that nobody has looked at yet: what is public keeps what it says there."""
    fields = {_COLUMN_OF.get(note.field, note.field) for note in parsed.notes if note.holds}
    return [name for field in fields for name in _TOGETHER.get(field, (field,))]
