"""Circles on the ground as ranges of cells: a grid of a hundredth of a degree, numbered row by row from the south-west.

A circle is a run of cells in each row it crosses, and a run is one range of terms in the index: 36 ranges for 20 km, with a
cost that depends only on the cells with postings. Sorting by distance counts the postings of a search by cell and reads only
the cells that the page needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import asin, ceil, cos, degrees, floor, radians, sqrt
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from jiuye.ports.search.places import EARTH_RADIUS, Near, Place, distance, haversine, rounded

FIELD = "cell"
"""Indexed and not a fast field: ranges over a fast field compare every posting."""
VALUE = "cell_value"
NOWHERE = 0
"""The value of a posting without a known place."""
_PARTS = 100  # cells a degree
_COLUMNS = 360 * _PARTS
_MOST_CELLS = 40_000  # more than a circle of the largest radius has


def cell_of(place: Place | None) -> int:
    """Return the cell that contains a place; NOWHERE for None."""
    if place is None:
        return NOWHERE
    longitude, latitude = place
    row, column = floor((latitude + 90) * _PARTS), floor((longitude + 180) * _PARTS)
    return row * _COLUMNS + min(column, _COLUMNS - 1)


def centre_of(cell: int) -> Place:
    """Return the centre of a cell."""
    row, column = divmod(cell, _COLUMNS)
    return (column + 0.5) / _PARTS - 180, (row + 0.5) / _PARTS - 90


def runs(near: Near) -> Iterator[tuple[int, int]]:
    """Yield the first and last cell of each row with centres in the circle. A circle is cut off at the poles and at 180° E."""
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
    """The cells along one axis with centres within `reach` (radians) of `position` (degrees)."""
    around = degrees(reach)
    first, last = ceil((position - around) * _PARTS - 0.5), floor((position + around) * _PARTS - 0.5)
    return range(max(0, first), min(count - 1, last) + 1)


def within(schema: tantivy.Schema, near: Near) -> Query:
    """Return the query for postings in the circle."""
    found: list[tuple[Any, Query]] = [
        (Occur.Should, Query.range_query(schema, FIELD, FieldType.Unsigned, first, last)) for first, last in runs(near)
    ]
    return Query.boolean_query(found)


def distances(searcher: tantivy.Searcher, near: Near, addresses: Sequence[tantivy.DocAddress]) -> list[int | None]:
    """Return the rounded distances of postings in km; None for those without a known place."""
    cells: Any = searcher.fast_field_values(VALUE, list(addresses))
    return [None if cell == NOWHERE else rounded(away(near, cell)) for cell in cells]


def counts_by_cell(searcher: tantivy.Searcher, asked: Query) -> Mapping[int, int]:
    """Return {cell: number of postings} for `asked`, a query within a circle."""
    wanted = {"cells": {"terms": {"field": VALUE, "size": _MOST_CELLS, "segment_size": _MOST_CELLS}}}
    found: Any = searcher.aggregate(asked, wanted)
    return {int(bucket["key"]): int(bucket["doc_count"]) for bucket in found["cells"]["buckets"]}


def away(near: Near, cell: int) -> float:
    """Return the distance of a cell from the centre of a circle, in km."""
    return distance(near.place, centre_of(cell))
