"""The card of a posting as the index stores it: JSON, written with the document and read with each hit."""

from datetime import datetime

import orjson

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries import PostingCard, card_of_posting
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.terms import EmploymentType
from jiuye.ports.search import Hit
from jiuye.search.nearby import is_city_centre, location

_FIELDS = (
    "url",
    "title",
    "pay",
    "place",
    "experience",
    "education",
    "employer",
    "size",
    "agency",
    "tags",
    "verified",
)


def card_of_hit(hit: Hit) -> PostingCard:
    """Return the card stored with a hit."""
    stored = orjson.loads(hit.card)
    return PostingCard(
        id=hit.id,
        date=datetime.fromisoformat(stored["published_at"]) if stored["published_at"] else None,
        state="published",
        is_open=True,
        distance=hit.distance,
        at_city_centre=stored.get("at_city_centre", False),
        **{name: stored[name] for name in _FIELDS},
    )


def card_json(posting: JobPosting) -> bytes:
    """Return the card as JSON: what lists show and what the search of the API returns, names with their codes."""
    card = card_of_posting(posting)
    place = location(posting.region_id, posting.longitude, posting.latitude)
    employer = posting.employer
    return orjson.dumps(
        {name: getattr(card, name) for name in _FIELDS}
        | {
            "id": posting.id,
            "pay_min": posting.pay_min,
            "pay_max": posting.pay_max,
            "pay_unit": posting.pay_unit,
            "pay_months": posting.pay_months,
            "region": posting.region_id,
            "region_name": reference.full_name(posting.region_id) if posting.region_id else None,
            "occupation": posting.occupation_id,
            "occupation_name": reference.occupation(posting.occupation_id).name if posting.occupation_id else None,
            "industry": posting.industry_id,
            "education_code": posting.education or None,
            "experience_min": posting.experience_min,
            "experience_max": posting.experience_max,
            "employment_type": posting.employment_type,
            "employment_type_name": EmploymentType(posting.employment_type).label if posting.employment_type else None,
            "headcount": posting.headcount,
            "employer_id": employer.id if employer else None,
            "agency_id": posting.agency_id,
            "agency_name": posting.agency.short_name,
            "benefits": posting.benefits,
            "published_at": posting.published_at,
            "confirmed_at": posting.confirmed_at,
            "valid_through": posting.valid_through,
            "at_city_centre": is_city_centre(posting.region_id, place),
        },
        option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS,
    )
