"""Apply a parsed row to a posting: create it, overwrite it if the agency's code matches, or only fill gaps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jiuye.domains.jobs.actions.bulk.tables import draft
from jiuye.domains.jobs.models import ImportBatch, JobPosting
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


def new_posting(batch: ImportBatch, parsed: ParsedPosting, employer_id: UUID | None, moment: datetime) -> JobPosting:
    """Return a draft, not saved."""
    own = {
        "agency_id": batch.agency_id,
        "external_code": parsed.external_code,
        "content_hash": parsed.content_hash,
        "import_batch_id": batch.id,
    }
    return draft(values_of(parsed, employer_id) | own, moment)


def absorb(posting: JobPosting, parsed: ParsedPosting, employer_id: UUID | None) -> bool:
    """Overwrite the posting with the row; a blank cell removes nothing. Return whether anything has changed."""
    values = values_of(parsed, employer_id)
    wanted = {name: values[name] for name in _SINGLE if _says(values[name])}
    for group in _GROUPS:
        if _says(values[group[0]]) or _says(values[group[1]]):
            wanted |= {name: values[name] for name in group}
    wanted["external_code"] = parsed.external_code
    is_changed = _set(posting, wanted)
    posting.content_hash = parsed.content_hash
    return is_changed


def fill_gaps(posting: JobPosting, parsed: ParsedPosting, employer_id: UUID | None) -> bool:
    """Fill the posting's empty fields from the row or its defaults. Return whether anything has changed.

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
    return _set(posting, wanted)


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [])


def _set(posting: JobPosting, wanted: dict[str, Any]) -> bool:
    changed = {name: value for name, value in wanted.items() if getattr(posting, name) != value}
    for name, value in changed.items():
        setattr(posting, name, value)
    return bool(changed)
