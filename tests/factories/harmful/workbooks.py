"""Workbooks and other tables."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.factories import sheets

BLANK = b'<c r="A1" s="1"/>'


def workbook(
    changes: Mapping[str, bytes | None] | None = None, rows: sheets.Rows = (sheets.HEADERS, sheets.ROW)
) -> bytes:
    """A workbook with entries replaced or added."""
    with tempfile.TemporaryDirectory() as folder:
        path = sheets.write_xlsx(Path(folder) / "a.xlsx", rows)
        if changes:
            sheets.rezip(path, dict(changes))
        return path.read_bytes()


def with_markup(change: Callable[[str], str]) -> bytes:
    """A workbook whose worksheet's markup is changed."""
    with tempfile.TemporaryDirectory() as folder:
        path = sheets.write_xlsx(Path(folder) / "a.xlsx", (sheets.HEADERS, sheets.ROW))
        sheets.rezip(path, {"xl/worksheets/sheet1.xml": change(sheets.sheet_xml(path)).encode()})
        return path.read_bytes()


def blank_cells(rows: int, columns: int) -> bytes:
    """A workbook of blank cells below its data."""
    cells = '<c s="1"/>' * columns
    return with_markup(
        lambda markup: markup.replace(
            "</sheetData>", "".join(f'<row r="{n}">{cells}</row>' for n in range(3, rows + 3)) + "</sheetData>"
        )
    )


def declared(count: int) -> bytes:
    """A workbook that declares so many worksheets."""
    head = b'<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    head += b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    some = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (number, number) for number in range(1, count + 1)
    )
    return workbook({"xl/workbook.xml": head + some + b"</sheets></workbook>"})


def csv(*lines: str) -> bytes:
    return ("\n".join([",".join(sheets.HEADERS), *lines]) + "\n").encode()


SHEETS: Mapping[str, Callable[[], bytes]] = {
    "a workbook of 6 million blank cells": lambda: blank_cells(100_000, 60),
    "a workbook of 300,000 worksheets": lambda: declared(300_000),
    "a workbook of 400 worksheets": lambda: declared(400),
    "a workbook with macros": lambda: workbook({"xl/vbaProject.bin": b"macro"}),
    "a workbook with entities": lambda: workbook(
        {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "cc">]><workbook>&b;</workbook>'}
    ),
    "a workbook that unpacks to 300 MB": lambda: workbook({"xl/media/a.bin": bytes(300 * 1024 * 1024)}),
    "a workbook of 4,000 parts": lambda: workbook({f"xl/media/{number}.bin": b"" for number in range(4000)}),
    "a workbook with styles of 9 MB": lambda: workbook(
        {"xl/styles.xml": b"<styleSheet>" + b"<xf/>" * 1_900_000 + b"</styleSheet>"}
    ),
    "a workbook with a false dimension": lambda: with_markup(
        lambda markup: markup.replace('ref="A1:J2"', 'ref="A1:A1"')
    ),
    "a workbook with a part outside": lambda: workbook({"../../evil.xml": b"<a/>"}),
    "a workbook with links elsewhere": lambda: workbook({"xl/externalLinks/externalLink1.xml": b"<a/>"}),
    "a workbook with formulas": lambda: with_markup(
        lambda markup: markup.replace("<v>0</v>", '<f>WEBSERVICE("http://192.0.2.1")</f><v>0</v>', 1)
    ),
    "half a workbook": lambda: workbook()[:3000],
    "a table with NULs": lambda: csv("车工\0,示例公司,,,,,,,,"),
    "a table with a cell of 30 KB of dashes": lambda: csv("车工,示例公司,," + "-" * 30_000 + ",,,,,,"),
    "a table with formulas": lambda: csv("=HYPERLINK(1),@SUM(1),+1,-1,,,,,,"),
    "a table with an open quote": lambda: csv('"车工,示例公司,,,,,,,,'),
    "a table of 2,000 columns": lambda: csv("," * 2000),
    "a web page named .xls": lambda: b"<html><body><script>alert(1)</script></body></html>",
}
