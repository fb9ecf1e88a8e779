"""Storage of a checked sheet's rows for the run: gzipped JSON lines, `[row number, [text, …]]`.

The upload itself is not kept: running or resuming an import parses no untrusted file.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
from django.core.files.storage import default_storage

from jiuye.domains.jobs.sheets.reading import SheetRow

_QUICK = 1  # sheets repeat themselves: higher levels cost time and save little


class RowsLost(Exception):
    """The kept rows cannot be read."""


def write(rows: Iterable[SheetRow], path: Path) -> Iterator[SheetRow]:
    """Yield rows while writing them to a file."""
    with gzip.open(path, "wb", compresslevel=_QUICK) as file:
        for row in rows:
            file.write(orjson.dumps((row.number, row.cells)))
            file.write(b"\n")
            yield row


def read(key: str) -> Iterator[SheetRow]:
    """Yield the rows kept under a storage key. Raises RowsLost."""
    try:
        with default_storage.open(key) as kept, gzip.open(kept, "rb") as file:
            for line in file:
                number, cells = orjson.loads(line)
                yield SheetRow(number, cells)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise RowsLost from error
