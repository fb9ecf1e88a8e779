"""Queries and results."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from uuid import UUID

from jiuye.kernel.text import Span
from jiuye.ports.search.places import Near

Sort = Literal["relevance", "newest", "pay", "distance"]
FACETS = (
    *("region", "occupation", "industry", "education", "experience", "employment_type", "agency", "employer"),
    "near",
)
FACET_RADII = (5, 10, 20, 50)
LEAVE_OUT: Mapping[str, Any] = {
    "without_agency": False,
    "without_dispatch": False,
    "without_slow": False,
    "exclude_employer": (),
    "exclude_agency": (),
    "exclude_words": (),
    "unconfirmed_for": None,
}
"""The filters that leave postings out, with the value that leaves out none."""
DISPATCH = ("dispatch", "outsourced")
"""Employment types that `without_dispatch` leaves out."""
DEEPEST_PAGE = 100
LARGEST_NUMBER = 10_000_000


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search. All filters must match; within a filter, one of its values must match.

    - `q`: every word, or a synonym of it, must occur in the title, skills, names or body; `missing` words may be lacking. A
      word with a minus before it must not occur in the title, skills, tags or the employer's name: 会计 -外包. `literal`: the
      caller takes `q` as it is written, without reading a place from it or correcting it; the engine ignores it.
    - `workplace`: all words must occur in the names of the region or in the address (苏州工业园区).
    - `region`, `occupation`, `industry`: codes of any level.
    - `pay_min`, `pay_max` (yuan a month): postings with a pay range that overlaps this one, ends included. Postings without
      stated pay (面议) never match a pay filter.
    - `education`: the rank of the seeker's own level; postings that require no more. People look for what they qualify for:
      with a bachelor's degree also for postings that require a diploma or nothing.
    - `experience`: the seeker's own years, in the same way; 10 means ten or more.
    - `posted_within`: days.
    - `near`: postings with a known place in the circle.
    - What is left out: `without_agency`, postings by which an agency recruits for another (机构代招); `without_dispatch`, those
      for dispatch or outsourcing; `exclude_employer`, `exclude_agency`: of these organisations; `exclude_words`: with one
      of these words in the title or in the employer's name, as written; `unconfirmed_for`: not confirmed for so many days;
      `without_slow`: of agencies that answer slowly. `slow_agencies` are these agencies: the caller fills it in, and a
      cursor stays valid when they change.
    - `without_applied`: without the postings that the person has applied to; the caller puts them in `exclude`. `with_all`: the
      caller leaves out nothing that the person asked to remember. The engine ignores both.
    - `sort`: `relevance` (match, freshness and quality; without words the same as `newest`), `newest`, `pay` (by the lower
      end, then the upper end; 面议 last) or `distance` (needs `near`; by `places.rounded`, equal distances newest first).
    - `cursor` continues a result exactly after its last item, to any depth. `page` (from 1 to 100) jumps among the first
      pages. An invalid cursor, or one of another query, starts at the first page.
    - `facets`: names from `FACETS` to count.
    - `collapse`: return only the first posting of each cluster. Each cluster occurs once over all pages; a page may have
      fewer items than `size`, but only the last page may be empty.

    Raise ValueError for values outside these ranges.
    """

    q: str = ""
    region: tuple[str, ...] = ()
    occupation: tuple[str, ...] = ()
    industry: tuple[str, ...] = ()
    pay_min: int | None = None
    pay_max: int | None = None
    education: int | None = None
    experience: int | None = None
    employment_type: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    employer: tuple[str, ...] = ()
    cluster: tuple[str, ...] = ()
    posted_within: int | None = None
    near: Near | None = None
    workplace: str = ""
    literal: bool = False
    missing: int = 0
    without_agency: bool = False
    without_dispatch: bool = False
    without_slow: bool = False
    exclude_employer: tuple[str, ...] = ()
    exclude_agency: tuple[str, ...] = ()
    exclude_words: tuple[str, ...] = ()
    unconfirmed_for: int | None = None
    slow_agencies: tuple[str, ...] = ()
    without_applied: bool = False
    with_all: bool = False
    exclude: tuple[UUID, ...] = ()
    sort: Sort = "relevance"
    size: int = 20
    page: int = 1
    cursor: str = ""
    facets: tuple[str, ...] = ()
    highlight: bool = True
    collapse: bool = False

    def __post_init__(self) -> None:
        if self.sort not in ("relevance", "newest", "pay", "distance"):
            raise ValueError(f"unknown sort {self.sort!r}")
        if self.sort == "distance" and self.near is None:
            raise ValueError("distance from where?")
        if not 1 <= self.size <= 200 or not 1 <= self.page <= DEEPEST_PAGE:
            raise ValueError(f"size is 1 to 200, page 1 to {DEEPEST_PAGE}")
        numbers = (
            self.pay_min, self.pay_max, self.education, self.experience, self.posted_within, self.unconfirmed_for,
        )  # fmt: skip
        if any(number is not None and not 0 <= number <= LARGEST_NUMBER for number in numbers):
            raise ValueError(f"numbers are 0 to {LARGEST_NUMBER}")
        if unknown := set(self.facets) - set(FACETS):
            raise ValueError(f"unknown facets {sorted(unknown)}")

    @property
    def leaves_out(self) -> bool:
        """Return whether anything is left out."""
        return self.without_applied or any(getattr(self, name) not in ((), None, False) for name in LEAVE_OUT)

    def with_everything(self) -> "SearchQuery":
        """Return the same search with nothing left out."""
        exclude = () if self.without_applied else self.exclude
        return replace(self, slow_agencies=(), without_applied=False, exclude=exclude, **LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class SimilarQuery:
    """A query for postings similar to a given one: by the words of its title, its occupation and its region."""

    title: str
    occupation: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    exclude: tuple[UUID, ...] = ()
    exclude_cluster: str = ""
    size: int = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A posting found: its stored card, and in `highlights` the ranges of its title that the words match.

    `cluster` is set if other postings may have the same. `distance` is set by a search with `near`: km, rounded for display.
    """

    id: UUID
    card: bytes
    title: str
    highlights: tuple[Span, ...] = ()
    cluster: str = ""
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of a result.

    `total` is the exact number of postings, including those that `collapse` hides; with a cursor, the number at the time of
    the first page. `facets` is {facet: {value: number of postings if the value were chosen}}. A facet's own selection does
    not narrow its counts, except that levels below a chosen code are counted within it. For `education` and `experience`
    the count includes all postings that require no more than the value; for `near` it includes all postings within the
    radius, for each of `FACET_RADII`. `took` is in seconds.
    """

    total: int
    items: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_cursor: str = ""
    took: float = 0.0
