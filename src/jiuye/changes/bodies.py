"""Objects of the feed as JSON. A job looks as in `GET /api/v1/jobs/{id}`, which uses the same function."""

from collections.abc import Mapping
from typing import Any

import orjson

from jiuye.domains.applications.queries import FeedRow
from jiuye.domains.applications.states import APPLICATION_LABELS
from jiuye.domains.jobs.queries import PostingDetail
from jiuye.domains.organisations.queries import AgencyCard, EmployerFacts
from jiuye.kernel.text.days import until

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS


def job_body(one: PostingDetail) -> bytes:
    """Return a posting as JSON: everything on its public page."""
    return orjson.dumps(job_members(one), option=_OPTIONS)


def application_body(row: FeedRow) -> bytes:
    """Return an application as JSON: ids and its state. What was sent is read by its own operation, which logs each look."""
    told = {
        "id": row.id,
        "job_id": row.posting_id,
        "state": row.state,
        "state_name": APPLICATION_LABELS[row.state],
        "changed_at": row.changed_at,
    }
    return orjson.dumps(told, option=_OPTIONS)


def job_members(one: PostingDetail) -> Mapping[str, Any]:
    """Return the members of a posting's JSON."""
    same = (
        "id", "title", "pay", "pay_min", "pay_max", "pay_unit", "pay_months", "pay_negotiable", "region_name", "place",
        "address", "longitude", "latitude", "occupation_name", "industry_name", "headcount", "employment_type",
        "experience", "experience_min", "experience_max", "duties", "requirements", "working_conditions", "tags",
        "benefits", "skills", "published_at", "confirmed_at", "valid_through",
    )  # fmt: skip
    return {name: getattr(one, name) for name in same} | {
        "url": f"/jobs/{one.id}",
        "region": one.region_code,
        "occupation": one.occupation_code,
        "industry": one.industry_code,
        "employment_type_name": one.employment_type_label,
        "education": one.education_label,
        "education_code": one.education,
        "for_employer": one.is_for_employer,
        "employer": _employer(one.employer) if one.employer else None,
        "agency": _agency(one.agency),
    }


def _employer(facts: EmployerFacts) -> Mapping[str, Any]:
    return {
        "id": facts.id,
        "name": facts.legal_name,
        "credit_code": facts.credit_code,
        "ownership": facts.ownership_label,
        "size": facts.size_label,
        "industry": facts.industry_name,
        "region": facts.region_name,
        "introduction": facts.introduction,
        "verified": facts.is_certified,
    }


def _agency(card: AgencyCard) -> Mapping[str, Any]:
    same = (
        "id", "name", "short_name", "kind", "licence_number", "licence_expires_on", "fees", "supervising_body",
        "supervising_phone",
    )  # fmt: skip
    last = until(card.licence_expires_on) if card.licence_expires_on else ""
    return {name: getattr(card, name) for name in same} | {"kind_name": card.kind_label, "licence_valid_until": last}
