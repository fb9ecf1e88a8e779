"""Read one untrusted sheet in a separate process, limited in memory and time; write its rows as JSON lines.

Run as `python -m jiuye.domains.jobs.sheets.child PATH`. Lines: `{"kind"}`; for each visible worksheet `{"worksheet":
name}`, lists of `[row number, [text, …]]` (without blank rows), then `{"rows", "hidden_rows", "hidden_columns",
"banners", "problem"}`, where a problem is the code of a refusal of this worksheet alone; at the end `{"hidden_worksheets": [name,
…]}`. Or `{"refused": code, "where": {…}}` at any point.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from jiuye.domains.jobs.sheets import csv_text, limits
from jiuye.domains.jobs.sheets.archive import check_archive
from jiuye.domains.jobs.sheets.html_tables import html_worksheets
from jiuye.domains.jobs.sheets.kinds import kind_of
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.structure import Numbered, Structure, laid_out, shown_text
from jiuye.domains.jobs.sheets.worksheet_tags import WorksheetTags
from jiuye.domains.jobs.sheets.xls_structure import xls_structures
from jiuye.domains.jobs.sheets.xlsx_parts import openable, parts_of_worksheets
from jiuye.domains.jobs.sheets.xml_sheets import xml_worksheets
from jiuye.kernel.confinement import confine

_ROWS_A_LINE = 250
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class _Source(NamedTuple):
    """A worksheet to be read. `problem`: why it is not, the code of a refusal."""

    name: str
    rows: Iterator[Numbered]
    structure: Structure
    problem: str = ""


def text_of(value: Any) -> str:
    """Return a cell as a person would have typed it: 8000.0 → `8000`, dates as `2026-03-01`, no control characters."""
    if isinstance(value, str):
        value = value[: limits.CELL_CHARACTERS]
        return _UNSTORABLE.sub("", value) if _UNSTORABLE.search(value) else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    return "" if value is None else str(value)


def _texts(values: Iterator[tuple[int, list[Any]]], shift: int, structure: Structure) -> Iterator[Numbered]:
    """Yield rows as text. `shift`: the blank columns at the left, which the parser leaves out."""
    blanks = [""] * shift
    for number, row in values:
        cells = blanks + [text_of(value) for value in row]
        for column, shown in structure.marks.get(number, {}).items():
            if shift <= column < len(cells) and (text := shown_text(row[column - shift], shown)) is not None:
                cells[column] = text
        yield number, cells


def _worksheet(workbook: CalamineWorkbook, name: str, structure: Structure, tags: WorksheetTags | None) -> _Source:
    if tags is not None and tags.columns > limits.COLUMNS:
        return _Source(name, iter(()), structure, "too_many_columns")
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None or sheet.end is None:
        return _Source(name, iter(()), structure)
    if sheet.end[1] >= limits.COLUMNS:
        return _Source(name, iter(()), structure, "too_many_columns")
    structure.columns = sheet.end[1] + 1
    numbered: Iterator[tuple[int, list[Any]]] = enumerate(sheet.iter_rows(), 1)
    if tags is not None and tags.is_sparse:
        numbered = ((tags.filled[number - 1], row) for number, row in numbered)
    return _Source(name, _texts(numbered, sheet.start[1], structure), structure)


def _workbook(path: Path, kind: str, hidden: list[str]) -> Iterator[_Source]:
    """Yield the visible worksheets; add the names of the hidden ones to `hidden`."""
    tags: dict[str, WorksheetTags] = {}
    parts: dict[str, str] = {}
    if kind == "xlsx":
        tags = check_archive(path)
        parts = parts_of_worksheets(path)
        source = openable(path, tags)
        workbook = CalamineWorkbook.from_object(source)
        structures: list[Structure] = []
    else:
        workbook = CalamineWorkbook.from_path(str(path))
        structures = xls_structures(path)
    is_read = [
        one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        for one in workbook.sheets_metadata
    ]
    if sum(is_read) > limits.WORKSHEETS:
        raise SheetRefused("too_many_worksheets")
    for position, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        if sheet.visible != SheetVisibleEnum.Visible:
            hidden.append(sheet.name)
            continue
        its_tags = tags.get(parts.get(sheet.name, ""))
        if its_tags is not None:
            structure = its_tags.structure
        else:
            structure = structures[position] if position < len(structures) else Structure()
        yield _worksheet(workbook, sheet.name, structure, its_tags)


class _Checked:
    """Lets rows pass within the limits of the whole file, without trailing blank cells."""

    def __init__(self) -> None:
        self.rows = 0
        self.characters = 0

    def rows_of(self, source: _Source, left_out: dict[str, int]) -> Iterator[Numbered]:
        for number, cells in laid_out(source.rows, source.structure, left_out):
            while cells and not cells[-1].strip():
                cells.pop()
            if not cells:
                continue
            if len(cells) > limits.COLUMNS:
                raise SheetRefused("too_many_columns")
            self.rows += 1
            self.characters += sum(map(len, cells))
            if self.rows > limits.ROWS + limits.LINES_ABOVE_DATA:
                raise SheetRefused("too_many_rows")
            if self.characters > limits.TEXT_CHARACTERS:
                raise SheetRefused("too_heavy")
            yield number, cells


def _csv_rows(text: str) -> Iterator[Numbered]:
    for number, cells in csv_text.rows(text):
        if len(cells) > limits.EXCEL_COLUMNS:
            raise SheetRefused("too_many_columns")
        yield number, [text_of(cell) for cell in cells]


def _sources(path: Path, kind: str, hidden: list[str]) -> Iterator[_Source]:
    if kind == "csv":
        text = csv_text.decode(path.read_bytes())
        yield _Source("", _csv_rows(text), Structure())
    elif kind in ("xml", "html"):
        for sheet in xml_worksheets(path) if kind == "xml" else html_worksheets(path):
            if sheet.is_hidden:
                hidden.append(sheet.name)
            else:
                yield _Source(sheet.name, _texts(iter(sheet.rows), 0, sheet.structure), sheet.structure, sheet.problem)
    else:
        yield from _workbook(path, kind, hidden)


def emit(path: Path) -> Iterator[Any]:
    """Yield the output lines. Raises SheetRefused."""
    kind = kind_of(path)
    yield {"kind": kind}
    hidden: list[str] = []
    checked = _Checked()
    for source in _sources(path, kind, hidden):
        yield {"worksheet": source.name}
        left_out = {"hidden_rows": 0, "banners": 0}
        count = 0
        rows = checked.rows_of(source, left_out)
        while batch := list(islice(rows, _ROWS_A_LINE)):
            count += len(batch)
            yield batch
        hidden_columns = len(source.structure.hidden_columns) if count else 0
        yield {"rows": count, **left_out, "hidden_columns": hidden_columns, "problem": source.problem}
    yield {"hidden_worksheets": hidden}


def _guarded(path: Path) -> Iterator[Any]:
    try:
        yield from emit(path)
    except SheetRefused as refusal:
        yield {"refused": refusal.code, "where": refusal.where}
    except PasswordError:
        yield {"refused": "encrypted", "where": {}}
    except MemoryError:
        yield {"refused": "too_heavy", "where": {}}
    except CalamineError:
        yield {"refused": "damaged", "where": {}}


def main() -> None:
    confine(megabytes=limits.CHILD_MEGABYTES, cpu_seconds=limits.CHILD_CPU_SECONDS, seconds=limits.CHILD_SECONDS)
    out = sys.stdout.buffer
    for line in _guarded(Path(sys.argv[1])):
        out.write(orjson.dumps(line))
        out.write(b"\n")
    out.flush()


if __name__ == "__main__":
    main()
