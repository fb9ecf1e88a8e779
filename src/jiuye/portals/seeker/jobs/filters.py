"""Filters beside the list of jobs: groups of links with counts, chips, orders, and what to drop when nothing is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.domains.reference.terms import EmploymentType
from jiuye.portals.seeker.jobs.conditions import (
    EXPERIENCE_STEPS,
    PARAMETERS,
    RECENT_DAYS,
    Condition,
    conditions_of,
    pay_band,
)
from jiuye.portals.seeker.jobs.leave_out_sheet import chip, is_left_out
from jiuye.portals.seeker.jobs.links import PLACES, Links, links_of
from jiuye.ports.search import SearchQuery
from jiuye.search import nearby
from jiuye.search.criteria import LISTS
from jiuye.search.queries import JobList
from jiuye.search.understanding import Understood

PAY_BANDS = ((None, 3000), (3000, 5000), (5000, 8000), (8000, 12000), (12000, 20000), (20000, 30000), (30000, None))
SORT_LABELS = (("relevance", "综合"), ("newest", "最新"), ("pay", "薪资"), ("distance", "距离"))
_EMPLOYMENT_TYPES = tuple(EmploymentType.choices)
_EDUCATION_STEPS = tuple((level.value, level.label, str(level.rank)) for level in EducationLevel)


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One value of a filter. `href` chooses it, or removes it if it is `selected`; `count` is None if it is not counted."""

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


@dataclass(frozen=True, slots=True)
class Filters:
    """All that changes a search: the groups of filters, `chips` (label, link without it), `sorts` (label, link, whether it
    is the current order), the link without filters, in `loosen` what to drop when nothing is found, and the `conditions` that
    are set."""

    groups: Sequence[FilterGroup]
    chips: Sequence[tuple[str, str]]
    sorts: Sequence[tuple[str, str, bool]]
    clear: str
    loosen: Sequence[FilterOption]
    conditions: Sequence[Condition]


def filters_of(found: JobList, understood: Understood | None = None, *, keeps: bool = False) -> Filters:
    """Return the filters beside a result; the places `understood` from the words are chips of their own name.
    `keeps`: the person asked to remember what they do not want to see.

    One query for each chosen agency or employer, otherwise none.
    """
    read = understood.regions if understood else ()
    query = found.query
    conditions = conditions_of(query)
    links = links_of(query)
    chosen = [(one, _dropped(one, query, links)) for one in conditions if not is_left_out(one)]
    return Filters(
        groups=_groups(_Search(query, links, chosen, found.facets)),
        chips=[
            *((f"地点：{one.label}" if one.value in read else one.label, href) for one, href in chosen),
            *chip(query, conditions, keeps=keeps),
        ],
        sorts=_sorts(query, links),
        clear=links.clear,
        loosen=[FilterOption(PARAMETERS[name], links.without[name], count) for name, count in found.wider.items()],
        conditions=conditions,
    )


def _dropped(one: Condition, query: SearchQuery, links: Links) -> str:
    """The link without a condition."""
    href = links.without[one.name]
    several = getattr(query, one.name) if one.name in LISTS else ()
    for value in several:
        if value != one.value:
            href = f"{_and(href)}{one.name}={quote(value)}"
    return href


def _and(href: str) -> str:
    """A link to which a parameter can be appended."""
    return href if href == "?" else f"{href}&"


def _sorts(query: SearchQuery, links: Links) -> list[tuple[str, str, bool]]:
    """(label, link, whether it is the current order). Relevance is not offered without words, nor distance without a place."""
    now = "newest" if query.sort == "relevance" and not query.q else query.sort
    hidden = {name for name, is_offered in (("relevance", query.q), ("distance", query.near)) if not is_offered}
    base = links.without["sort"]
    return [
        (label, base if name == "relevance" else f"{_and(base)}sort={name}", name == now)
        for name, label in SORT_LABELS
        if name not in hidden
    ]


@dataclass(frozen=True, slots=True)
class _Search:
    """What the groups are made from: `chosen` has each condition with the link without it; `counts` are the facets."""

    query: SearchQuery
    links: Links
    chosen: Sequence[tuple[Condition, str]]
    counts: Mapping[str, Mapping[str, int]]


def _groups(search: _Search) -> list[FilterGroup]:
    """The filters in the order of the page, without groups that have no options."""
    found = [
        FilterGroup("region", "地区", _regions(search)),
        FilterGroup("near", "距离", _near(search)),
        FilterGroup("occupation", "职业", _occupations(search)),
        FilterGroup("pay", "月薪", _pay(search)),
        FilterGroup("education", "我的学历", _education(search)),
        FilterGroup("experience", "我的工作经验", _experience(search)),
        FilterGroup("employment_type", "用工类型", _values(search, "employment_type", [], _EMPLOYMENT_TYPES)),
        FilterGroup("posted_within", "发布时间", _recent(search)),
        FilterGroup("industry", "行业", _industries(search), open=bool(search.query.industry)),
    ]
    return [group for group in found if group.options]


def _regions(search: _Search) -> tuple[FilterOption, ...]:
    chosen = [code for code in search.query.region if reference.has_region(code)]
    above = reference.ancestors(chosen[-1])[:-1] if len(chosen) == 1 else []
    below = _places(chosen[-1] if chosen else "")
    return _values(search, "region", [(one.code, one.short_name) for one in above], below)


def _occupations(search: _Search) -> tuple[FilterOption, ...]:
    chosen = [code for code in search.query.occupation if reference.has_occupation(code)]
    above = reference.occupation_ancestors(chosen[-1])[:-1] if len(chosen) == 1 else []
    below = _occupations_below(chosen[-1] if chosen else "")
    return _values(search, "occupation", [(one.code, one.name) for one in above], below)


def _industries(search: _Search) -> tuple[FilterOption, ...]:
    chosen = [code for code in search.query.industry if reference.has_industry(code)]
    above = reference.industry_ancestors(chosen[-1])[:-1] if len(chosen) == 1 else []
    below = _industries_below(chosen[-1] if chosen else "")
    return _values(search, "industry", [(one.code, one.name) for one in above], below)


def _values(
    search: _Search, name: str, above: Sequence[tuple[str, str]], below: Sequence[tuple[str, str]]
) -> tuple[FilterOption, ...]:
    """Values of a filter: those that lead back up a level (levels with the same name are one), the chosen ones, and those
    that replace them, most postings first. `above` and `below` are (code, label)."""
    prefix, counts = f"{_and(search.links.without[name])}{name}=", search.counts.get(name, {})
    steps = {label: code for code, label in reversed(above)}
    back = [FilterOption(f"返回{label}", prefix + code) for label, code in steps.items()]
    taken = [(one, href) for one, href in search.chosen if one.name == name]
    codes = {one.value for one, _ in taken}
    offered = [(count, code, label) for code, label in below if (count := counts.get(code)) and code not in codes]
    offered.sort(key=lambda entry: -entry[0])
    return (
        *back[::-1],
        *(FilterOption(one.label, href, counts.get(one.value), True) for one, href in taken),
        *(FilterOption(label, prefix + code, count) for count, code, label in offered),
    )


@cache
def _places(parent: str) -> Sequence[tuple[str, str]]:
    below = reference.children(reference.MUNICIPALITY_CITIES.get(parent, parent)) if parent else reference.provinces()
    return tuple((one.code, one.short_name) for one in below)


@cache
def _occupations_below(parent: str) -> Sequence[tuple[str, str]]:
    return tuple((one.code, one.name) for one in reference.occupation_children(parent))


@cache
def _industries_below(parent: str) -> Sequence[tuple[str, str]]:
    return tuple((one.code, one.name) for one in reference.industries(parent))


def _near(search: _Search) -> tuple[FilterOption, ...]:
    """The radii and a link to choose a place; only the link if there is no place yet."""
    near, links = search.query.near, search.links
    if not near:
        return (FilterOption("选地点，按远近找", PLACES + links.whole),)
    prefix, counts = f"{_and(links.without['within'])}near={near.name}&within=", search.counts.get("near", {})
    steps = (
        FilterOption(f"{radius} 公里内", links.without["near"], None, True)
        if radius == near.within
        else FilterOption(f"{radius} 公里内", f"{prefix}{radius}", counts.get(str(radius)))
        for radius in nearby.RADII
    )
    other = "换地点或清除位置" if near.name == nearby.ME else "换个地点"
    return (*steps, FilterOption(other, PLACES + links.whole))


def _education(search: _Search) -> tuple[FilterOption, ...]:
    counts = search.counts.get("education", {})
    return _steps(search, "education", [(level, label, counts.get(rank)) for level, label, rank in _EDUCATION_STEPS])


def _experience(search: _Search) -> tuple[FilterOption, ...]:
    counts = search.counts.get("experience", {})
    steps = [(str(years), label, counts.get(str(years))) for years, label in EXPERIENCE_STEPS.items()]
    return _steps(search, "experience", steps)


def _recent(search: _Search) -> tuple[FilterOption, ...]:
    return _steps(search, "posted_within", [(str(days), label, None) for days, label in RECENT_DAYS.items()])


def _steps(search: _Search, name: str, steps: Sequence[tuple[str, str, int | None]]) -> tuple[FilterOption, ...]:
    """Values of a filter that takes one: (value, label, count)."""
    base = search.links.without[name]
    prefix = f"{_and(base)}{name}="
    chosen = {one.value for one, _ in search.chosen if one.name == name}
    return tuple(
        FilterOption(label, base, count, True) if value in chosen else FilterOption(label, prefix + value, count)
        for value, label, count in steps
    )


def _pay(search: _Search) -> tuple[FilterOption, ...]:
    base = search.links.without["pay"]
    prefix = _and(base)
    chosen = (search.query.pay_min, search.query.pay_max)
    return tuple(
        FilterOption(label, base, None, True) if (low, high) == chosen else FilterOption(label, prefix + asked)
        for low, high, label, asked in _pay_steps()
    )


@cache
def _pay_steps() -> Sequence[tuple[int | None, int | None, str, str]]:
    """(lower end, upper end, label, parameters) of each band."""
    return tuple(
        (
            low,
            high,
            pay_band(low, high),
            "&".join(f"{name}={bound}" for name, bound in (("pay_min", low), ("pay_max", high)) if bound),
        )
        for low, high in PAY_BANDS
    )
