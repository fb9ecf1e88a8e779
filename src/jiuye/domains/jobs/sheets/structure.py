"""What a worksheet says about its cells beside their values: hidden rows and columns, merges, and how numbers are shown.

A merge's value counts for all its rows and columns. Hidden and filtered rows and hidden columns are left out.

Date cells: a spreadsheet program turns a typed `1-3` into a date. A cell whose format shows month and day without a
year gives the text `1月3日`, as the program shows it; only the reader of a field knows whether a day or a range is
meant. A format with month and year gives `2026-03`, unless the year is past any use here: a typed `3-40` has become
March 1940, and is given back as `3-40`. All other dates give `2026-03-01`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.dates import EXCEL_EPOCH

Numbered = tuple[int, list[str]]
_EPOCH = datetime.combine(EXCEL_EPOCH, time())
_YEARS_MEANT = range(2000, 2051)


class Merge(NamedTuple):
    """A merged range, rows from 1 and columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number format shows a value. kind: month_day, month_year, or number with at least `digits` digits before
    the point, `decimals` after it (None: as many as it has), divided by 1000 `thousands` times, between two texts.
    """

    kind: str
    digits: int = 0
    decimals: int | None = None
    thousands: int = 0
    before: str = ""
    after: str = ""


@dataclass
class Structure:
    """One worksheet. `columns`: the number of its columns with content. `marks`: row from 1 → column from 0 → how its number
    is shown, where that matters.
    """

    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    marks: dict[int, dict[int, Shown]] = field(default_factory=dict)


_BUILT_IN = dict.fromkeys((16, 28, 29, 51, 53, 54, 58), Shown("month_day")) | dict.fromkeys(
    (17, 27, 36, 50, 52, 57), Shown("month_year")
)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_UNSHOWN = re.compile(r"_.|\*.|\[[^\]]*\]|@")
_NUMBER = re.compile(r"([#0?,]*[0#?])(\.[0#?]+)?(,*)|General|G/通用格式", re.IGNORECASE)


def shown_by(identifier: int, code: str | None) -> Shown | None:
    """Return what a number format (ECMA-376 part 1, 18.8.30) changes in a cell's text, None if nothing."""
    if code is None:
        return _BUILT_IN.get(identifier)
    section = code[:200].split(";")[0]
    letters = _UNSHOWN.sub("", _LITERAL.sub("", section)).lower()
    if "d" in letters or "m" in letters or "y" in letters:
        if set("yhs") & set(letters) == set():
            return Shown("month_day") if "d" in letters and "m" in letters else None
        return Shown("month_year") if "m" in letters and "y" in letters and not set("dhs") & set(letters) else None
    return _number_shown_by(section)


def _number_shown_by(section: str) -> Shown | None:
    texts: list[str] = []

    def keep(found: re.Match[str]) -> str:
        texts.append(found[1] or found[2] or found[3] or "")
        return "\x00"

    bare = re.sub(r"_.|\*.|\[(?!\$)[^\]]*\]", "", section)
    bare = _LITERAL.sub(keep, bare).replace(" ", "")
    before, found, after = "", _NUMBER.search(bare), ""
    if found is None or bare.replace("\x00", "") != found[0]:
        return None
    split = bare[: found.start()].count("\x00")
    before, after = "".join(texts[:split]).strip("¥￥ "), "".join(texts[split:]).strip()
    digits = (found[1] or "").replace(",", "").count("0")
    thousands = len(found[3] or "")
    if not before and not after and not thousands and digits < 2:
        return None
    decimals = None if found[1] is None else len(found[2] or "") - 1 if found[2] else 0
    return Shown("number", digits, decimals, thousands, before, after)


def shown_text(value: Any, shown: Shown) -> str | None:
    """Return the text of a cell as the spreadsheet program shows it, None if its value is of another kind."""
    if shown.kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return _number_text(value / 1000**shown.thousands, shown)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 100_000:
        value = _EPOCH + timedelta(days=float(value))
    if not isinstance(value, date):
        return None
    if shown.kind == "month_day":
        return f"{value.month}月{value.day}日"
    return f"{value.year}-{value.month:02}" if value.year in _YEARS_MEANT else f"{value.month}-{value.year % 100:02}"


def _number_text(value: float, shown: Shown) -> str:
    decimals = shown.decimals
    if decimals is None or round(value, decimals) != round(value, 9):
        number = f"{value:.15g}"  # what is stored says more than what is shown
    else:
        number = f"{value:.{decimals}f}"
    whole, point, rest = number.partition(".")
    return f"{shown.before}{whole.zfill(shown.digits)}{point}{rest}{shown.after}"


def laid_out(rows: Iterable[Numbered], structure: Structure, left_out: dict[str, int]) -> Iterator[Numbered]:
    """Yield the visible rows with content of their own, with the values of merges; count what is left out: `hidden_rows`
    and `banners` (titles, subheadings and notes: one text merged over at least half of the columns, and nothing else).

    Rows must ascend. A merge counts for rows that have a cell of their own beside it, not for blank ones.
    """
    waiting = sorted(structure.merges, reverse=True)
    active: dict[int, tuple[int, str]] = {}
    hidden_columns = sorted(structure.hidden_columns)
    for number, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        is_banner = False
        while waiting and waiting[-1].first_row <= number:
            merge = waiting.pop()
            is_banner = is_banner or _is_banner(merge, number, cells, structure.columns)
            _activate(merge, number, cells, active)
        if active:
            _fill(number, cells, active)
        if number in structure.hidden_rows or is_banner:
            left_out["banners" if is_banner else "hidden_rows"] += 1
            continue
        for column in hidden_columns:
            if column < len(cells):
                cells[column] = ""
        yield number, cells


def _is_banner(merge: Merge, number: int, cells: list[str], columns: int) -> bool:
    width = merge.last_column - merge.first_column + 1
    if merge.first_row != number or width < max(3, columns / 2):
        return False
    return all(not cell.strip() or column == merge.first_column for column, cell in enumerate(cells))


def _activate(merge: Merge, number: int, cells: list[str], active: dict[int, tuple[int, str]]) -> None:
    if merge.first_row != number or merge.first_column >= len(cells) or not cells[merge.first_column].strip():
        return
    for column in range(merge.first_column, min(merge.last_column + 1, limits.COLUMNS)):
        active[column] = (merge.last_row, cells[merge.first_column])


def _fill(number: int, cells: list[str], active: dict[int, tuple[int, str]]) -> None:
    for column, (last_row, text) in list(active.items()):
        if last_row < number:
            del active[column]
            continue
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text
