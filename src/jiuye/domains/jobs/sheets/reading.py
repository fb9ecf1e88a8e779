"""Open an uploaded sheet: rows of text with their numbers, read by a child process that can be killed safely.

Cells are text as the spreadsheet program shows it where that matters (`structure`): merged values are in all cells of
their merge, hidden rows and columns are left out, a date cell without a year is `1月3日`.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.kernel import confinement

_CHILD = "jiuye.domains.jobs.sheets.child"


class SheetRow(NamedTuple):
    """One row with content: its number as in the spreadsheet program (from 1), its cells as text, its worksheet.

    `worksheet` is blank in a CSV file.
    """

    number: int
    cells: list[str]
    worksheet: str = ""


@dataclass
class Worksheet:
    """One visible worksheet. `banners`: rows of one text over the whole width, left out. `problem`: why it was not read, the
    code of a refusal. `rows` can be read once, before the next worksheet is asked for; the counts are right afterwards.
    """

    name: str
    rows: Iterator[SheetRow] = field(default_factory=lambda: iter(()))
    hidden_rows: int = 0
    hidden_columns: int = 0
    banners: int = 0
    problem: str = ""


@dataclass
class Sheet:
    """An opened file. `kind`: xlsx, xls, csv, xml (Spreadsheet 2003) or html (tables of a page).

    `worksheets` can be read once; both iterators raise SheetRefused if the file turns out to be invalid further down.
    `hidden_worksheets` is right at the end.
    """

    kind: str
    worksheets: Iterator[Worksheet]
    hidden_worksheets: list[str] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[SheetRow]:
        """Return the rows of all worksheets, one after the other."""
        return (row for worksheet in self.worksheets for row in worksheet.rows)


@contextmanager
def open_sheet(path: Path) -> Iterator[Sheet]:
    """Read an untrusted sheet. Raises SheetRefused with a message for its sender.

    The file is parsed by a child process under limits (`kernel.confinement`).
    """
    with confinement.started(_CHILD, str(path.absolute()), seconds=limits.CHILD_SECONDS) as process:
        sheet = Sheet(_line(process)["kind"], iter(()))
        sheet.worksheets = _worksheets(process, sheet)
        yield sheet


def _worksheets(process: subprocess.Popen[bytes], sheet: Sheet) -> Iterator[Worksheet]:
    while "worksheet" in (line := _line(process)):
        worksheet = Worksheet(line["worksheet"])
        worksheet.rows = _rows(process, worksheet)
        yield worksheet
        for _ in worksheet.rows:  # what the caller has left
            pass
    sheet.hidden_worksheets = line["hidden_worksheets"]


def _rows(process: subprocess.Popen[bytes], worksheet: Worksheet) -> Iterator[SheetRow]:
    count = 0
    while isinstance(line := _line(process), list):
        count += len(line)
        for number, cells in line:
            yield SheetRow(number, cells, worksheet.name)
    if line["rows"] != count:
        raise SheetRefused("damaged")
    worksheet.hidden_rows, worksheet.hidden_columns = line["hidden_rows"], line["hidden_columns"]
    worksheet.banners, worksheet.problem = line["banners"], line["problem"]


def _line(process: subprocess.Popen[bytes]) -> Any:
    """Return the child's next line. If it ended early, a limit (signal) or the parser (exit) has stopped it."""
    line = process.stdout.readline() if process.stdout else b""
    if not line.endswith(b"\n"):
        raise SheetRefused("too_heavy" if process.wait() < 0 else "damaged")
    message = orjson.loads(line)
    if isinstance(message, dict) and "refused" in message:
        raise SheetRefused(message["refused"], **message["where"])
    return message
