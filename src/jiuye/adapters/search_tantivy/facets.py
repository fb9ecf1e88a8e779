"""Facet counts."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

import tantivy

from jiuye.adapters.search_tantivy import nearness
from jiuye.adapters.search_tantivy.questions import Question
from jiuye.adapters.search_tantivy.schema import EDUCATION_RANKS, EXPERIENCE_YEARS, LEVELS
from jiuye.ports.search import FACET_RADII, Near

# The most values to count, broadest level first. The broad levels fit completely.
_MOST = {"region": (50, 400, 300), "occupation": (20, 120, 500, 300), "industry": (30, 120)}
_MOST_VALUES = 50
_LADDERS = {"education": EDUCATION_RANKS, "experience": EXPERIENCE_YEARS + 1}

Counts = dict[str, dict[str, int]]


def count(searcher: tantivy.Searcher, question: Question, names: Iterable[str]) -> Counts:
    """Return {facet: {value: number}}. A facet's own filter does not narrow its counts, except for the levels of a path
    below the second, which are counted within it."""
    names = [name for name in dict.fromkeys(names) if name != "near"]
    narrowed: dict[str, int] = {}
    counts: Counts = {name: {} for name in names}
    for name in names:
        chosen = name in question.filters
        fields = _fields(name, deep=chosen)
        if chosen:
            own = {field: size for field, size in fields.items() if not _is_deep(field)}
            _add(counts, _buckets(searcher, question.query(without=name), own))
            narrowed |= {field: size for field, size in fields.items() if _is_deep(field)}
        else:
            narrowed |= fields
    if narrowed:
        _add(counts, _buckets(searcher, question.query(), narrowed))
    for name in set(names) & set(_LADDERS):
        counts[name] = _ladder(counts[name], _LADDERS[name])
    return counts


def count_within(searcher: tantivy.Searcher, question: Question, widest: tantivy.Query, near: Near) -> dict[str, int]:
    """Return {radius: number} for each of FACET_RADII; `widest` is the query of the largest circle."""
    counts = nearness.counts_by_cell(searcher, question.query(widest, without="near"))
    found = [(nearness.away(near, cell), count) for cell, count in counts.items()]
    return {str(radius): sum(count for away, count in found if away <= radius) for radius in FACET_RADII}


def _fields(name: str, *, deep: bool) -> dict[str, int]:
    """The fields to count for a facet: only the broadest level of a path until something is chosen."""
    if name not in LEVELS:
        return {name: _MOST_VALUES}
    levels = _MOST[name] if deep else _MOST[name][:1]
    return {f"{name}_{level}": most for level, most in enumerate(levels, 1)}


def _is_deep(field: str) -> bool:
    level = field.rpartition("_")[2]
    return level.isdigit() and int(level) > 2


def _buckets(searcher: tantivy.Searcher, query: tantivy.Query, fields: Mapping[str, int]) -> Mapping[str, Any]:
    wanted = {
        name: {"terms": {"field": name, "size": size, "segment_size": size * 10}} for name, size in fields.items()
    }
    found: Mapping[str, Any] = searcher.aggregate(query, wanted)
    return found


def _add(counts: Counts, found: Mapping[str, Any]) -> None:
    for field, answer in found.items():
        name = field.rpartition("_")[0] if field.rpartition("_")[2].isdigit() else field
        for bucket in answer["buckets"]:
            key = bucket["key"]
            counts[name][str(int(key)) if isinstance(key, float) else str(key)] = int(bucket["doc_count"])


def _ladder(counts: Mapping[str, int], steps: int) -> dict[str, int]:
    """Turn counts of postings that require exactly a rank into counts of those that require at most that rank."""
    return {
        str(step): total for step, total in enumerate(accumulate(counts.get(str(step), 0) for step in range(steps)))
    }
