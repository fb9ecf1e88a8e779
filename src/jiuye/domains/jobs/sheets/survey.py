"""One pass over an opened sheet: its worksheets with their headers, and the rows below them under one list of headers.

Worksheets that have the names of postings' columns are read, all under the first one's headers; columns of the others
are found by name or added. A single worksheet with an uncertain header is read with a question.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.headers import SEARCHED, Header, find_header, header_at
from jiuye.domains.jobs.sheets.mapping import fold_header
from jiuye.domains.jobs.sheets.reading import Sheet, SheetRow, Worksheet
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.template import is_example

SAMPLE_ROWS = 20
SPREAD_ROWS = 200
NO_HEADER = 0
"""A chosen header row that says: there is none, the first row is a posting."""


@dataclass
class Table:
    """One worksheet as it was read. `first_lines`: its first rows (number, cells), to choose the header from;
    `header_rows`: numbers of the header's lines; `rows`: what is read of it, or would be. `problem`: why it was not read,
    `hidden` or the code of a refusal. Left out, with counts: hidden rows and columns, repeated headers, banners (one
    text merged over the whole width: titles, subheadings, notes).
    """

    name: str
    is_read: bool = False
    is_certain: bool = False
    rows: int = 0
    header_rows: list[int] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    first_lines: list[tuple[int, list[str]]] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    repeated_headers: int = 0
    banners: int = 0
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as stored with an import."""
        return asdict(self)


class Survey:
    """Reads a sheet once by `rows`; the rest is right when they are exhausted.

    `chosen`: worksheet → number of its header row (NO_HEADER: none; None: as found); without it, what looks like
    postings. `header`: the number for worksheets that `chosen` does not name. `sample`: the first rows and some from
    all over the sheet, `spread`: many of these. `question`: blank, `header` or `worksheets`: what a person has to say
    before the columns.
    """

    def __init__(self, chosen: Mapping[str, int | None] | None = None, header: int | None = None) -> None:
        self.chosen, self.header = chosen, header
        self.headers: list[str] = []
        self.tables: list[Table] = []
        self._first: list[SheetRow] = []
        self._spread: list[SheetRow] = []
        self.count = 0
        self._step = 1

    @property
    def _is_told(self) -> bool:
        return self.chosen is not None or self.header is not None

    @property
    def question(self) -> str:
        """What a person must decide: is this the header, or which worksheets."""
        if self._is_told:
            return ""
        read = [table for table in self.tables if table.is_read]
        if any(not table.is_certain for table in read):
            return "header"
        return "worksheets" if len(read) > 1 else ""

    @property
    def spread(self) -> list[list[str]]:
        """Return the cells of rows from all over the sheet."""
        return [row.cells for row in self._spread]

    @property
    def sample(self) -> list[SheetRow]:
        """Return at most `SAMPLE_ROWS` rows, in order: half of them the first, the rest from all over what follows."""
        if self.count <= SAMPLE_ROWS:
            return self._first
        first = self._first[: SAMPLE_ROWS // 2]
        shown = {(row.worksheet, row.number) for row in first}
        later = [row for row in self._spread if (row.worksheet, row.number) not in shown]
        wanted = SAMPLE_ROWS - len(first)
        return first + [later[(place * len(later)) // wanted] for place in range(min(wanted, len(later)))]

    def rows(self, sheet: Sheet) -> Iterator[SheetRow]:
        """Yield all data rows. Raises SheetRefused if there is no header, or nothing below it."""
        doubtful: list[tuple[Table, Header, list[SheetRow]]] = []  # at most one, with its rows
        for worksheet in sheet.worksheets:
            table = Table(worksheet.name)
            self.tables.append(table)
            first = list(islice(worksheet.rows, SEARCHED))
            table.first_lines = [(row.number, [cell[:40] for cell in row.cells]) for row in first]
            header = self._header_of(table, first)
            if header is not None:
                rows = chain(first, worksheet.rows)
                if self._is_wanted(header):
                    yield from self._read(table, header, rows)
                elif not doubtful:
                    doubtful.append((table, header, list(rows)))
                else:
                    table.rows = sum(1 for _ in _data(table, header, rows))
            _take_counts(table, worksheet)
        self.tables += [Table(name, problem="hidden") for name in sheet.hidden_worksheets]
        if not any(table.is_read for table in self.tables) and doubtful:
            yield from self._read(*doubtful.pop())
        for table, header, unread in doubtful:
            table.rows = sum(1 for _ in _data(table, header, unread))
        self._check()

    def _header_of(self, table: Table, first: Sequence[SheetRow]) -> Header | None:
        if not first or (self.chosen is not None and table.name not in self.chosen):
            return None
        lines = [row.cells for row in first]
        number = (self.chosen or {}).get(table.name, self.header)
        if number == NO_HEADER:
            return Header(0, 0, [""] * max(map(len, lines)), is_certain=True)
        try:
            at = next((index for index, row in enumerate(first) if row.number == number), None)
            return find_header(lines) if at is None else header_at(lines, at)
        except SheetRefused as refusal:
            table.problem = refusal.code
            return None

    def _is_wanted(self, header: Header) -> bool:
        if self._is_told:
            return True
        return header.is_certain and ("title" in header.fields or len(header.fields) >= 3)

    def _read(self, table: Table, header: Header, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
        table.is_read, table.is_certain, table.headers = True, header.is_certain, header.names
        columns = self._columns(header.names)
        for row in _data(table, header, rows):
            table.rows += 1
            laid = SheetRow(row.number, _moved(row.cells, columns), table.name)
            self._count(laid)
            yield laid

    def _columns(self, names: Sequence[str]) -> list[int] | None:
        """Return the place of each column under the common headers, None if it is the same; add those that are new."""
        if not self.headers:
            self.headers = list(names)
            return None
        places: list[int] = []
        for name in names:
            same = (
                place
                for place, known in enumerate(self.headers)
                if place not in places and fold_header(known) == fold_header(name)
            )
            places.append(next(same, len(self.headers)))
            if places[-1] == len(self.headers):
                self.headers.append(name)
        if len(self.headers) > limits.COLUMNS:
            raise SheetRefused("too_many_columns")
        return None if places == list(range(len(places))) else places

    def _count(self, row: SheetRow) -> None:
        if self.count < SAMPLE_ROWS:
            self._first.append(row)
        if self.count % self._step == 0:
            self._spread.append(row)
            if len(self._spread) >= 2 * SPREAD_ROWS:
                self._spread, self._step = self._spread[::2], 2 * self._step
        self.count += 1
        if self.count > limits.ROWS:
            raise SheetRefused("too_many_rows")

    def _check(self) -> None:
        if self.count:
            return
        problem = next((table.problem for table in self.tables if table.problem not in ("", "hidden")), "")
        if problem and not any(table.is_read for table in self.tables):
            raise SheetRefused(problem)
        raise SheetRefused("only_hidden" if any(table.hidden_rows for table in self.tables) else "no_rows")


def _take_counts(table: Table, worksheet: Worksheet) -> None:
    for _ in worksheet.rows:
        pass
    table.hidden_rows, table.hidden_columns = worksheet.hidden_rows, worksheet.hidden_columns
    table.banners = worksheet.banners
    table.problem = table.problem or worksheet.problem


def _moved(cells: list[str], columns: Sequence[int] | None) -> list[str]:
    if columns is None:
        return cells
    moved = [""] * (max(columns, default=-1) + 1)
    for cell, column in zip(cells, columns, strict=False):
        moved[column] = cell
    return moved


def _data(table: Table, header: Header, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    """Yield the rows below the header except the template's example and repeated headers."""
    rows = iter(rows)
    above = list(islice(rows, header.end))
    table.header_rows = [row.number for row in above[header.first :]]
    lines = {tuple(cell.strip() for cell in row.cells if cell.strip()) for row in above[header.first :]}
    lines -= {line for line in lines if len(line) < 2}
    for row in rows:
        if is_example(row.cells):
            continue
        if tuple(cell.strip() for cell in row.cells if cell.strip()) in lines:
            table.repeated_headers += 1
        else:
            yield row
