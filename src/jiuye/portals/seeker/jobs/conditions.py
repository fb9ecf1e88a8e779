"""A search in Chinese words: the names of its parameters, and its conditions one by one."""

from dataclasses import dataclass
from uuid import UUID

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel, education_code
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel.errors import NotFound
from jiuye.ports.search import Near, SearchQuery
from jiuye.search import nearby
from jiuye.search.criteria import LISTS, SWITCHES

PARAMETERS = {
    "q": "搜索词",
    "literal": "按字面搜索",
    "workplace": "工作地址",
    "region": "地区",
    "occupation": "职业",
    "industry": "行业",
    "employment_type": "用工类型",
    "agency": "职介机构",
    "employer": "用人单位",
    "pay": "月薪",
    "pay_min": "最低月薪",
    "pay_max": "最高月薪",
    "education": "学历",
    "experience": "工作经验",
    "posted_within": "发布时间",
    "near": "距离",
    "within": "方圆公里数",
    "sort": "排序",
    "size": "每页条数",
    "page": "页码",
    "without_agency": "不看代招",
    "without_dispatch": "不看派遣外包",
    "without_slow": "不看答复慢的",
    "without_applied": "不看投过的",
    "leave_out": "不看",
    "exclude_employer": "不看的单位",
    "exclude_agency": "不看的职介",
    "exclude_words": "不看的词",
    "unconfirmed_for": "多久没有确认",
}
"""Names of parameters; `pay` names both bounds together."""
EXPERIENCE_STEPS = {0: "无经验", 1: "1年", 3: "3年", 5: "5年", 10: "10年及以上"}
RECENT_DAYS = {1: "24小时内", 3: "3天内", 7: "一周内", 30: "一个月内"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a search: the name of its filter, the value if the filter has several, and the words for it."""

    name: str
    label: str
    value: str = ""


def conditions_of(query: SearchQuery) -> list[Condition]:
    """Return the conditions of a search except its words. One query for each agency or employer."""
    found = [Condition(name, value_label(name, value), value) for name in LISTS for value in getattr(query, name)]
    if query.workplace:
        found.append(Condition("workplace", f"地址有“{query.workplace}”"))
    if query.near:
        found.append(Condition("near", f"{around(query.near)} {query.near.within} 公里"))
    if query.pay_min is not None or query.pay_max is not None:
        found.append(Condition("pay", pay_band(query.pay_min, query.pay_max)))
    if query.education is not None:
        level = EducationLevel(education_code(query.education))
        found.append(Condition("education", f"{level.label}可应聘", level.value))
    if query.experience is not None:
        label = EXPERIENCE_STEPS.get(query.experience, f"{query.experience}年")
        found.append(Condition("experience", f"{label}可应聘", str(query.experience)))
    if query.posted_within is not None:
        label = RECENT_DAYS.get(query.posted_within, f"{query.posted_within}天内")
        found.append(Condition("posted_within", label, str(query.posted_within)))
    return [*found, *_left_out(query)]


def _left_out(query: SearchQuery) -> list[Condition]:
    found = [Condition(name, PARAMETERS[name]) for name in (*SWITCHES, "without_applied") if getattr(query, name)]
    for name, kind in (("exclude_employer", "employer"), ("exclude_agency", "agency")):
        found += [Condition(name, f"不看{value_label(kind, value)}", value) for value in getattr(query, name)]
    found += [Condition("exclude_words", f"不看“{word}”", word) for word in query.exclude_words]
    if query.unconfirmed_for is not None:
        label = f"不看 {query.unconfirmed_for} 天没有确认的"
        found.append(Condition("unconfirmed_for", label, str(query.unconfirmed_for)))
    return found


def in_words(query: SearchQuery) -> list[str]:
    """Return what a search is about: its words, then its conditions. One query for each agency or employer."""
    return [*([query.q] if query.q else []), *(one.label for one in conditions_of(query))]


def value_label(name: str, value: str) -> str:
    """Return the name of a filter's value; the value itself if it is unknown. One query for an agency or employer."""
    try:
        if name == "region":
            return reference.region(value).short_name
        if name == "occupation":
            return reference.occupation(value).name
        if name == "industry":
            return reference.industry(value).name
        if name in ("agency", "employer"):
            return organisations.organisation_name(name, UUID(value))
        return EmploymentType(value).label
    except (NotFound, ValueError):
        return value


def around(near: Near) -> str:
    """浦东附近, 我附近."""
    if near.name == nearby.ME:
        return "我附近"
    return f"{reference.region(near.name).short_name if reference.has_region(near.name) else near.name}附近"


def pay_band(low: int | None, high: int | None) -> str:
    """5千-8千元, 3万元以上, 3千元以下; yuan a month."""
    if low and high:
        first, last = _thousands(low), _thousands(high)
        return f"{first[:-1] if first[-1] == last[-1] and not last[-1].isdigit() else first}-{last}元"
    return f"{_thousands(low)}元以上" if low else f"{_thousands(high or 0)}元以下"


def _thousands(amount: int) -> str:
    """3千, 1.2万, 3500."""
    if amount >= 10000 and amount % 1000 == 0:
        return f"{amount / 10000:g}万"
    return f"{amount // 1000}千" if amount >= 1000 and amount % 1000 == 0 else str(amount)
