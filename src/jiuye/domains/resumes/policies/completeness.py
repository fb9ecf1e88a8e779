"""How complete a resume is, and what to add next. The weights are data and add up to 100."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jiuye.domains.reference.education import EducationLevel
from jiuye.kernel import clock


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a good resume: its points, the section (and field) where it is entered, and why it helps."""

    key: str
    points: int
    label: str
    reason: str
    section: str
    field: str = ""


PARTS = (
    Part("name", 10, "填写姓名", "招聘方需要知道怎么称呼您", "basics", "name"),
    Part("intention", 20, "添加求职意向", "让招聘方知道您想做什么、在哪里、期望多少薪资", "intention"),
    Part(
        "employment", 15, "添加工作经历", "招聘方最先看的内容；没有工作过，请在基本信息里把工作年限填 0", "employment"
    ),
    Part("education", 15, "添加教育经历", "多数职位写明了学历要求", "education"),
    Part("self_description", 10, "写一段自我描述", "两三句话说明您的长处", "self"),
    Part("skill", 8, "添加技能", "写明会什么，更容易被找到", "skill"),
    Part("region", 5, "填写现居住地", "招聘方据此看上班远不远", "basics", "region"),
    Part("availability", 5, "填写求职状态", "招聘方据此安排面试时间", "basics", "availability"),
    Part("experience_years", 4, "填写工作年限", "很多职位按年限筛选", "basics", "experience_years"),
    Part("education_level", 3, "填写最高学历", "很多职位按学历筛选", "basics", "education"),
    Part("certificate", 3, "添加证书", "持证上岗的岗位会优先联系", "certificate"),
    Part("birth_year", 2, "填写出生年份", "用于核对工作年限是否合理", "basics", "birth_year"),
)


def completeness(missing: Collection[Part]) -> int:
    """Return 0–100: all points minus those of missing or contradictory parts."""
    return sum(part.points for part in PARTS) - sum(part.points for part in missing)


def missing_parts(view: Any) -> list[Part]:
    """Return what a `ResumeView` lacks or contradicts, the most helpful first."""
    faults = _faults(view)
    there = _there(view)
    found = [faults.get(part.key) or (None if there[part.key] else part) for part in PARTS]
    return sorted((part for part in found if part), key=lambda part: -part.points)


def _there(view: Any) -> Mapping[str, bool]:
    return {
        "name": bool(view.name),
        "intention": bool(view.intentions),
        "employment": bool(view.employments) or view.experience_years == 0,
        "education": bool(view.educations),
        "self_description": bool(view.self_description),
        "skill": bool(view.skills),
        "certificate": bool(view.certificates),
        "region": bool(view.region),
        "availability": bool(view.availability),
        "experience_years": view.experience_years is not None,
        "education_level": bool(view.education),
        "birth_year": view.birth_year is not None,
    }


def _faults(view: Any) -> dict[str, Part]:
    """Return contradictory parts: they count as missing until corrected, so that nothing faulty is complete."""
    found = {}
    parts = {part.key: part for part in PARTS}
    if view.experience_years == 0 and view.employments:
        found["experience_years"] = replace(
            parts["experience_years"], label="改正工作年限", reason="写了工作经历，工作年限却是 0"
        )
    finished = [
        EducationLevel(one.level.code).rank for one in view.educations if one.end_on and one.end_on <= clock.today()
    ]
    if view.education and finished and EducationLevel(view.education.code).rank < max(finished):
        found["education_level"] = replace(
            parts["education_level"], label="改正最高学历", reason="教育经历里有更高的学历"
        )
    return found
