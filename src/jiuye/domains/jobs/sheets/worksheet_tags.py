"""The tags of an .xlsx worksheet, read as they are unpacked: how much there is, what is hidden, merged, and how shown."""

import re
from array import array
from collections.abc import Mapping
from functools import lru_cache

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.structure import Merge, Shown, Structure

# First a cell as nearly all programs write it, because cells are many: its column and its other attributes.
_TAG = re.compile(rb'<(?:\w+:)?(?:c r="([A-Z]{1,3})[0-9]{1,7}"([^<>]*)|(row|c|col|mergeCell)(\s[^<>]*|/)?)>')
_POSITION = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_SPAN = re.compile(rb"""\s(min|max)\s*=\s*["'](\d{1,6})["']""")
_REF = re.compile(rb"""\sref\s*=\s*["']\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})["']""")
_LONGEST_TAG = 4096


class WorksheetTags:
    """Counts rows and columns with content from the tags, whatever `<dimension>` says, and collects the structure.

    Rows must ascend: readers drop rows out of order, and no program writes them so. `filled` are the numbers of the
    rows with content; `columns` is the number of the last filled column.
    """

    def __init__(self, shown: Mapping[int, Shown]) -> None:
        self.shown = shown
        self.structure = Structure()
        self.filled = array("I")
        self.columns = 0
        self._rest = b""
        self._row, self._column = 0, 0

    @property
    def is_sparse(self) -> bool:
        """Return whether the range of all filled cells is far larger than what is in it."""
        return bool(self.filled) and self.filled[-1] * self.columns > 4 * len(self.filled) * self.columns + 200_000

    def feed(self, piece: bytes) -> None:
        """Take the next piece of the worksheet's markup."""
        window = self._rest + piece
        cut = window.rfind(b"<")  # the last tag may be cut in two
        if cut == -1 or len(window) - cut > _LONGEST_TAG:
            cut = len(window)
        self._rest = window[cut:]
        for found in _TAG.finditer(window, 0, cut):
            letters, others, name, attributes = found.groups(b"")
            if letters:
                self._count_cell(_column_number(letters), others)
                continue
            match name:
                case b"c":
                    position = _POSITION.search(attributes)
                    column = _column_number(position[1]) if position and position[1] else self._column + 1
                    self._count_cell(column, attributes)
                case b"row":
                    self._start_row(attributes)
                case b"col":
                    self._note_columns(attributes)
                case _:
                    self._note_merge(attributes)

    def _start_row(self, attributes: bytes) -> None:
        position = _POSITION.search(attributes)
        row = int(position[2][:9] or 0) if position else self._row + 1
        if row <= self._row or row > limits.EXCEL_ROWS:
            raise SheetRefused("damaged")
        self._row, self._column = row, 0
        if b"hidden" in attributes and _HIDDEN.search(attributes):
            self.structure.hidden_rows.add(row)

    def _count_cell(self, column: int, attributes: bytes) -> None:
        self._column = column
        if attributes.endswith(b"/"):  # nothing in it
            return
        if column > self.columns:
            self.columns = column
        if not self.filled or self.filled[-1] != self._row:
            self.filled.append(self._row)
            if len(self.filled) > limits.ROWS + limits.LINES_ABOVE_DATA:
                raise SheetRefused("too_many_rows")
        if self.shown and (style := _STYLE.search(attributes)) and (shown := self.shown.get(int(style[1][:6]))):
            self.structure.marks.setdefault(self._row, {})[column - 1] = shown

    def _note_columns(self, attributes: bytes) -> None:
        if _HIDDEN.search(attributes):
            span = {name: int(number) for name, number in _SPAN.findall(attributes)}
            first, last = span.get(b"min", 1), span.get(b"max", 0)
            self.structure.hidden_columns.update(range(first - 1, min(last, limits.COLUMNS)))

    def _note_merge(self, attributes: bytes) -> None:
        if not (found := _REF.search(attributes)):
            return
        first_column, last_column = _column_number(found[1]) - 1, _column_number(found[3]) - 1
        self.structure.merges.append(Merge(int(found[2]), first_column, int(found[4]), last_column))
        if len(self.structure.merges) > limits.MERGES:
            raise SheetRefused("too_heavy")


@lru_cache(maxsize=1024)
def _column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
