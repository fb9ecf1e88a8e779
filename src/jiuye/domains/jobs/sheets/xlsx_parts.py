"""An .xlsx as the parser needs it: entry names of the standard, and worksheets without wide blank ranges."""

import io
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from jiuye.domains.jobs.sheets import limits
from jiuye.domains.jobs.sheets.archive import part_name
from jiuye.domains.jobs.sheets.refusals import SheetRefused
from jiuye.domains.jobs.sheets.worksheet_tags import WorksheetTags

_ROW_OF = re.compile(rb"""(<(?:\w+:)?(?:row|c)\s(?:[^<>]*?\s)?r\s*=\s*["'][A-Za-z]*)(\d{1,7})(["'])""")
_NEEDED = (".xml", ".rels")
_WORKBOOK = "xl/workbook.xml"


def parts_of_worksheets(path: Path) -> dict[str, str]:
    """Return the part of each worksheet by its name, in the workbook's order."""
    with zipfile.ZipFile(path) as archive:
        entries = {part_name(entry.filename): entry for entry in archive.infolist()}
        if _WORKBOOK not in entries:
            raise SheetRefused("damaged")
        sheets = _elements(archive.read(entries[_WORKBOOK]), "sheet")
        relations = entries.get("xl/_rels/workbook.xml.rels")
        found = _elements(archive.read(relations), "Relationship") if relations else []
    targets = {one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))[1:] for one in found}
    return {one.get("name", ""): targets.get(_relation(one), "") for one in sheets}


def _relation(attributes: Mapping[str, str]) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _elements(markup: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(markup, True)
    except expat.ExpatError as error:
        raise SheetRefused("damaged") from error
    return found


def openable(path: Path, tags: Mapping[str, WorksheetTags]) -> str | BinaryIO:
    """Return what the parser can open: the file itself, or a copy with the rows of sparse worksheets numbered without gaps.

    The parser allocates the whole range of filled cells: one stray cell in the last row costs gigabytes and minutes.
    """
    sparse = {name for name, one in tags.items() if one.is_sparse}
    with zipfile.ZipFile(path) as archive:
        entries = {part_name(entry.filename): entry for entry in archive.infolist()}
        if not sparse and all(name == entry.filename for name, entry in entries.items()):
            return str(path)
        needed = {name: entry for name, entry in entries.items() if name.lower().endswith(_NEEDED)}
        if sum(entry.file_size for entry in needed.values()) > limits.COPIED_BYTES:
            raise SheetRefused("too_heavy")
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
            for name, entry in needed.items():
                body = archive.read(entry)
                out.writestr(name, _without_gaps(body, tags[name].filled) if name in sparse else body)
    copy.seek(0)
    return copy


def _without_gaps(markup: bytes, filled: Sequence[int]) -> bytes:
    return _ROW_OF.sub(lambda found: b"%b%d%b" % (found[1], bisect_left(filled, int(found[2])) + 1, found[3]), markup)
