"""What can be asked of the engine, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from jiuye.kernel.text import Span
from jiuye.ports.search.places import Near

Sort = Literal["relevance", "newest", "pay", "distance"]
FACETS = (
    *("region", "occupation", "industry", "education", "experience", "employment_type", "agency", "employer"),
    "near",
)
FACET_RADII = (5, 10, 20, 50)
DEEPEST_PAGE = 100
LARGEST_NUMBER = 10_000_000


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search. Filters narrow one another; the values within a filter widen it.

    - `q`: every word must be found (in the title, skills, names or body), or a synonym of it.
    - `region`, `occupation`, `industry`: codes of any level.
    - `pay_min`, `pay_max` (yuan a month): postings whose range overlaps the wanted one, ends included. 面议 postings
      are never in a pay filter: what is not said cannot be promised.
    - `education`: the seeker's own rank; postings that demand no more. People look for what they qualify for: who
      holds a bachelor's degree also wants the posting that asks for a diploma or for none.
    - `experience`: the seeker's own years, likewise; 10 stands for ten or more.
    - `posted_within`: days.
    - `near`: postings whose place, as far as it is known, lies in the circle.
    - `sort`: `relevance` (how well and where the words match, freshness, quality; without words the same as `newest`),
      `newest`, `pay`: the lower end first, for that is what is promised, then the upper end; 面议 last; or `distance`, for a
      search with `near`: by the distance as it may be said (`places.rounded`), the newest of equally far ones first.
    - `cursor` continues a result exactly after its last item, to any depth; `page` (from 1) is for jumping about the
      first pages (up to 100). A cursor of another query or of nonsense starts anew.
    - `facets`: names out of `FACETS` to count.
    - `collapse`: of the postings of one cluster that are found, only the first in the order is returned. Each cluster comes
      once in all pages, whichever they are; a page may hold fewer than `size`, but only the last may be empty.

    Raises ValueError for what no form of ours can ask.
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
        numbers = (self.pay_min, self.pay_max, self.education, self.experience, self.posted_within)
        if any(number is not None and not 0 <= number <= LARGEST_NUMBER for number in numbers):
            raise ValueError(f"numbers are 0 to {LARGEST_NUMBER}")
        if unknown := set(self.facets) - set(FACETS):
            raise ValueError(f"unknown facets {sorted(unknown)}")


@dataclass(frozen=True, slots=True)
class SimilarQuery:
    """Postings like one that is at hand: by its title's words, occupation path, place and pay."""

    title: str
    occupation: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    exclude: tuple[UUID, ...] = ()
    exclude_cluster: str = ""
    size: int = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """A posting found: its card as it was stored and the ranges of its title that the words matched.

    `cluster` is set when other postings may share it. `distance` is set by a search with `near`: km as they may be said.
    """

    id: UUID
    card: bytes
    title: str
    highlights: tuple[Span, ...] = ()
    cluster: str = ""
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found.

    `total` counts postings (each of a cluster, also with `collapse`) and is exact (of the moment of the first page, when a
    cursor went on from it). `facets` maps a facet's name to
    {value: how many postings there would be if it were chosen}: a facet's own selection does not narrow its counts,
    except that levels below a chosen code are counted within it. For `education` and `experience` the count is of all
    postings that demand no more than the value; for `near`, of a search with `near`, of all within the radius, for each of
    `FACET_RADII`. `took` is in seconds.
    """

    total: int
    items: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    next_cursor: str = ""
    took: float = 0.0
