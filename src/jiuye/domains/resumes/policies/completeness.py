"""How complete a resume is, and what to add next. The weights are data; they add up to 100."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that makes a resume better: its points, the section where it is entered, and why it helps."""

    key: str
    points: int
    label: str
    reason: str
    section: str


PARTS = (
    Part("name", 10, "填写姓名", "招聘方需要知道怎么称呼您", "basics"),
    Part("intention", 20, "添加求职意向", "让招聘方知道您想做什么、期望多少薪资", "intention"),
    Part(
        "employment", 15, "添加工作经历", "招聘方最先看的内容；没有工作过，请在基本信息里把工作年限填 0", "employment"
    ),
    Part("education", 15, "添加教育经历", "多数职位写明了学历要求", "education"),
    Part("self_description", 10, "写一段自我描述", "两三句话说明您的长处", "self"),
    Part("skill", 8, "添加技能", "写明会什么，更容易被找到", "skill"),
    Part("region", 5, "填写现居住地", "方便推荐附近的职位", "basics"),
    Part("availability", 5, "填写求职状态", "招聘方据此安排面试时间", "basics"),
    Part("experience_years", 4, "填写工作年限", "很多职位按年限筛选", "basics"),
    Part("education_level", 3, "填写最高学历", "很多职位按学历筛选", "basics"),
    Part("certificate", 3, "添加证书", "持证上岗的岗位会优先联系", "certificate"),
    Part("birth_year", 2, "填写出生年份", "用于核对工作年限是否合理", "basics"),
)


def completeness(present: Collection[str]) -> int:
    """0–100 from the keys of the parts that are there."""
    return sum(part.points for part in PARTS if part.key in present)


def missing_parts(present: Collection[str]) -> list[Part]:
    """What is not there yet, the most helpful first."""
    return sorted((part for part in PARTS if part.key not in present), key=lambda part: -part.points)
