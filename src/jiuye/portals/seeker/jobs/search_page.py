"""The list of jobs without its cards: heading, paging, ignored parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from markupsafe import Markup

from jiuye.design.environment import components
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.queries import Region
from jiuye.portals.seeker.jobs.conditions import PARAMETERS, around, value_label
from jiuye.portals.seeker.jobs.filters import Filters
from jiuye.portals.seeker.jobs.leave_out import OwnSearch
from jiuye.portals.seeker.jobs.leave_out_sheet import LeaveOutSheet, sheet_of
from jiuye.portals.seeker.jobs.links import PLACES, link, list_address
from jiuye.ports.search import DEEPEST_PAGE, SearchQuery, without_minus
from jiuye.search import nearby
from jiuye.search.criteria import pairs
from jiuye.search.queries import JobList
from jiuye.search.understanding import Understood
from jiuye.search.zones import Zone, zone_of

DEGRADED = "搜索正在维护，暂时只能按标题查找和简单筛选，结果可能不全。请稍后再试。"


@dataclass(frozen=True)
class SearchPage:
    """Texts and links around the result of a search. `faults` is {parameter: message} of what was ignored."""

    found: JobList
    faults: Mapping[str, str]
    filters: Filters
    cards: Markup
    understood: Understood | None = None
    own: OwnSearch | None = None

    @property
    def query(self) -> SearchQuery:
        return self.found.query

    @property
    def title(self) -> str:
        """长沙会计招聘，5千-8千元，第 2 页: the heading, the other filters, and the page if it is not the first."""
        named = {"region", "near", *(() if self.query.q else ("occupation",))}
        others = () if self.zone else [one.label for one in self.filters.conditions if one.name not in named]
        return "，".join([self.heading, *others, *([self.note] if self.query.page > 1 else [])])

    @property
    def as_written(self) -> tuple[str, str]:
        """The words from which a place was read, and the URL that searches for them as they are written; empty if none was."""
        if not self.understood:
            return "", ""
        words = self.understood.words
        return words, link(replace(self.query, q=words, literal=True, region=(), workplace=""))

    @property
    def asked(self) -> tuple[str, str]:
        """The words that were asked for, and the URL that insists on them, if others were searched for; otherwise empty."""
        asked = self.found.asked
        return (asked.q, link(replace(asked, literal=True))) if asked else ("", "")

    @property
    def offered(self) -> tuple[str, str]:
        """Words that find much more, and their URL; otherwise empty."""
        words = self.found.offered
        return (words, link(replace(self.query, q=words))) if words else ("", "")

    @property
    def heading(self) -> str:
        """成都焊工招聘: place and words or occupation, for the only h1."""
        parts = [value_label("region", code) for code in self.query.region[:2]]
        if self.query.near:
            parts = [around(self.query.near)]
        if self.zone:
            return f"{''.join(parts)}{self.zone.name}专区"
        parts += [self.query.workplace, without_minus(self.query.q)[0]]
        if not self.query.q:
            parts += [value_label("occupation", code) for code in self.query.occupation[:1]]
        return f"{''.join(part for part in parts if part)}招聘" if any(parts) else "全国招聘职位"

    @property
    def notice(self) -> str:
        """What to tell people while the engine is away; otherwise empty."""
        return DEGRADED if self.found.is_degraded else ""

    @property
    def zone(self) -> Zone | None:
        """The zone with this search, if there is one."""
        return zone_of(self.query)

    @property
    def ignored(self) -> Sequence[tuple[str, str]]:
        """Ignored parameters: (name, message), both in Chinese."""
        return [(PARAMETERS.get(name, name), message) for name, message in self.faults.items()]

    @property
    def choose_place_href(self) -> str:
        """URL to choose a place if the requested one cannot be used; otherwise empty."""
        return PLACES + link(self.query) if "near" in self.faults else ""

    @cached_property
    def leave_out(self) -> LeaveOutSheet:
        """The sheet of what is left out (不看)."""
        return sheet_of(self.found, self.filters.conditions, self.own or OwnSearch(self.query))

    @property
    def save_href(self) -> str:
        """URL to save this search for alerts; empty for a search without conditions."""
        kept = self.query
        if self.saved_round and kept.near:
            kept = replace(kept, near=replace(kept.near, name=self.saved_round.code))
        narrowing = link(kept, without=("sort", "size"))
        return f"/me/searches/new{narrowing}" if narrowing != "?" else ""

    @property
    def saved_round(self) -> Region | None:
        """The county that replaces the visitor's own location when the search is saved; None if they named a place."""
        near = self.query.near
        return reference.nearest_county(near.place) if near and near.name == nearby.ME else None

    @property
    def next_href(self) -> str:
        """URL of the next page; empty on the last. It has a page number too, to show and in case the cursor has expired."""
        if not self.found.next_cursor:
            return ""
        number = [("page", str(self.query.page + 1))] if self._is_numbered and self.query.page < DEEPEST_PAGE else []
        return link(self.query, *number, ("cursor", self.found.next_cursor))

    @property
    def previous_href(self) -> str:
        """URL of the previous page by number; of the first page if this one has no number."""
        if self._is_numbered and self.query.page > 2:
            return link(self.query, ("page", str(self.query.page - 1)))
        return link(self.query) if self.query.page > 1 or self.query.cursor else ""

    @property
    def first_href(self) -> str:
        """URL of the first page of the same search."""
        return link(self.query)

    @property
    def note(self) -> str:
        """第 3 页; empty if the number is not known."""
        return f"第 {self.query.page} 页" if self._is_numbered else ""

    @property
    def _is_numbered(self) -> bool:
        return self.query.page > 1 or not self.query.cursor

    @property
    def canonical(self) -> str:
        """The canonical URL of this result: parameters in a fixed order, without defaults."""
        number = [("page", str(self.query.page))] if self.query.page > 1 else []
        return list_address(self.query, *number).removesuffix("?")

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may index this page: simple searches and zones, not every combination of filters."""
        narrowing = {name for name, _ in pairs(self.query)} - {"q", "region", "occupation"}
        return not self.query.cursor and (self.zone is not None or (not narrowing and not self.query.q))

    @property
    def kept(self) -> Sequence[tuple[str, str]]:
        """Parameters that a new search by words and region keeps: the other filters."""
        return pairs(self.query, without=("q", "region", "size"))

    @property
    def kept_beside_pay(self) -> Sequence[tuple[str, str]]:
        """Parameters that a new pay range keeps."""
        return pairs(self.query, without=("pay_min", "pay_max"))

    @property
    def region(self) -> str:
        """The code of the only region; empty for none or several."""
        return self.query.region[0] if len(self.query.region) == 1 else ""

    @property
    def picker(self) -> Markup:
        """The region picker with this region chosen."""
        return region_picker(self.region, reference.full_name(self.region) if self.region else "")


@lru_cache(maxsize=4096)
def region_picker(code: str, name: str) -> Markup:
    """Return the picker of the search bar. Cached per region, because it renders an option for every province."""
    provinces = tuple((one.code, one.short_name) for one in reference.provinces())
    return components().region_picker(
        "region", "工作地区", value=code, value_name=name, provinces=provinces, submit=True, hide_label=True
    )
