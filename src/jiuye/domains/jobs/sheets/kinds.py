"""Detect the type of a file by its first bytes and structure, never by its name."""

import codecs
import re
from pathlib import Path
from typing import Literal

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.refusals import SheetRefused

SheetKind = Literal["xlsx", "xls", "csv", "xml", "html"]

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
# Other types that a text check alone might let through.
_NOT_TEXT = (
    b"%PDF", b"\x7fELF", b"MZ", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"{\\rtf",
)  # fmt: skip


def kind_of(path: Path) -> SheetKind:
    """Raises SheetRefused if the file is none of them, or must not be opened (macros, password, too big)."""
    size = path.stat().st_size
    if size == 0:
        raise SheetRefused("empty_file")
    if size > limits.FILE_BYTES:
        raise SheetRefused("too_big")
    with path.open("rb") as file:
        head = file.read(8192)
    if head.startswith(_ZIP):
        return "xlsx"
    if head.startswith(_COMPOUND):
        return _compound_kind(path.read_bytes())
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "csv"
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<"):
        return _markup_kind(path)
    if head.lstrip()[:13].lower() == b"mime-version:":
        raise SheetRefused("web_archive")
    if head.startswith(_NOT_TEXT) or b"\x00" in head:
        raise SheetRefused("wrong_type")
    return "csv"


def _markup_kind(path: Path) -> SheetKind:
    """Tell an XML Spreadsheet 2003 from a web page with a table. Many programs name both .xls."""
    data = path.read_bytes()
    if _SPREADSHEET in data[:8192]:
        return "xml"
    if _TABLE.search(data):
        return "html"
    raise SheetRefused("web_page")


def _compound_kind(data: bytes) -> SheetKind:
    """Tell an old workbook from an encrypted new one, both OLE compound files."""
    if _utf16("EncryptedPackage") in data:
        raise SheetRefused("encrypted")
    if _utf16("_VBA_PROJECT") in data:
        raise SheetRefused("macros")
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xls"
    raise SheetRefused("wrong_type")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
