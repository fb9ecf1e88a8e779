"""Open an uploaded sheet: rows of text with their numbers, read by a child process that can be killed safely."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from jiuye.domains.jobs.sheets.refusals import SheetRefused


class SheetRow(NamedTuple):
    """One row with content: its number as in the spreadsheet program (from 1), its cells as text."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """An opened sheet. `kind`: xlsx, xls or csv; `name`: the worksheet read; `others`: visible worksheets not read.

    `rows` can be read once; it raises SheetRefused if the file turns out to be invalid further down.
    """

    kind: str
    name: str
    others: list[str]
    rows: Iterator[SheetRow]


@contextmanager
def open_sheet(path: Path) -> Iterator[Sheet]:
    """Read an untrusted xlsx, xls or csv file. Raises SheetRefused with a message for its sender.

    The file is parsed by a child process with limits of memory and CPU time and an empty environment.
    """
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "jiuye.domains.jobs.sheets.child", str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8"},
    )
    try:
        about = _line(process)
        yield Sheet(about["kind"], about["sheet"], about["others"], _rows(process))
    finally:
        process.kill()
        process.communicate()


def _rows(process: subprocess.Popen[bytes]) -> Iterator[SheetRow]:
    count = 0
    while True:
        line = _line(process)
        if isinstance(line, dict):
            if line["rows"] != count:
                raise SheetRefused("damaged")
            return
        for number, cells in line:
            count += 1
            yield SheetRow(number, cells)


def _line(process: subprocess.Popen[bytes]) -> Any:
    """Return the child's next line. If it ended early, a limit (signal) or the parser (exit) has stopped it."""
    line = process.stdout.readline() if process.stdout else b""
    if not line.endswith(b"\n"):
        raise SheetRefused("too_heavy" if process.wait() < 0 else "damaged")
    message = orjson.loads(line)
    if isinstance(message, dict) and "refused" in message:
        raise SheetRefused(message["refused"], **message["where"])
    return message
