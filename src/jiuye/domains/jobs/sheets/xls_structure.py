"""The structure of the worksheets of an old workbook: one walk over its records ([MS-XLS] 2.4)."""

import struct
from collections.abc import Iterator
from pathlib import Path

import olefile

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.structure import Merge, Shown, Structure, shown_by

_BOUNDSHEET, _BOF, _EOF, _FORMAT, _XF = 0x0085, 0x0809, 0x000A, 0x041E, 0x00E0
_ROW, _COLINFO, _MERGEDCELLS = 0x0208, 0x007D, 0x00E5
_NUMBERS = frozenset({0x0203, 0x027E, 0x0006})  # NUMBER, RK, FORMULA
_MULRK = 0x00BD
_HIDDEN = 0x20


def xls_structures(path: Path) -> list[Structure]:
    """Return a structure for each sheet of the workbook, charts included, in its order; none for Excel 5.0/95."""
    try:
        with olefile.OleFileIO(str(path)) as container:
            if not container.exists("Workbook"):
                return []
            stream = container.openstream("Workbook").read()
        return _walk(stream)
    except SheetRefused:
        raise
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise SheetRefused("damaged") from error


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and end of each record's body up to the end of its substream."""
    position, depth = start, 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        yield kind, position + 4, min(position + 4 + size, len(stream))
        position += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return


def _walk(stream: bytes) -> list[Structure]:
    codes: dict[int, str] = {}
    formats: list[int] = []
    offsets: list[int] = []
    for kind, start, end in _records(stream, 0):
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", stream, start)[0])
        elif kind == _FORMAT:
            identifier, length, is_wide = struct.unpack_from("<HHB", stream, start)
            body = stream[start + 5 : min(end, start + 5 + length * (1 + (is_wide & 1)))]
            codes[identifier] = body.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")
        elif kind == _XF:
            formats.append(struct.unpack_from("<H", stream, start + 2)[0])
    shown = {n: found for n, one in enumerate(formats) if (found := shown_by(one, codes.get(one)))}
    return [_worksheet(stream, offset, shown) for offset in offsets[:100]]


def _worksheet(stream: bytes, offset: int, shown: dict[int, Shown]) -> Structure:
    found = Structure()
    for kind, start, end in _records(stream, offset):
        if kind == _ROW:
            row = struct.unpack_from("<H", stream, start)[0]
            if stream[start + 12] & _HIDDEN:
                found.hidden_rows.add(row + 1)
        elif kind == _COLINFO:
            first, last, _, _, options = struct.unpack_from("<HHHHH", stream, start)
            if options & 1:
                found.hidden_columns.update(range(first, min(last + 1, limits.COLUMNS)))
        elif kind == _MERGEDCELLS:
            for position in range(start + 2, end - 7, 8):
                first_row, last_row, first, last = struct.unpack_from("<HHHH", stream, position)
                found.merges.append(Merge(first_row + 1, first, last_row + 1, last))
            if len(found.merges) > limits.MERGES:
                raise SheetRefused("too_heavy")
        elif shown and (kind in _NUMBERS or kind == _MULRK):
            _mark(stream, kind, start, end, shown, found)
    return found


def _mark(stream: bytes, kind: int, start: int, end: int, shown: dict[int, Shown], found: Structure) -> None:
    row, column, style = struct.unpack_from("<HHH", stream, start)
    styles = (
        [style] if kind != _MULRK else [struct.unpack_from("<H", stream, at)[0] for at in range(start + 4, end - 7, 6)]
    )
    for number, one in enumerate(styles):
        if one in shown:
            found.marks.setdefault(row + 1, {})[column + number] = shown[one]
