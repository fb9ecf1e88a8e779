"""Filters beside a result, as the page's macros want them: groups of links with counts, chips, sorts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from jiuye.domains.organisations import queries as organisations
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.kernel.errors import NotFound
from jiuye.ports.search import SearchQuery
from jiuye.search import nearby
from jiuye.search.criteria import education_code, link, pairs, without_near
from jiuye.search.documents import education_rank

FACETS = ("region", "occupation", "industry", "education", "experience", "employment_type", "near")
PLACES = "/jobs/near"
"""Where people choose the place to search round."""
PAY_BANDS = ((None, 3000), (3000, 5000), (5000, 8000), (8000, 12000), (12000, 20000), (20000, 30000), (30000, None))
EXPERIENCE_STEPS = ((0, "无经验"), (1, "1年"), (3, "3年"), (5, "5年"), (10, "10年及以上"))
RECENT_DAYS = ((1, "24小时内"), (3, "3天内"), (7, "一周内"), (30, "一个月内"))
SORT_LABELS = (("relevance", "综合"), ("newest", "最新"), ("pay", "薪资"), ("distance", "距离"))
_EDUCATION_STEPS = tuple((level.value, level.label, str(education_rank(level.value))) for level in EducationLevel)
_SINGLE_CITY = {"110000": "110100", "120000": "120100", "310000": "310100", "500000": "500100"}


Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One value of a filter. `href` chooses it, or drops it when it is `selected`; `count` is None where it isn't counted."""

    label: str
    href: str
    count: int | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A filter and its values."""

    name: str
    title: str
    options: tuple[FilterOption, ...]
    open: bool = True


def groups(query: SearchQuery, counts: Counts) -> list[FilterGroup]:
    """The filters of a search in the order of the page; groups without options are left out. No query."""
    found = [
        FilterGroup("region", "地区", _regions(query, counts.get("region", {}))),
        FilterGroup("near", "距离", _near(query, counts.get("near", {}))),
        FilterGroup("occupation", "职业", _occupations(query, counts.get("occupation", {}))),
        FilterGroup("pay", "月薪", _pay(query)),
        FilterGroup("education", "我的学历", _education(query, counts.get("education", {}))),
        FilterGroup("experience", "我的工作经验", _experience(query, counts.get("experience", {}))),
        FilterGroup("employment_type", "用工类型", _employment(query, counts.get("employment_type", {}))),
        FilterGroup("posted_within", "发布时间", _recent(query)),
        FilterGroup("industry", "行业", _industries(query, counts.get("industry", {})), open=bool(query.industry)),
    ]
    return [group for group in found if group.options]


def chips(query: SearchQuery) -> list[tuple[str, str]]:
    """What narrows the search now: (label, link without it). One query if an agency or employer is among them."""
    found = []
    for name in ("region", "occupation", "industry", "employment_type", "agency", "employer"):
        for value in getattr(query, name):
            others = [(name, other) for other in getattr(query, name) if other != value]
            found.append((value_label(name, value), link(query, *others, without=(name,))))
    if query.near:
        found.append((nearby.sentence(query.near), link(query, without=without_near(query))))
    if query.pay_min is not None or query.pay_max is not None:
        found.append((_band_label(query.pay_min, query.pay_max), link(query, without=("pay_min", "pay_max"))))
    if query.education is not None:
        label = EducationLevel(education_code(query.education)).label
        found.append((f"{label}可应聘", link(query, without=("education",))))
    if query.experience is not None:
        label = dict(EXPERIENCE_STEPS).get(query.experience, f"{query.experience}年")
        found.append((f"{label}可应聘", link(query, without=("experience",))))
    if query.posted_within is not None:
        label = dict(RECENT_DAYS).get(query.posted_within, f"{query.posted_within}天内")
        found.append((label, link(query, without=("posted_within",))))
    return found


def sorts(query: SearchQuery) -> list[tuple[str, str, bool]]:
    """(label, link, whether it is the order now). Without words there is nothing to be relevant to."""
    now = "newest" if query.sort == "relevance" and not query.q else query.sort
    hidden = {name for name, is_offered in (("relevance", query.q), ("distance", query.near)) if not is_offered}
    offered = [(name, label) for name, label in SORT_LABELS if name not in hidden]
    return [
        (label, link(query, *([] if name == "relevance" else [("sort", name)]), without=("sort",)), name == now)
        for name, label in offered
    ]


def clear_link(query: SearchQuery) -> str:
    """The search without its filters."""
    narrowing = {name for name, _ in pairs(query)} - {"q", "sort", "size"}
    return link(query, without=narrowing | set(without_near(query)))


def value_label(name: str, value: str) -> str:
    """How a filter's value reads; the value itself where nothing knows it. One query for agencies and employers."""
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


def _chosen(query: SearchQuery, name: str, counts: Mapping[str, int]) -> list[FilterOption]:
    options = []
    for value in getattr(query, name):
        others = [(name, other) for other in getattr(query, name) if other != value]
        href = link(query, *others, without=(name,))
        options.append(FilterOption(value_label(name, value), href, counts.get(value), True))
    return options


def _below(
    query: SearchQuery, name: str, counts: Mapping[str, int], offered: Sequence[tuple[str, str]]
) -> list[FilterOption]:
    """Values that can be chosen in the place of what is chosen, most first; those without postings are left out."""
    chosen = getattr(query, name)
    _, prefix = _without(query, name)
    found = [(counts[code], code, label) for code, label in offered if code in counts and code not in chosen]
    found.sort(key=lambda entry: -entry[0])
    return [FilterOption(label, f"{prefix}{name}={code}", count) for count, code, label in found if count]


def _above(query: SearchQuery, name: str, path: Sequence[tuple[str, str]]) -> list[FilterOption]:
    """The way back up, a level at a time, from the one value that is chosen; names that repeat are one place to people."""
    _, prefix = _without(query, name)
    steps = {label: code for code, label in reversed(path)}
    found = [FilterOption(f"返回{label}", f"{prefix}{name}={code}") for label, code in steps.items()]
    return found[::-1]


def _without(query: SearchQuery, *names: str) -> tuple[str, str]:
    """The link without these parameters, and the same as the beginning of one with others in their place."""
    base = link(query, without=names)
    return base, base if base == "?" else f"{base}&"


def _regions(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    chosen = [code for code in query.region if reference.has_region(code)]
    above = reference.ancestors(chosen[-1])[:-1] if len(chosen) == 1 else []
    return (
        *_above(query, "region", [(one.code, one.short_name) for one in above]),
        *_chosen(query, "region", counts),
        *_below(query, "region", counts, _places(chosen[-1] if chosen else "")),
    )


def _near(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    """The radii, and the way to a place; only that until there is one."""
    if not query.near:
        return (FilterOption("选地点，按远近找", PLACES + link(query), None),)
    base = link(query, without=without_near(query))
    prefix = link(query, ("near", query.near.name), without=("near", "within"))
    steps = (
        FilterOption(f"{radius} 公里内", base, None, True)
        if radius == query.near.within
        else FilterOption(f"{radius} 公里内", f"{prefix}&within={radius}", counts.get(str(radius)))
        for radius in nearby.RADII
    )
    other = "换地点或清除位置" if query.near.name == nearby.ME else "换个地点"
    return (*steps, FilterOption(other, PLACES + link(query), None))


def _occupations(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    chosen = [code for code in query.occupation if reference.has_occupation(code)]
    below = _occupations_below(chosen[-1] if chosen else "")
    above = reference.occupation_ancestors(chosen[-1])[:-1] if len(chosen) == 1 else []
    return (
        *_above(query, "occupation", [(one.code, one.name) for one in above]),
        *_chosen(query, "occupation", counts),
        *_below(query, "occupation", counts, below),
    )


def _industries(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    chosen = [code for code in query.industry if reference.has_industry(code)]
    below = _industries_below(chosen[-1] if chosen else "")
    above = reference.industry_ancestors(chosen[-1])[:-1] if len(chosen) == 1 else []
    return (
        *_above(query, "industry", [(one.code, one.name) for one in above]),
        *_chosen(query, "industry", counts),
        *_below(query, "industry", counts, below),
    )


def _employment(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    return (
        *_chosen(query, "employment_type", counts),
        *_below(query, "employment_type", counts, EmploymentType.choices),
    )


@cache
def _places(parent: str) -> Sequence[tuple[str, str]]:
    below = reference.children(_SINGLE_CITY.get(parent, parent)) if parent else reference.provinces()
    return tuple((one.code, one.short_name) for one in below)


@cache
def _occupations_below(parent: str) -> Sequence[tuple[str, str]]:
    return tuple((one.code, one.name) for one in reference.occupation_children(parent))


@cache
def _industries_below(parent: str) -> Sequence[tuple[str, str]]:
    return tuple((one.code, one.name) for one in reference.industries(parent))


def _education(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    chosen = None if query.education is None else education_code(query.education)
    steps = [(level, label, counts.get(rank)) for level, label, rank in _EDUCATION_STEPS]
    return _steps(query, "education", steps, chosen)


def _experience(query: SearchQuery, counts: Mapping[str, int]) -> tuple[FilterOption, ...]:
    steps = [(str(years), label, counts.get(str(years))) for years, label in EXPERIENCE_STEPS]
    return _steps(query, "experience", steps, None if query.experience is None else str(query.experience))


def _recent(query: SearchQuery) -> tuple[FilterOption, ...]:
    steps = [(str(days), label, None) for days, label in RECENT_DAYS]
    return _steps(query, "posted_within", steps, None if query.posted_within is None else str(query.posted_within))


def _steps(
    query: SearchQuery, name: str, steps: Sequence[tuple[str, str, int | None]], chosen: str | None
) -> tuple[FilterOption, ...]:
    base, prefix = _without(query, name)
    return tuple(
        FilterOption(label, base, count, True)
        if value == chosen
        else FilterOption(label, f"{prefix}{name}={value}", count)
        for value, label, count in steps
    )


def _pay(query: SearchQuery) -> tuple[FilterOption, ...]:
    base, prefix = _without(query, "pay_min", "pay_max")
    chosen = (query.pay_min, query.pay_max)
    return tuple(
        FilterOption(label, base, None, True)
        if (low, high) == chosen
        else FilterOption(label, f"{prefix}{asked}", None)
        for low, high, label, asked in _pay_steps()
    )


@cache
def _pay_steps() -> Sequence[tuple[int | None, int | None, str, str]]:
    """Lower end, upper end, how the band reads, its parameters."""
    return tuple(
        (
            low,
            high,
            _band_label(low, high),
            "&".join(f"{name}={bound}" for name, bound in (("pay_min", low), ("pay_max", high)) if bound),
        )
        for low, high in PAY_BANDS
    )


def _band_label(low: int | None, high: int | None) -> str:
    if low and high:
        first, last = _thousands(low), _thousands(high)
        return f"{first[:-1] if first[-1] == last[-1] and not last[-1].isdigit() else first}-{last}元"
    return f"{_thousands(low)}元以上" if low else f"{_thousands(high or 0)}元以下"


def _thousands(amount: int) -> str:
    """3千, 1.2万, 3500."""
    if amount >= 10000 and amount % 1000 == 0:
        return f"{amount / 10000:g}万"
    return f"{amount // 1000}千" if amount >= 1000 and amount % 1000 == 0 else str(amount)
