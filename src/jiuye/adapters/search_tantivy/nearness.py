"""Circles on the ground as ranges of cells: a grid of a hundredth of a degree, numbered row by row from the south-west.

A circle is a run of cells in each row it crosses, and a run is one range of the index's dictionary: 36 ranges for 20 km,
each of which costs only the cells that have postings. Sorting by distance counts a search's postings by cell, and reads
only those cells that the page is cut from.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import asin, ceil, cos, degrees, floor, radians, sqrt
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from jiuye.ports.search.places import EARTH_RADIUS, Near, Place, distance, haversine, rounded

FIELD = "cell"
"""Indexed and not fast: ranges of a fast field would be compared posting by posting."""
VALUE = "cell_value"
NOWHERE = 0
"""The value of a posting whose place is not known."""
_PARTS = 100  # cells a degree
_COLUMNS = 360 * _PARTS
_MOST_CELLS = 40_000  # more than a circle of the largest radius has


def cell_of(place: Place | None) -> int:
    """The cell that a place lies in; NOWHERE for none."""
    if place is None:
        return NOWHERE
    longitude, latitude = place
    row, column = floor((latitude + 90) * _PARTS), floor((longitude + 180) * _PARTS)
    return row * _COLUMNS + min(column, _COLUMNS - 1)


def centre_of(cell: int) -> Place:
    """The middle of a cell."""
    row, column = divmod(cell, _COLUMNS)
    return (column + 0.5) / _PARTS - 180, (row + 0.5) / _PARTS - 90


def runs(near: Near) -> Iterator[tuple[int, int]]:
    """First and last cell of each row whose middles lie in the circle. A circle is cut off at the poles and at 180° E."""
    longitude, latitude = near.place
    reach = haversine(near.within / EARTH_RADIUS)
    rows = _middles(latitude + 90, near.within / EARTH_RADIUS, 180 * _PARTS)
    for row in rows:
        parallel = radians((row + 0.5) / _PARTS - 90)
        left = reach - haversine(parallel - radians(latitude))
        if left < 0:
            continue
        width = 2 * asin(sqrt(min(1.0, left / (cos(parallel) * max(cos(radians(latitude)), 1e-9)))))
        columns = _middles(longitude + 180, width, _COLUMNS)
        if columns:
            yield row * _COLUMNS + columns[0], row * _COLUMNS + columns[-1]


def _middles(position: float, reach: float, count: int) -> range:
    """The cells along one axis whose middles are within `reach` (radians) of `position` (degrees)."""
    around = degrees(reach)
    first, last = ceil((position - around) * _PARTS - 0.5), floor((position + around) * _PARTS - 0.5)
    return range(max(0, first), min(count - 1, last) + 1)


def within(schema: tantivy.Schema, near: Near) -> Query:
    """Postings in the circle."""
    found: list[tuple[Any, Query]] = [
        (Occur.Should, Query.range_query(schema, FIELD, FieldType.Unsigned, first, last)) for first, last in runs(near)
    ]
    return Query.boolean_query(found)


def distances(searcher: tantivy.Searcher, near: Near, addresses: Sequence[tantivy.DocAddress]) -> list[int | None]:
    """How far away postings are, as it may be said; None where it is not known."""
    cells: Any = searcher.fast_field_values(VALUE, list(addresses))
    return [None if cell == NOWHERE else rounded(away(near, cell)) for cell in cells]


def counts_by_cell(searcher: tantivy.Searcher, asked: Query) -> Mapping[int, int]:
    """How many postings `asked`, which lies within a circle, finds in each cell."""
    wanted = {"cells": {"terms": {"field": VALUE, "size": _MOST_CELLS, "segment_size": _MOST_CELLS}}}
    found: Any = searcher.aggregate(asked, wanted)
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found["cells"]["buckets"]}


def away(near: Near, cell: int) -> float:
    """How far a cell is from the middle of a circle, in km."""
    return distance(near.place, centre_of(cell))
