"""Storage of a checked sheet's rows for the run: gzipped JSON lines, `[row number, [text, …], worksheet]`.

The upload itself is not kept: running or resuming an import parses no untrusted file.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import orjson

from jiuye.domains.jobs.sheets.reading import SheetRow
from jiuye.kernel import sealed_files

_QUICK = 1  # sheets repeat themselves: higher levels cost time and save little


class RowsLost(Exception):
    """The kept rows cannot be read."""


def write(rows: Iterable[SheetRow], path: Path) -> Iterator[SheetRow]:
    """Yield rows while writing them to a file."""
    with gzip.open(path, "wb", compresslevel=_QUICK) as file:
        for row in rows:
            file.write(orjson.dumps(tuple(row)))
            file.write(b"\n")
            yield row


def of_file(file: Path | BinaryIO) -> Iterator[SheetRow]:
    """Yield the rows of a file that `write` has written."""
    with gzip.open(file, "rb") as lines:
        for line in lines:
            yield SheetRow(*orjson.loads(line))


def read(key: str) -> Iterator[SheetRow]:
    """Yield the rows kept under a storage key. Raises RowsLost."""
    try:
        yield from of_file(BytesIO(sealed_files.read(key)))
    except (sealed_files.FileGone, OSError, EOFError, ValueError, zlib.error) as error:
        raise RowsLost from error
