"""Comma- and tab-separated text: detect encoding and delimiter, and refuse rows joined by a stray quote."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused

_DELIMITERS = ",\t;|"
_LINES_LOOKED_AT = 30


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030 (a superset of GBK and GB2312).

    Raises SheetRefused("encoding").
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused("encoding")


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield records with their numbers from 1, blank ones as empty lists (numbered as in a spreadsheet program).

    Raises SheetRefused("open_quote") if an unclosed quote has joined lines.
    """
    csv.field_size_limit(limits.FILE_BYTES)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number, width = 0, 0
    try:
        for number, cells in enumerate(reader, start=1):
            width = width or len(cells)
            _check_joined_lines(number, cells, delimiter, width)
            yield number, cells
    except csv.Error as error:
        raise SheetRefused("open_quote", row=number + 1) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first lines most evenly into most columns."""
    head = "\n".join(text[: 256 * 1024].splitlines()[:_LINES_LOOKED_AT])

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = Counter(len(cells) for cells in csv.reader(io.StringIO(head), delimiter=delimiter) if cells)
        except csv.Error:
            return (0, 0)
        if not widths:
            return (0, 0)
        width, often = widths.most_common(1)[0]
        return (often / widths.total() if width > 1 else 0, width)

    return max(_DELIMITERS, key=evenness)


def _check_joined_lines(number: int, cells: list[str], delimiter: str, width: int) -> None:
    if width < 3:
        return
    for cell in cells:
        if "\n" not in cell:
            continue
        like_rows = sum(line.count(delimiter) == width - 1 for line in cell.split("\n")[1:-1])
        if like_rows >= 2:
            raise SheetRefused("open_quote", row=number)
