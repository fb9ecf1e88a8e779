"""Check that an .xlsx is safe for a parser, by its real bytes: a zip's directory and a `<dimension>` can be false.

Every pattern here is linear: none can run past the `<` of the next tag.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.worksheet_tags import WorksheetTags
from jiuye.domains.jobs.sheets.xlsx_formats import formats_of_styles

_PIECE = 1024 * 1024
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OTHER_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STYLES = "xl/styles.xml"
_WORKBOOK = "xl/workbook.xml"
_READ_WHOLE = (_STYLES, _WORKBOOK, "xl/_rels/workbook.xml.rels")
_ELEMENTS = (b"<c", b"<row", b":c", b":row")  # with and without a namespace; some others begin alike, but they are few


def check_archive(path: Path) -> dict[str, WorksheetTags]:
    """Return what the tags of each worksheet say, by the worksheet's part (`xl/worksheets/sheet1.xml`).

    Raises SheetRefused for macros, encryption, bombs, DTDs, other workbook types, and too many rows.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            entries = archive.infolist()
            _check_directory(entries, path.stat().st_size)
            parts = {part_name(entry.filename): entry for entry in entries}
            _check_kind(archive, parts)
            _check_amounts(raw, parts)
            styles = io.BytesIO()
            if entry := parts.pop(_STYLES, None):
                _check_entry(raw, entry, styles.write)
            shown = formats_of_styles(styles.getvalue())
            tags = {name: WorksheetTags(shown) for name in parts if _SHEET.fullmatch(name)}
            for name, entry in parts.items():
                _check_entry(raw, entry, tags[name].feed if name in tags else None)
            return tags
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise SheetRefused("damaged") from error


def part_name(filename: str) -> str:
    """Return an entry's name as the standard writes it: some programs write `xl\\workbook.xml` or `/xl/workbook.xml`."""
    return filename.replace("\\", "/").removeprefix("/")


def _check_directory(entries: list[zipfile.ZipInfo], file_size: int) -> None:
    names = [part_name(entry.filename).lower() for entry in entries]
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


def _check_kind(archive: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]) -> None:
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise SheetRefused("macros")
    if "mimetype" in names and archive.open(names["mimetype"]).read(60).startswith(b"application/vnd.oasis"):
        raise SheetRefused("open_document")
    if "xl/workbook.bin" in names:
        raise SheetRefused("binary_workbook")
    if "[Content_Types].xml" not in names or not any(map(_SHEET.fullmatch, names)):
        raise SheetRefused("wrong_type")
    with archive.open(names["[Content_Types].xml"]) as types:
        if b"macroEnabled" in types.read(_PIECE):
            raise SheetRefused("macros")


def _check_amounts(raw: BinaryIO, parts: Mapping[str, zipfile.ZipInfo]) -> None:
    """Refuse, before anything is looked at one by one, what would take longer than a few seconds to look at."""
    if any(parts[name].file_size > limits.PART_BYTES for name in _READ_WHOLE if name in parts):
        raise SheetRefused("too_heavy")
    if workbook := parts.get(_WORKBOOK):
        declared = sum(piece.count(b"sheetId") for piece in _unpacked(raw, workbook))
        if declared > limits.WORKSHEETS_DECLARED:
            raise SheetRefused("too_many_worksheets")
    worksheets = [entry for name, entry in parts.items() if _SHEET.fullmatch(name)]
    if sum(entry.file_size for entry in worksheets) < limits.ELEMENTS * len(b"<c/>"):
        return
    elements = 0
    for entry in worksheets:
        for piece in _unpacked(raw, entry):
            elements += sum(map(piece.count, _ELEMENTS))
            if elements > limits.ELEMENTS:
                raise SheetRefused("too_heavy")


def _check_entry(raw: BinaryIO, entry: zipfile.ZipInfo, feed: Callable[[bytes], object] | None = None) -> None:
    """Decompress one entry for its true size, and check its XML meanwhile."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
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
        if feed:
            feed(piece)
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
