"""Links and addresses of searches: the parameters of a search written as a URL."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from jiuye.ports.search import LEAVE_OUT, SearchQuery
from jiuye.search.criteria import LISTS, pairs

# Constants, not reverse(): the list of jobs is the page asked for most, and reverse() would cost it one percent.
JOBS = "/jobs"
PLACES = "/jobs/near"
"""The page where people choose the place to search round."""


def link(query: SearchQuery, *extra: tuple[str, str], without: Collection[str] = ()) -> str:
    """Return `?…` for the search: its parameters except those in `without`, then `extra`. Relative to any page."""
    kept = [written for name, written in _written(query) if name not in without]
    return "?" + "&".join([*kept, *(f"{name}={quote(value)}" for name, value in extra)])


def list_address(query: SearchQuery, *extra: tuple[str, str], without: Collection[str] = ()) -> str:
    """Return the address of the list of jobs for a search; the parameters are those of `link`."""
    return JOBS + link(query, *extra, without=without)


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a search: the search itself, `without` each of its filters ({filter: link}), and without all of them.

    Further filters: `pay` is both bounds of pay, `near` is the place together with what depends on it, `within` the place
    alone.
    """

    whole: str
    without: Mapping[str, str]
    clear: str


def links_of(query: SearchQuery) -> Links:
    """Return the links of a search."""
    # Nothing can be ordered by distance without a place.
    near = ("near", "within", "sort") if query.sort == "distance" else ("near", "within")
    narrowing = {name for name, _ in _written(query)} - {"q", "literal", "sort", "size"}
    return Links(
        whole=link(query),
        without={name: link(query, without=parameters) for name, parameters in _FILTERS.items()}
        | {"near": link(query, without=near)},
        clear=link(query, without=narrowing.union(near)),
    )


_FILTERS = {
    name: (name,) for name in ("q", "workplace", *LISTS, "education", "experience", "posted_within", "sort", *LEAVE_OUT)
} | {
    "pay": ("pay_min", "pay_max"),
    "within": ("near", "within"),
}


@lru_cache(maxsize=64)
def _written(query: SearchQuery) -> list[tuple[str, str]]:
    """Each parameter's name and `name=value`. Cached because a page has about thirty links of the same search."""
    return [(name, f"{name}={quote(value)}") for name, value in pairs(query)]
