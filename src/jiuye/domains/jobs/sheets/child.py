"""Read one untrusted sheet in a separate process, limited in memory and time; write its rows as JSON lines.

Run as `python -m jiuye.domains.jobs.sheets.child PATH`. Lines: `{"kind", "sheet", "others"}`, then lists of `[row
number, [text, …]]` (without blank rows), then `{"rows": n}`; or `{"refused": code, "where": {…}}` at any point.
"""

import re
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import orjson
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from jiuye.domains.jobs.sheets import csv_text, limits
from jiuye.domains.jobs.sheets.archive import check_archive
from jiuye.domains.jobs.sheets.kinds import kind_of
from jiuye.domains.jobs.sheets.refusals import SheetRefused

_ROWS_A_LINE = 250
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")

Numbered = tuple[int, list[str]]


def limit_this_process() -> None:
    """Limit memory and CPU time; no file may be written."""
    memory, seconds = limits.CHILD_MEMORY_BYTES, limits.CHILD_CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text_of(value: Any) -> str:
    """Return a cell as a person would have typed it: 8000.0 → `8000`, dates as `2026-03-01`, no control characters."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value) if _UNSTORABLE.search(value) else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _workbook_rows(path: Path) -> tuple[str, list[str], Iterator[Numbered]]:
    """Return the first visible sheet with content, the names of the other visible ones, and its rows."""
    workbook = CalamineWorkbook.from_path(str(path))
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    for name in names[:20]:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if sheet.end is not None and sheet.end[1] >= limits.COLUMNS:
            raise SheetRefused("too_many_columns")
        blanks = [""] * sheet.start[1]  # empty columns at the left are missing from a row
        rows = ((number, blanks + [text_of(cell) for cell in row]) for number, row in enumerate(sheet.iter_rows(), 1))
        return name, [other for other in names if other != name], rows
    raise SheetRefused("no_rows")


def _checked(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    """Yield the rows with content, within the limits, without trailing blank cells."""
    count, characters = 0, 0
    for number, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        count += 1
        if count > limits.ROWS + limits.LINES_ABOVE_DATA:
            raise SheetRefused("too_many_rows")
        if len(cells) > limits.COLUMNS:
            raise SheetRefused("too_many_columns")
        for column, cell in enumerate(cells, start=1):
            characters += len(cell)
            if len(cell) > limits.CELL_CHARACTERS:
                raise SheetRefused("cell_too_long", row=number, column=column)
        if characters > limits.TEXT_CHARACTERS:
            raise SheetRefused("too_heavy")
        yield number, cells
    if not count:
        raise SheetRefused("no_rows")


def _open(path: Path) -> tuple[dict[str, Any], Iterator[Numbered]]:
    kind = kind_of(path)
    rows: Iterator[Numbered]
    if kind == "csv":
        text = csv_text.decode(path.read_bytes())
        rows = ((number, [text_of(cell) for cell in cells]) for number, cells in csv_text.rows(text))
        return {"kind": kind, "sheet": "", "others": []}, rows
    if kind == "xlsx":
        check_archive(path)
    name, others, rows = _workbook_rows(path)
    return {"kind": kind, "sheet": name, "others": others}, rows


def emit(path: Path) -> Iterator[Any]:
    """Yield the output lines. Raises SheetRefused."""
    about, rows = _open(path)
    yield about
    batch: list[Numbered] = []
    count = 0
    for row in _checked(rows):
        batch.append(row)
        count += 1
        if len(batch) == _ROWS_A_LINE:
            yield batch
            batch = []
    if batch:
        yield batch
    yield {"rows": count}


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
    limit_this_process()
    out = sys.stdout.buffer
    for line in _guarded(Path(sys.argv[1])):
        out.write(orjson.dumps(line))
        out.write(b"\n")
    out.flush()


if __name__ == "__main__":
    main()
