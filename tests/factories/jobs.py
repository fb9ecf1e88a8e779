"""Postings in every state, and contents to write them with."""

from datetime import date, timedelta
from typing import Any

from jiuye.domains.jobs.content import PostingContent
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.kernel import clock
from tests.factories import organisations, reference

TEXTS = {
    "duties": "操作数控车床，按图纸加工零件，做首件检验和日常保养。",
    "requirements": "能看懂图纸，会用卡尺和千分尺，有责任心。",
    "working_conditions": "白班，8 小时，双休；车间有空调，提供宿舍。",
}


def content(employer: Employer | None = None, **changes: Any) -> PostingContent:
    """What an agency might write: with an employer it has every legal element and may be published."""
    reference.region(reference.WUHOU)
    reference.occupation(reference.WELDER)
    values = {
        "title": "数控车床操作工",
        "employer_id": employer.id if employer else None,
        "occupation": reference.WELDER,
        "region": reference.WUHOU,
        "address": "示范路18号",
        "headcount": 5,
        "employment_type": "full_time",
        "education": "60",
        "experience_min": 1,
        "experience_max": 3,
        "pay_min": 6000,
        "pay_max": 9000,
        "pay_months": 13,
        "tags": ["包住"],
        "benefits": ["五险一金"],
        "skills": ["识图"],
        "valid_through": clock.today() + timedelta(days=30),
        **TEXTS,
    }
    return PostingContent(**{**values, **changes})


def posting(agency: Agency | None = None, **given: Any) -> JobPosting:
    """A published posting of an agency for an employer, unless told otherwise."""
    agency = agency or organisations.agency()
    moment = clock.now()
    values = {
        "agency": agency,
        "employer": given.get("employer") or organisations.employer(named_by=agency),
        "state": "published",
        "title": "数控车床操作工",
        "region": reference.region(reference.WUHOU),
        "headcount": 5,
        "employment_type": "full_time",
        "pay_min": 6000,
        "pay_max": 9000,
        "valid_through": clock.today() + timedelta(days=30),
        "created_at": moment,
        "updated_at": moment,
        "published_at": moment,
        "confirmed_at": moment,
        **TEXTS,
    }
    return JobPosting.objects.create(**{**values, **given})


def draft(agency: Agency, **given: Any) -> JobPosting:
    """A draft with every legal element."""
    return posting(agency, **{"state": "draft", "published_at": None, "confirmed_at": None, **given})


def yesterday() -> date:
    """A last day that is past."""
    return clock.today() - timedelta(days=1)
