"""A posting as the engine's document: its texts, the codes it is filtered by, and the list card."""

from datetime import datetime
from functools import lru_cache

import orjson

from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries import PostingCard, card_of_posting, cluster_of
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.ports.search import Hit, Place, PostingDocument
from jiuye.search.nearby import distance_words, is_city_centre, location

EDUCATION_RANKS = {"": 0} | {level.value: level.rank + 1 for level in EducationLevel}
_WELL_DESCRIBED = 80
_CARD_FIELDS = (
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


def education_rank(code: str) -> int:
    """The engine's rank of an education level: 0 for none demanded, 1 the lowest level."""
    return EDUCATION_RANKS[code]


def document(posting: JobPosting) -> PostingDocument:
    """The document of a posting whose agency and employer are loaded. No query, some 60 µs."""
    employer, agency = posting.employer, posting.agency
    published = posting.published_at
    return PostingDocument(
        id=posting.id,
        title=posting.title,
        card=card_json(posting),
        skills=tuple(posting.skills),
        tags=(*posting.tags, *posting.benefits),
        body="\n".join((_occupation_name(posting), posting.duties, posting.requirements, posting.working_conditions)),
        employer=employer.legal_name if employer else "",
        agency=agency.short_name,
        place=f"{_place_names(posting.region_id)} {posting.address}" if posting.region_id else posting.address,
        region=_region_path(posting.region_id) if posting.region_id else (),
        location=_place(posting),
        occupation=_occupation_path(posting.occupation_id) if posting.occupation_id else (),
        industry=_industry_path(posting.industry_id) if posting.industry_id else (),
        pay_min=posting.pay_min,
        pay_max=posting.pay_max,
        education=education_rank(posting.education),
        experience_min=posting.experience_min or 0,
        experience_max=posting.experience_max,
        employment_type=posting.employment_type,
        agency_id=str(agency.id),
        employer_id=str(employer.id) if employer else "",
        published_at=int(published.timestamp()) if published else 0,
        cluster=cluster_of(posting),
        quality=_quality(posting),
    )


def card_of_hit(hit: Hit, title: str = "") -> PostingCard:
    """The card of a posting found, from what the index kept of it; `title` may say it with marks."""
    kept = orjson.loads(hit.card)
    kept["title"] = title or kept["title"]
    return PostingCard(
        id=hit.id,
        date=datetime.fromisoformat(kept["published_at"]) if kept["published_at"] else None,
        state="published",
        is_open=True,
        distance=""
        if hit.distance is None
        else distance_words(hit.distance, from_city_centre=kept.get("at_city_centre", False)),
        **{name: kept[name] for name in _CARD_FIELDS},
    )


def card_json(posting: JobPosting) -> bytes:
    """The card as JSON: what lists show and what the API's search returns, codes beside names."""
    card = card_of_posting(posting)
    employer = posting.employer
    return orjson.dumps(
        {name: getattr(card, name) for name in _CARD_FIELDS}
        | {
            "id": posting.id,
            "pay_min": posting.pay_min,
            "pay_max": posting.pay_max,
            "pay_unit": posting.pay_unit,
            "pay_months": posting.pay_months,
            "region": posting.region_id,
            "region_name": reference.full_name(posting.region_id) if posting.region_id else None,
            "occupation": posting.occupation_id,
            "occupation_name": _occupation_name(posting) or None,
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
            "at_city_centre": is_city_centre(posting.region_id, _place(posting)),
        },
        option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS,
    )


def _place(posting: JobPosting) -> Place | None:
    return location(posting.region_id, posting.longitude, posting.latitude)


def _quality(posting: JobPosting) -> float:
    """Half for an employer whose certifications are approved, half for duties that say something."""
    certified = bool(posting.employer and posting.employer.is_certified)
    return 0.5 * certified + 0.5 * (len(posting.duties) >= _WELL_DESCRIBED)


def _occupation_name(posting: JobPosting) -> str:
    return reference.occupation(posting.occupation_id).name if posting.occupation_id else ""


@lru_cache(maxsize=4096)
def _region_path(code: str) -> tuple[str, ...]:
    return tuple(step.code for step in reference.ancestors(code))


@lru_cache(maxsize=4096)
def _place_names(code: str) -> str:
    return " ".join(step.name for step in reference.ancestors(code))


@lru_cache(maxsize=4096)
def _occupation_path(code: str) -> tuple[str, ...]:
    return tuple(step.code for step in reference.occupation_ancestors(code))


@lru_cache(maxsize=256)
def _industry_path(code: str) -> tuple[str, ...]:
    return tuple(step.code for step in reference.industry_ancestors(code))
