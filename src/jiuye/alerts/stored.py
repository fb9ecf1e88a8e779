"""The stored form of a search: versioned, so that searches saved by older releases keep working.

For an incompatible change, add a version: write only the newest, read all.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import orjson

from jiuye.ports.search import LEAVE_OUT, Near, SearchQuery

VERSION = 4
"""4: `workplace`, and `literal` words. 3: what is left out (`LEAVE_OUT`).
2: `near` (a region's code), `at` (its centre at the time) and `within` (km). A search is written as
the lowest version that has all of it, so that it equals those saved before."""
_LISTS = ("region", "occupation", "industry", "employment_type", "agency", "employer")
_WORDS = ("workplace", "literal")
_NUMBERS = ("pay_min", "pay_max", "education", "experience")


def write(query: SearchQuery) -> dict[str, Any]:
    """Return the newest form: only conditions on future postings (no page, no order, no age), so that equal searches are equal."""
    kept: dict[str, Any] = {"v": _version(query)}
    if words := " ".join(query.q.split()):
        kept["q"] = words
    kept |= {name: value for name in _WORDS if (value := getattr(query, name))}
    for name in _LISTS:
        if values := getattr(query, name):
            kept[name] = sorted(set(values))
    for name in _NUMBERS:
        if (value := getattr(query, name)) is not None:
            kept[name] = value
    if query.near:
        kept |= {"near": query.near.name, "at": list(query.near.place), "within": query.near.within}
    for name, nothing in LEAVE_OUT.items():
        if (value := getattr(query, name)) != nothing:
            kept[name] = sorted(set(value)) if isinstance(value, tuple) else value
    return kept


def _version(query: SearchQuery) -> int:
    if query.workplace or query.literal:
        return VERSION
    return 3 if query.leaves_out else 2 if query.near else 1


def read(kept: Mapping[str, Any]) -> SearchQuery:
    """Return the search of a stored form of any version. Raise ValueError for a version of a later release."""
    reader = _READERS.get(kept.get("v", 0))
    if reader is None:
        raise ValueError(f"a saved search of version {kept.get('v')!r}, which this release does not know")
    return reader(kept)


def digest(kept: Mapping[str, Any]) -> str:
    """Return a digest that is equal for equal searches of one version."""
    return blake2b(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def _read_1(kept: Mapping[str, Any]) -> SearchQuery:
    asked: dict[str, Any] = {name: tuple(kept.get(name, ())) for name in _LISTS}
    asked |= {name: kept.get(name) for name in _NUMBERS}
    return SearchQuery(q=kept.get("q", ""), sort="newest", highlight=False, **asked)


def _read_2(kept: Mapping[str, Any]) -> SearchQuery:
    longitude, latitude = kept["at"]
    return replace(_read_1(kept), near=Near(longitude, latitude, kept["within"], kept["near"]))


def _read_3(kept: Mapping[str, Any]) -> SearchQuery:
    left_out = {name: kept[name] for name in LEAVE_OUT if name in kept}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in left_out.items()
    }
    return replace(_read_2(kept) if "near" in kept else _read_1(kept), **values)


def _read_4(kept: Mapping[str, Any]) -> SearchQuery:
    words: dict[str, Any] = {name: kept[name] for name in _WORDS if name in kept}
    return replace(_read_3(kept), **words)


_READERS: dict[int, Callable[[Mapping[str, Any]], SearchQuery]] = {1: _read_1, 2: _read_2, 3: _read_3, 4: _read_4}
