"""Find the header among a worksheet's first rows: one to three lines, perhaps below a title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jiuye.domains.jobs.sheets.mapping import LINES_JOINED, field_inside, fold_header, known_field
from jiuye.domains.jobs.sheets.refusals import SheetRefused

SEARCHED = 10
_MOST_LINES = 3
_LONGEST_LINE = 30
_LABELLED = re.compile(r"\s*[^：:]{1,10}[：:]")
_DIGIT = re.compile(r"\d")

Cells = Sequence[str]


@dataclass(frozen=True)
class Header:
    """The rows from `first` up to `end` (not included) of the first rows are the header; `names` has one text a column.

    `is_certain`: its names say so, and nothing above looks like a posting; else a person must be asked.
    """

    first: int
    end: int
    names: list[str]
    is_certain: bool

    @property
    def fields(self) -> set[str]:
        """Return the fields that its names mean."""
        return _fields(self.names)


def find_header(rows: Sequence[Cells]) -> Header:
    """Find the lines with most known names; without any, the first row that has no figures, with a doubt.

    Raises SheetRefused("no_header") if no row can be one.
    """
    searched = rows[:SEARCHED]
    lines = [index for index, row in enumerate(searched) if any(map(str.strip, row))]
    best = max(_candidates(searched), key=_rank, default=None)
    if best is not None and _is_plausible(best, lines):
        return replace(best, is_certain=best.is_certain and not _has_postings(searched[: best.first], best))
    for index in lines:
        cells = [cell for cell in searched[index] if cell.strip()]
        if len(cells) >= 2 and not any(map(_DIGIT.search, cells)):
            return Header(index, index + 1, list(searched[index]), is_certain=False)
    raise SheetRefused("no_header")


def header_at(rows: Sequence[Cells], index: int) -> Header:
    """Return the header that a person has named by its first or last line."""
    searched = rows[:SEARCHED]
    found = [one for one in _candidates(searched) if one.first <= index < one.end]
    best = max(found, key=_rank, default=None)
    if best is None or not best.fields:
        best = Header(index, index + 1, list(rows[index]), is_certain=True)
    return replace(best, is_certain=True)


def _candidates(rows: Sequence[Cells]) -> list[Header]:
    found = []
    for first in range(len(rows)):
        end = first
        while end < len(rows) and end - first < _MOST_LINES and _may_be_line(rows[end]):
            end += 1
            found.append(_joined(rows, first, end))
    return found


def _may_be_line(row: Cells) -> bool:
    return any(map(str.strip, row)) and all(len(cell) <= _LONGEST_LINE for cell in row)


def _joined(rows: Sequence[Cells], first: int, end: int) -> Header:
    # Lines of merged cells repeat the line above: they belong to the header whatever they mean.
    while end < len(rows) and _continues(rows[end - 1], rows[end]):
        end += 1
    lines = [list(row) for row in rows[first:end]]
    width = max(map(len, lines))
    for line in lines:
        line += [""] * (width - len(line))
    for upper, lower in pairwise(lines):
        _spread(upper, lower)
    names = []
    for column in range(width):
        texts = (line[column].strip() for line in lines)
        names.append(LINES_JOINED.join(dict.fromkeys(text for text in texts if text)))
    return Header(first, end, names, _is_known(names))


def _continues(above: Cells, row: Cells) -> bool:
    """Return whether a row repeats two names of the line above (merged over both), or the whole of it."""
    same = sum(1 for one, two in zip(above, row, strict=False) if one.strip() and one == two)
    return same >= 2 and _may_be_line(row)


def _spread(upper: list[str], lower: list[str]) -> None:
    """A name over several columns without a merge counts for the blank cells at its right that have a name below."""
    for column in range(1, len(upper)):
        if not upper[column].strip() and lower[column].strip() and lower[column - 1].strip():
            upper[column] = upper[column - 1]


def _fields(names: Sequence[str]) -> set[str]:
    return {code for name in names if (code := known_field(name))}


def _rank(header: Header) -> tuple[float, int, int]:
    # The unit of pay may stand in the upper line alone: 月薪（千元） over 最低薪资.
    with_unit = any(known_field(line) == "pay" for name in header.names for line in name.split(LINES_JOINED)[:-1])
    return len(header.fields) + 0.5 * with_unit, header.first - header.end, -header.first


def _is_known(names: Sequence[str]) -> bool:
    exact = _fields(names)
    near = {code for name in names if (code := field_inside(fold_header(name)))} - exact
    return len(exact) >= 2 or (len(exact) == 1 and (len(near) >= 2 or not any(map(_DIGIT.search, names))))


def _is_plausible(header: Header, lines: Sequence[int]) -> bool:
    """Return whether these lines may be proposed at all: two known names, or one in the first line."""
    return len(header.fields) >= 2 or (len(header.fields) == 1 and header.is_certain and header.first in lines[:1])


def _has_postings(above: Sequence[Cells], header: Header) -> bool:
    """Return whether a row above has so many different cells that it may be a posting. `联系人：张三` is none of them."""
    columns = sum(1 for name in header.names if name.strip())
    different = (len({cell.strip() for cell in row if cell.strip() and not _LABELLED.match(cell)}) for row in above)
    return any(number >= max(3, columns / 2) for number in different)
