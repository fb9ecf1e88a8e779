"""Searches for pages and the API, as data: from the engine, or from the tables while the engine is away."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import structlog

from jiuye.domains.jobs import queries as jobs
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.jobs.queries import Browse, PostingCard, PostingDetail, card_of_posting
from jiuye.domains.reference import queries as reference
from jiuye.domains.reference.education import EducationLevel
from jiuye.kernel import clock
from jiuye.kernel.errors import Unavailable
from jiuye.kernel.paging import InvalidCursor, Page
from jiuye.ports import search
from jiuye.ports.search import (
    DISPATCH,
    Hit,
    Near,
    Place,
    SearchQuery,
    SearchResult,
    SearchUnavailable,
    SimilarQuery,
    without_minus,
)
from jiuye.search import nearby
from jiuye.search.cards import card_json, card_of_hit
from jiuye.search.rewording import Reworded, reworded
from jiuye.search.slow_agencies import with_slow_agencies

log = structlog.get_logger("search")
FACETS = ("region", "occupation", "industry", "education", "experience", "employment_type", "near")
"""What pages and the API count; `SearchResult` says how."""
_MOST_OF_A_JOB = 50
_NOWHERE = "000000"


@dataclass(frozen=True, slots=True)
class JobList:
    """A page of a search: what the engine found in `hits`, or, while it is away, what the tables have in `postings`.

    `facets` are the counts of `SearchResult.facets`. `wider` is filled when nothing was found: {filter: how many postings
    there are without it}, most first. `sources` has the postings of jobs that several agencies publish: {id: number of agencies}.
    `query` is the search that was run; `asked` the one asked for, if that finds nothing and it was run in other words, or finds
    little and postings that lack some words were added. `offered`: other words that find much more.
    """

    query: SearchQuery
    total: int | None
    """None while the engine is away."""
    hits: Sequence[Hit] = ()
    postings: Sequence[PostingCard] = ()
    next_cursor: str = ""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    wider: Mapping[str, int] = field(default_factory=dict)
    sources: Mapping[UUID, int] = field(default_factory=dict)
    asked: SearchQuery | None = None
    offered: str = ""
    left_out: int | None = 0
    """How many postings the search leaves out on purpose; None while the engine is away."""

    @property
    def is_degraded(self) -> bool:
        """Whether the engine was away: the search then looked in titles and simple filters only."""
        return self.total is None

    @property
    def cards(self) -> Sequence[PostingCard]:
        """The cards, whichever they come from."""
        if not self.hits:
            return self.postings
        return [replace(card_of_hit(hit), sources=self.sources.get(hit.id, 1)) for hit in self.hits]


@dataclass(frozen=True, slots=True)
class RawJobs:
    """A page of a search for programs: the cards as the JSON that the index stores."""

    total: int | None
    """None while the engine is away."""
    items: Sequence[bytes]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_cursor: str = ""
    left_out: int | None = 0
    """How many postings the search leaves out on purpose; None while the engine is away."""
    query: SearchQuery | None = None
    """The search that was run instead of the one asked for, which finds nothing."""
    offered: str = ""
    """Other words that find much more."""


def search_jobs(query: SearchQuery) -> JobList:
    """Return a page of postings with counts and, when nothing is found, what a wider search would find.

    A job that several agencies publish is one card; the total counts postings. No query, one while the engine is away.
    """
    query, asked, offered = with_slow_agencies(query), None, ""
    try:
        found = search.get().search(replace(query, facets=FACETS, collapse=True))
        if other := reworded(query, found.total):
            offered = other.offered
            if other.query:
                asked, query = query, other.query
                found = search.get().search(replace(query, facets=FACETS, collapse=True))
        wider = search.get().loosen(query) if found.total == 0 else {}
        sources = _sources(found.items)
        left_out = _left_out(query, found.total)
    except SearchUnavailable as problem:
        log.warning("search is unavailable", reason=str(problem))
        page = _browsed(query)
        cards = [card_of_posting(posting) for posting in page.items]
        return JobList(query, None, postings=cards, next_cursor=page.next_cursor, left_out=None)
    return JobList(
        query, found.total, found.items, (), found.next_cursor, found.facets, wider, sources, asked, offered, left_out
    )


def _sources(hits: Sequence[Hit]) -> dict[UUID, int]:
    """{posting: number of agencies} for the hits that several agencies publish."""
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
    """Return a page of postings for the API, with the facets of `query`. No query, one while the engine is away."""
    query = with_slow_agencies(query)
    try:
        found, other = _found_or_reworded(replace(query, highlight=False) if query.highlight else query)
        left_out = _left_out(other.query or query if other else query, found.total)
    except SearchUnavailable as problem:
        log.warning("search is unavailable", reason=str(problem))
        try:
            page = _browsed(query)
        except InvalidCursor:  # the engine's own: it goes on when the engine is back
            raise Unavailable("搜索服务正在恢复，请稍后再试。") from problem
        return RawJobs(None, [card_json(posting) for posting in page.items], {}, page.next_cursor, None)
    cards = [_with_distance(hit) for hit in found.items]
    instead, offered = (other.query, other.offered) if other else (None, "")
    return RawJobs(found.total, cards, found.facets, found.next_cursor, left_out, instead, offered)


def _found_or_reworded(query: SearchQuery) -> tuple[SearchResult, Reworded | None]:
    """Search, in other words if these find nothing. A cursor belongs to the words that its first page was found by."""
    try:
        found = search.get().search(query)
        total = found.total
    except InvalidCursor:
        total = search.get().search(replace(query, cursor="", size=1, facets=())).total
        if not (other := reworded(query, total)) or not other.query:
            raise
        return search.get().search(other.query), other
    other = None if query.cursor else reworded(query, total)
    return (search.get().search(other.query) if other and other.query else found), other


def _left_out(query: SearchQuery, total: int) -> int:
    """How many more postings the search finds when it leaves nothing out."""
    if not query.leaves_out:
        return 0
    everything = replace(query.with_everything(), size=1, page=1, cursor="", facets=(), highlight=False)
    return max(0, search.get().search(everything).total - total)


def _with_distance(hit: Hit) -> bytes:
    """The stored card, with `distance_km` added if the search has a place."""
    return hit.card if hit.distance is None else b'%s,"distance_km":%d}' % (hit.card[:-1], hit.distance)


def similar_jobs(posting: PostingDetail, *, size: int = 6) -> list[PostingCard]:
    """Return postings similar to one by title, occupation and region. No query, one while the engine is away."""
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
    """Return the newest postings near a place, with distances. No query; nothing while the engine is away."""
    asked = SearchQuery(near=Near(*place, name=nearby.ME), sort="newest", size=size, highlight=False, collapse=True)
    try:
        return [card_of_hit(hit) for hit in search.get().search(asked).items]
    except SearchUnavailable:
        return []


def warm() -> None:
    """Load vocabulary and index at start-up, which takes half a second, so that the first visitor does not wait."""
    with suppress(SearchUnavailable):
        search.get().search(SearchQuery(q="工", facets=FACETS))


def _browsed(query: SearchQuery) -> Page[JobPosting]:
    """A page from the tables."""
    words, without = without_minus(query.q)
    wanted = Browse(
        words=[*words.split()[:5], *query.workplace.split()[:1]],
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
        since=_days_ago(query.posted_within),
        without_agency=query.without_agency,
        without_types=DISPATCH if query.without_dispatch else (),
        without_agencies=(*query.exclude_agency, *query.slow_agencies),
        without_employers=query.exclude_employer,
        without_words=(*query.exclude_words, *without),
        confirmed_since=_days_ago(query.unconfirmed_for),
        by_pay=query.sort == "pay",
    )
    return jobs.browse(wanted, cursor=query.cursor, size=query.size)


def _days_ago(days: int | None) -> datetime | None:
    return None if days is None else clock.now() - timedelta(days=min(days, 3650))


def _regions(query: SearchQuery) -> list[str]:
    """The regions of a search. A circle is replaced by the counties with centres in it."""
    chosen = _with_all_below(query.region, reference.has_region, reference.descendants)
    if not query.near:
        return chosen
    around = reference.counties_within(query.near.place, query.near.within)
    return [code for code in around if code in chosen] or [_NOWHERE] if chosen else list(around)


def _with_all_below(codes: Sequence[str], known: Any, below: Any) -> list[str]:
    """The codes and all below them. An unknown code stays and matches nothing."""
    return [inner for code in codes for inner in (below(code) if known(code) else [code])]


def _divisions(code: str) -> list[str]:
    return [code, *(division.code for division in reference.industries(code))]


def _levels_up_to(rank: int) -> list[str]:
    return ["", *(level.value for level in EducationLevel if level.rank <= rank)]
