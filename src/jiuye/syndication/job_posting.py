"""An open posting as schema.org JobPosting (JSON-LD) for search engines, with the content of the page."""

from typing import Any

import orjson
from markupsafe import Markup

from jiuye.domains.jobs.queries import PostingDetail
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.kernel import clock

# schema.org/employmentType defines no values; these are the ones that search engines read.
EMPLOYMENT_TYPES = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "internship": "INTERN",
    "temporary": "TEMPORARY",
    "dispatch": "CONTRACTOR",
    "outsourced": "CONTRACTOR",
}
# Education levels as credentials that search engines know; lower levels have none.
CREDENTIALS = {
    EducationLevel.SENIOR: "high school",
    EducationLevel.VOCATIONAL: "professional certificate",
    EducationLevel.COLLEGE: "associate degree",
    EducationLevel.BACHELOR: "bachelor degree",
    EducationLevel.MASTER: "postgraduate degree",
    EducationLevel.DOCTOR: "postgraduate degree",
}


def json_ld(job: PostingDetail, url: str) -> Markup:
    """Return the content of a `<script type="application/ld+json">`: JSON that cannot end the element."""
    text = orjson.dumps(posting(job, url)).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def posting(job: PostingDetail, url: str) -> dict[str, Any]:
    """Return the JobPosting. Unknown properties are omitted, never guessed; so is negotiable pay."""
    employer = job.employer.legal_name if job.employer else job.agency.name
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "url": url,
        "identifier": {"@type": "PropertyValue", "name": "就业在线", "value": str(job.id)},
        "title": job.title,
        "description": _description(job),
        "datePosted": clock.local(job.published_at).date().isoformat() if job.published_at else None,
        "validThrough": f"{job.valid_through.isoformat()}T23:59:59+08:00" if job.valid_through else None,
        "hiringOrganization": {"@type": "Organization", "name": employer},
        "jobLocation": _place(job),
        "baseSalary": _pay(job),
        "employmentType": EMPLOYMENT_TYPES.get(job.employment_type),
        "industry": job.industry_name or None,
        "occupationalCategory": job.occupation_name or None,
        "totalJobOpenings": job.headcount,
        "skills": "、".join(job.skills) or None,
        "jobBenefits": "、".join(job.benefits) or None,
        "educationRequirements": _education(job),
        "experienceRequirements": _experience(job),
        # People apply on this site.
        "directApply": True,
    }
    return {name: value for name, value in found.items() if value is not None}


def _description(job: PostingDetail) -> str:
    parts = [("工作内容", job.duties), ("招聘条件", job.requirements), ("工作条件", job.working_conditions)]
    if job.is_for_employer:
        parts.append(("招聘方式", f"由职介{job.agency.name}代招"))
    return "\n\n".join(f"{title}\n{text}" for title, text in parts if text)


def _place(job: PostingDetail) -> dict[str, Any]:
    province, city, county = _divisions(job.region_code)
    address = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": province,
        "addressLocality": city,
        "streetAddress": county + job.address,
    }
    place: dict[str, Any] = {
        "@type": "Place",
        "address": {name: value for name, value in address.items() if value},
    }
    if job.longitude is not None and job.latitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "longitude": job.longitude, "latitude": job.latitude}
    return place


def _divisions(code: str) -> tuple[str, str, str]:
    """Return the names of province, city and county, blank from where the code ends.

    A municipality is its own city; a county that a province governs directly (海南省文昌市) stands for the city.
    """
    named = {step.level: step.name for step in reference.ancestors(code)} if code else {}
    city, county = named.get("city", ""), named.get("county", "")
    return named.get("province", ""), city or county, county if city else ""


def _pay(job: PostingDetail) -> dict[str, Any] | None:
    """Pay in yuan a month: the bounds are stored in this unit, whatever unit the page shows."""
    if job.pay_negotiable or job.pay_min is None:
        return None
    amount: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": "MONTH", "minValue": job.pay_min}
    if job.pay_max is not None:
        amount["maxValue"] = job.pay_max
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": amount}


def _education(job: PostingDetail) -> dict[str, str] | str:
    if job.education not in CREDENTIALS:
        return "no requirements"
    credential = CREDENTIALS[EducationLevel(job.education)]
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": credential}


def _experience(job: PostingDetail) -> dict[str, Any] | str:
    if not job.experience_min:
        return "no requirements"
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": job.experience_min * 12}
