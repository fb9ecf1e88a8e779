"""Check that an .xlsx is safe for a parser, by its real bytes: a zip's directory and a `<dimension>` can be false."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused

_PIECE = 1024 * 1024
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE)
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(\s[^>]*?)?(/?)>")
_POSITION = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d*)["']""")
_SHEET = re.compile(r"^/?xl/worksheets/[^/]+\.xml$", re.IGNORECASE)


def check_archive(path: Path) -> None:
    """Raises SheetRefused for macros, encryption, bombs, DTDs, other workbook types, and too many rows or columns."""
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size)
            _check_kind(archive, {entry.filename for entry in entries})
            for entry in entries:
                _check_entry(raw, entry)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise SheetRefused("damaged") from error


def _check_directory(entries: list[zipfile.ZipInfo], file_size: int) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > limits.ARCHIVE_ENTRIES or sum(entry.file_size for entry in entries) > limits.UNPACKED_BYTES:
        raise SheetRefused("bomb")
    if sum(entry.compress_size for entry in entries) > file_size:
        raise SheetRefused("bomb")  # entries that share the same compressed bytes
    if len(set(names)) != len(names):
        raise SheetRefused("damaged")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise SheetRefused("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SheetRefused("damaged")
        if entry.file_size > limits.RATIO_MATTERS_FROM and entry.file_size > limits.RATIO * max(1, entry.compress_size):
            raise SheetRefused("bomb")


def _check_kind(archive: zipfile.ZipFile, names: set[str]) -> None:
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise SheetRefused("macros")
    if "mimetype" in names and archive.read("mimetype")[:60].startswith(b"application/vnd.oasis"):
        raise SheetRefused("open_document")
    if "xl/workbook.bin" in names:
        raise SheetRefused("binary_workbook")
    if "[Content_Types].xml" not in names or not any(_SHEET.match(name) for name in names):
        raise SheetRefused("wrong_type")
    with archive.open("[Content_Types].xml") as types:
        if b"macroEnabled" in types.read(_PIECE):
            raise SheetRefused("macros")


def _check_entry(raw: BinaryIO, entry: zipfile.ZipInfo) -> None:
    """Decompress one entry for its true size, and check its XML meanwhile."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    counter = _SheetCounter() if _SHEET.match(entry.filename) else None
    size, tail = 0, b""
    for piece in _unpacked(raw, entry):
        if size == 0 and is_xml and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or _OTHER_ENCODING.match(piece[:200])):
            raise SheetRefused("entities")
        size += len(piece)
        if size > entry.file_size:
            raise SheetRefused("bomb")  # more than its directory says
        window = tail + piece
        if is_xml and _FORBIDDEN.search(window):
            raise SheetRefused("entities")
        if counter:
            counter.feed(piece)
        tail = piece[-16:]
    if size != entry.file_size:
        raise SheetRefused("damaged")


def _unpacked(raw: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Return the entry's bytes, by the directory's offset and compressed size, whatever uncompressed size it claims."""
    raw.seek(entry.header_offset)
    header = raw.read(30)
    if header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    raw.seek(entry.header_offset + 30 + name_length + extra_length)
    left = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = raw.read(min(left, 65536))
        if not packed:
            raise zipfile.BadZipFile
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        piece = inflate.decompress(packed, _PIECE)
        while piece:
            yield piece
            piece = inflate.decompress(inflate.unconsumed_tail, _PIECE)


class _SheetCounter:
    """Counts rows and columns with content from the tags, whatever `<dimension>` says.

    Rows must ascend: readers drop rows out of order, and no program writes them so.
    """

    def __init__(self) -> None:
        self.rest = b""
        self.row = 0
        self.column = 0
        self.filled_rows = 0
        self.row_is_filled = False

    def feed(self, piece: bytes) -> None:
        window = self.rest + piece
        cut = window.rfind(b"<")  # the last tag may be cut in two
        if cut == -1 or len(window) - cut > 4096:
            cut = len(window)
        self.rest = window[cut:]
        for found in _ROW_OR_CELL.finditer(window, 0, cut):
            position = _POSITION.search(found[2] or b"")
            if found[1] == b"row":
                self._start_row(position)
            else:
                self._count_cell(position, is_filled=not found[3])

    def _start_row(self, position: re.Match[bytes] | None) -> None:
        row = int(position[2] or 0) if position else self.row + 1
        if row <= self.row or row > limits.EXCEL_ROWS:
            raise SheetRefused("damaged")
        self.row, self.column, self.row_is_filled = row, 0, False

    def _count_cell(self, position: re.Match[bytes] | None, *, is_filled: bool) -> None:
        self.column = _column_number(position[1]) if position and position[1] else self.column + 1
        if not is_filled:
            return
        if self.column > limits.COLUMNS:
            raise SheetRefused("too_many_columns")
        if not self.row_is_filled:
            self.row_is_filled = True
            self.filled_rows += 1
            if self.filled_rows > limits.ROWS + limits.LINES_ABOVE_DATA:
                raise SheetRefused("too_many_rows")


@lru_cache(maxsize=1024)
def _column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
