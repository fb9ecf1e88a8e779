"""Agencies that answer slowly, for searches that leave them out."""

import time
from dataclasses import replace

from jiuye.domains.organisations import queries as organisations
from jiuye.ports.search import SearchQuery

_KEPT = 300.0
_kept: tuple[float, tuple[str, ...]] | None = None


def with_slow_agencies(query: SearchQuery) -> SearchQuery:
    """Return the search with the agencies that `without_slow` leaves out. One query in five minutes, none for others."""
    return replace(query, slow_agencies=_slow()) if query.without_slow else query


def forget_slow_agencies() -> None:
    """Read them again with the next search."""
    global _kept
    _kept = None


def _slow() -> tuple[str, ...]:
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > _KEPT:
        _kept = now, tuple(str(one) for one in organisations.slow_agencies())
    return _kept[1]
