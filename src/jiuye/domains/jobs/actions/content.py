"""Check an agency's posting content and prepare it for storage."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from jiuye.domains.jobs.content import HIGHEST_HEADCOUNT, PostingContent
from jiuye.domains.jobs.pay import HIGHEST_MONTHLY
from jiuye.domains.jobs.policies import validity_fault
from jiuye.domains.jobs.states import PayUnit
from jiuye.domains.organisations.models import Employer
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel import clock
from jiuye.kernel.errors import Invalid
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

TITLE_LIMIT = 80
TEXT_LIMIT = 5000
CONDITIONS_LIMIT = 1000
MOST_WORDS = 15
WORD_LIMITS = {"tags": 30, "benefits": 30, "skills": 40}
MOST_YEARS = 50
NO_SUCH_EMPLOYER = "没有找到这家用人单位，请重新选择或填写。"


def columns(content: PostingContent, agency_id: UUID, *, closing_before: date | None = None) -> dict[str, Any]:
    """Return the columns of a checked content. At most one query. Raises `Invalid` with field names of `PostingContent`.

    A closing day equal to `closing_before` may be in the past: the edited posting is then not open.
    """
    values, faults = checked(content, closing_before=closing_before)
    if content.employer_id and content.employer_id not in recruitable([content.employer_id], agency_id):
        faults["employer"] = NO_SUCH_EMPLOYER
    if faults:
        raise Invalid(faults)
    return values


def checked(content: PostingContent, *, closing_before: date | None = None) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the columns of a content, and what is wrong by field. The employer is not checked. No query."""
    faults: dict[str, str] = {}
    values = {
        **_texts(content, faults),
        **_codes(content, faults),
        **_figures(content, faults),
        "employer_id": content.employer_id,
        "valid_through": content.valid_through,
    }
    is_new_day = content.valid_through is not None and content.valid_through != closing_before
    if is_new_day and (fault := validity_fault(content.valid_through, clock.today())):
        faults["valid_through"] = fault
    return {**values, **_place(values["region_id"] if "region" not in faults else None)}, faults


def _texts(content: PostingContent, faults: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": tidy_line(content.title),
        "external_code": tidy_line(content.external_code),
        "address": tidy_line(content.address),
        "pay_text": tidy_line(content.pay_text)[:60],
        "duties": tidy_lines(content.duties),
        "requirements": tidy_lines(content.requirements),
        "working_conditions": tidy_lines(content.working_conditions),
    }
    limits = {
        "title": TITLE_LIMIT,
        "external_code": 64,
        "address": 200,
        "duties": TEXT_LIMIT,
        "requirements": TEXT_LIMIT,
        "working_conditions": CONDITIONS_LIMIT,
    }
    for name, limit in limits.items():
        if len(values[name]) > limit:
            faults[name] = f"最多 {limit} 字，现在是 {len(values[name])} 字。"
    if not values["title"]:
        faults["title"] = "请填写职位名称，如“数控车床操作工”。"
    for name, limit in WORD_LIMITS.items():
        values[name] = _words(name, limit, getattr(content, name), faults)
    return values


def _words(name: str, limit: int, written: Sequence[str], faults: dict[str, str]) -> list[str]:
    words = list(dict.fromkeys(filter(None, map(tidy_line, written))))
    if len(words) > MOST_WORDS:
        faults[name] = f"最多 {MOST_WORDS} 个，现在是 {len(words)} 个。"
    elif too_long := next((word for word in words if len(word) > limit), ""):
        faults[name] = f"“{too_long[:20]}…”太长，每个最多 {limit} 字，请用顿号或逗号隔开。"
    return words


def _codes(content: PostingContent, faults: dict[str, str]) -> dict[str, Any]:
    known: Mapping[str, tuple[bool, str]] = {
        "occupation": (reference.has_occupation(content.occupation), "没有这个职业，请从列表中选择。"),
        "industry": (reference.has_industry(content.industry), "没有这个行业，请从列表中选择。"),
        "region": (reference.has_region(content.region), "没有这个地区，请从列表中选择。"),
        "education": (content.education in EducationLevel.values, "请从列表中选择学历。"),
        "employment_type": (content.employment_type in EmploymentType.values, "请从列表中选择用工类型。"),
    }
    for name, (is_known, message) in known.items():
        if getattr(content, name) and not is_known:
            faults[name] = message
    if content.region and "region" not in faults and reference.region(content.region).level == "province":
        faults["region"] = "请至少选择到城市，求职者要知道在哪里上班。"
    return {
        "occupation_id": content.occupation or None,
        "industry_id": content.industry or None,
        "region_id": content.region or None,
        "education": content.education,
        "employment_type": content.employment_type,
    }


def _figures(content: PostingContent, faults: dict[str, str]) -> dict[str, Any]:
    if content.headcount is not None and not 1 <= content.headcount <= HIGHEST_HEADCOUNT:
        faults["headcount"] = f"招聘人数应在 1 到 {HIGHEST_HEADCOUNT} 之间。"
    years = (content.experience_min, content.experience_max)
    if any(year is not None and not 0 <= year <= MOST_YEARS for year in years):
        faults["experience_min"] = f"工作经验应在 0 到 {MOST_YEARS} 年之间。"
    elif years[0] is not None and years[1] is not None and years[0] > years[1]:
        faults["experience_min"] = "工作经验的下限高于上限，请改正。"
    low, high = content.pay_min, content.pay_max
    if any(end is not None and not 0 < end <= HIGHEST_MONTHLY for end in (low, high)):
        faults["pay_min"] = "薪资折合每月应在 1 元到 100 万元之间，请检查金额和单位。"
    elif low is not None and high is not None and low > high:
        faults["pay_min"] = "最低薪资高于最高薪资，请改正。"
    if content.pay_unit not in PayUnit.values:
        faults["pay_unit"] = "请选择薪资单位。"
    if not 12 <= content.pay_months <= 24:
        faults["pay_months"] = "每年发薪月数应在 12 到 24 之间。"
    names = (
        "headcount",
        "experience_min",
        "experience_max",
        "pay_min",
        "pay_max",
        "pay_unit",
        "pay_months",
        "pay_negotiable",
    )
    return {name: getattr(content, name) for name in names}


def recruitable(employer_ids: Collection[UUID], agency_id: UUID) -> set[UUID]:
    """Return those employers for which the agency may recruit: with a credit code, or named by itself. One query."""
    found = Employer.objects.filter(Q(credit_code__isnull=False) | Q(named_by_id=agency_id), pk__in=employer_ids)
    return set(found.values_list("pk", flat=True))


def _place(region: str | None) -> dict[str, float | None]:
    if region is None:
        return {"longitude": None, "latitude": None}
    place = reference.region(region)
    return {"longitude": place.longitude, "latitude": place.latitude}
