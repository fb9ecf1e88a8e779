"""Searches for pages and the API: by the engine, or plainly from the tables while the engine is away."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import structlog
from markupsafe import Markup, escape

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries import Browse, PostingCard, PostingDetail, card_of_posting
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.kernel import clock
from jiuye.kernel.paging import Page
from jiuye.kernel.text import pieces
from jiuye.ports import search
from jiuye.ports.search import Hit, Near, Place, SearchQuery, SearchUnavailable, SimilarQuery
from jiuye.search import filters, nearby
from jiuye.search.criteria import link, without_near
from jiuye.search.documents import card_json, card_of_hit, education_rank
from jiuye.search.filters import FilterGroup

log = structlog.get_logger("search")
DEGRADED = "搜索正在维护，暂时只能按标题查找和简单筛选，结果可能不全。请稍后再试。"
_FILTER_TITLES = {
    "q": "搜索词",
    "region": "地区",
    "occupation": "职业",
    "industry": "行业",
    "pay": "月薪",
    "education": "学历",
    "experience": "工作经验",
    "employment_type": "用工类型",
    "agency": "职介机构",
    "employer": "用人单位",
    "posted_within": "发布时间",
    "near": "距离",
}
_MOST_OF_A_JOB = 50
_NOWHERE = "000000"
_PARAMETERS = {"pay": ("pay_min", "pay_max")}


@dataclass(frozen=True, slots=True)
class Loosening:
    """A filter to drop when nothing is found: how many postings there would be without it, and the link to them."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class JobList:
    """A page of a search. `total` is None when it is not known. `notice` tells people that the engine is away.

    What the engine found is in `hits`, what was read from the tables without it in `cards`; `jobs` is either.
    """

    query: SearchQuery
    total: int | None
    hits: Sequence[Hit] = ()
    cards: Sequence[PostingCard] = ()
    next_cursor: str = ""
    groups: Sequence[FilterGroup] = ()
    chips: Sequence[tuple[str, str]] = ()
    sorts: Sequence[tuple[str, str, bool]] = ()
    clear: str = ""
    loosen: Sequence[Loosening] = ()
    notice: str = ""
    sources: Mapping[UUID, int] = field(default_factory=dict)
    """Of a posting that stands for the same job elsewhere: through how many agencies it is open. Others are not in it."""

    @property
    def jobs(self) -> Sequence[PostingCard]:
        """The cards, with the matched words of their titles marked."""
        cards = [card_of_hit(hit, marked_title(hit)) for hit in self.hits]
        return [replace(card, sources=self.sources.get(card.id, 1)) for card in cards] or self.cards

    @property
    def next_href(self) -> str:
        """The link to the next page; empty on the last."""
        return link(self.query, ("cursor", self.next_cursor)) if self.next_cursor else ""


@dataclass(frozen=True, slots=True)
class RawJobs:
    """A page of a search for machines: the cards as the JSON that the index keeps."""

    total: int | None
    items: Sequence[bytes]
    facets: Mapping[str, Any] = field(default_factory=dict)
    next_cursor: str = ""
    degraded: bool = False

    def encoded(self) -> bytes:
        """`{"total", "items", "facets", "next_cursor", "degraded"}` as JSON."""
        rest = orjson.dumps({"facets": self.facets, "next_cursor": self.next_cursor, "degraded": self.degraded})
        return b'{"total":%s,"items":[%s],%s' % (orjson.dumps(self.total), b",".join(self.items), rest[1:])


def search_jobs(query: SearchQuery) -> JobList:
    """A page of postings with filters, counts and, when nothing is found, what to loosen. One job is one card, through
    however many agencies it is published; the total counts postings.

    No database query but one for each agency or employer named in a filter; one more without the engine.
    """
    parts: dict[str, Any] = {
        "chips": filters.chips(query),
        "sorts": filters.sorts(query),
        "clear": filters.clear_link(query),
    }
    try:
        found = search.get().search(replace(query, facets=filters.FACETS, collapse=True))
        loosen = _loosenings(query) if found.total == 0 else ()
        sources = _sources(found.items)
    except SearchUnavailable as problem:
        log.warning("search is unavailable", reason=str(problem))
        page = _browsed(query)
        groups = filters.groups(query, {})
        cards = [card_of_posting(posting) for posting in page.items]
        return JobList(query, None, (), cards, page.next_cursor, groups, notice=DEGRADED, **parts)
    groups = filters.groups(query, found.facets)
    parts |= {"loosen": loosen, "sources": sources}
    return JobList(query, found.total, found.items, (), found.next_cursor, groups, **parts)


def _sources(hits: Sequence[Hit]) -> dict[UUID, int]:
    """Of the hits that share their job with others: through how many agencies it is open."""
    found = {}
    for hit in hits:
        if hit.cluster:
            same = search.get().search(
                SearchQuery(cluster=(hit.cluster,), sort="newest", size=_MOST_OF_A_JOB, highlight=False)
            )
            agencies = {orjson.loads(one.card)["agency_id"] for one in same.items}
            if len(agencies) > 1:
                found[hit.id] = len(agencies)
    return found


def search_raw(query: SearchQuery) -> RawJobs:
    """A page of postings for the API; `query.facets` says what is counted. No query, one without the engine."""
    try:
        found = search.get().search(replace(query, highlight=False) if query.highlight else query)
    except SearchUnavailable as problem:
        log.warning("search is unavailable", reason=str(problem))
        page = _browsed(query)
        return RawJobs(None, [card_json(posting) for posting in page.items], {}, page.next_cursor, degraded=True)
    return RawJobs(found.total, [_with_distance(hit) for hit in found.items], found.facets, found.next_cursor)


def _with_distance(hit: Hit) -> bytes:
    """The card, with how far away it is in a search that asks for that."""
    return hit.card if hit.distance is None else b'%s,"distance_km":%d}' % (hit.card[:-1], hit.distance)


def similar_jobs(posting: PostingDetail, *, size: int = 6) -> list[PostingCard]:
    """Postings like one: by title, occupation and place. No query, one without the engine."""
    asked = SimilarQuery(
        title=posting.title,
        occupation=tuple(step.code for step in reference.occupation_ancestors(posting.occupation_code))
        if posting.occupation_code
        else (),
        region=tuple(step.code for step in reference.ancestors(posting.region_code)) if posting.region_code else (),
        exclude=(posting.id,),
        exclude_cluster=jobs.cluster_key(posting.employer.id, posting.region_code, posting.title)
        if posting.employer
        else "",
        size=size,
    )
    try:
        return [card_of_hit(hit) for hit in search.get().similar(asked)]
    except SearchUnavailable:
        newest = jobs.newest(region=posting.region_code, limit=size + 1)
        return [card for card in newest if card.id != posting.id][:size]


def jobs_near(place: Place, *, size: int = 10) -> Sequence[PostingCard]:
    """The newest postings round a place, with how far they are. No query; none while the engine is away."""
    asked = SearchQuery(near=Near(*place, name=nearby.ME), sort="newest", size=size, highlight=False, collapse=True)
    try:
        return [card_of_hit(hit) for hit in search.get().search(asked).items]
    except SearchUnavailable:
        return []


def count_jobs(query: SearchQuery) -> int | None:
    """How many postings a search finds (for saved searches); None while the engine is away. No query."""
    try:
        return search.get().search(replace(query, size=1, page=1, cursor="", facets=(), highlight=False)).total
    except SearchUnavailable:
        return None


def warm() -> None:
    """Load dictionary and index, so that the first visitor need not wait the half second that it takes."""
    with suppress(SearchUnavailable):
        search.get().search(SearchQuery(q="工", facets=filters.FACETS))


def marked_title(hit: Hit) -> Markup:
    """The title as markup, with the words that matched marked."""
    if not hit.highlights:
        return escape(hit.title)
    cut = pieces(hit.title, hit.highlights)
    written = (f"<mark>{escape(text)}</mark>" if marked else str(escape(text)) for text, marked in cut)
    return Markup("".join(written))  # noqa: S704 - every piece is escaped


def _loosenings(query: SearchQuery) -> list[Loosening]:
    found = []
    for name, count in search.get().loosen(query).items():
        parameters = without_near(query) if name == "near" else _PARAMETERS.get(name, (name,))
        href = link(query, without=parameters)
        found.append(Loosening(_FILTER_TITLES[name], count, href))
    return found


def _browsed(query: SearchQuery) -> Page[JobPosting]:
    """The plain list from the tables."""
    wanted = Browse(
        words=query.q.split()[:5],
        regions=_regions(query),
        occupations=_with_all_below(query.occupation, reference.has_occupation, reference.occupation_descendants),
        industries=_with_all_below(query.industry, reference.has_industry, _divisions),
        pay_min=query.pay_min,
        pay_max=query.pay_max,
        educations=None if query.education is None else _levels_up_to(query.education),
        experience=query.experience,
        employment_types=query.employment_type,
        agencies=query.agency,
        employers=query.employer,
        since=None if query.posted_within is None else clock.now() - timedelta(days=min(query.posted_within, 3650)),
        by_pay=query.sort == "pay",
    )
    return jobs.browse(wanted, cursor=query.cursor, size=query.size)


def _regions(query: SearchQuery) -> list[str]:
    """The regions that a search may look in; those whose centres lie in its circle stand for it."""
    chosen = _with_all_below(query.region, reference.has_region, reference.descendants)
    if not query.near:
        return chosen
    around = nearby.counties_within(query.near)
    return [code for code in around if code in chosen] or [_NOWHERE] if chosen else list(around)


def _with_all_below(codes: Sequence[str], known: Any, below: Any) -> list[str]:
    """The codes and all below them; a code that nobody knows stays, and finds nothing."""
    return [inner for code in codes for inner in (below(code) if known(code) else [code])]


def _divisions(code: str) -> list[str]:
    return [code, *(division.code for division in reference.industries(code))]


def _levels_up_to(rank: int) -> list[str]:
    return ["", *(level.value for level in EducationLevel if education_rank(level.value) <= rank)]
