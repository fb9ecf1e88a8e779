"""The special zones (专区): named searches on the front page."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jiuye.ports.search import SearchQuery
from jiuye.search.criteria import pairs

_FILE = Path(__file__).with_name("zones.toml")
# Parameters that a search of a zone may have in addition.
_BESIDE = frozenset({"region", "near", "within", "sort", "size"})


@dataclass(frozen=True, slots=True)
class Zone:
    """A curated search: its name, a short text, the name of an icon, and in `how` how its postings are found."""

    code: str
    name: str
    text: str
    icon: str
    how: str
    query: SearchQuery


@cache
def zones() -> Sequence[Zone]:
    """Return all zones in the order of the front page; the file is read once per process."""
    return tuple(_zone(entry) for entry in tomllib.loads(_FILE.read_text(encoding="utf-8"))["zone"])


def zone_of(query: SearchQuery) -> Zone | None:
    """Return the zone of a search, in any region and order; None for any other search."""
    return _by_criteria().get(_criteria(query))


@cache
def _by_criteria() -> dict[frozenset[tuple[str, str]], Zone]:
    return {_criteria(zone.query): zone for zone in zones()}


def _criteria(query: SearchQuery) -> frozenset[tuple[str, str]]:
    return frozenset(pairs(query, without=_BESIDE))


def _zone(entry: dict[str, Any]) -> Zone:
    criteria: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry["criteria"].items()
    }
    return Zone(query=SearchQuery(**criteria), **{name: value for name, value in entry.items() if name != "criteria"})
