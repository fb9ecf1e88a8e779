"""Spreadsheet files for tests: good ones of every kind, and the pieces of bad ones."""

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]

HEADERS = [
    "职位名称",
    "招聘单位",
    "工作地点",
    "薪资",
    "招聘人数",
    "用工类型",
    "工作内容",
    "招聘条件",
    "工作条件",
    "有效期至",
]
ROW = [
    "车工",
    "示例精密机械有限公司",
    "江苏省苏州市昆山市",
    "6000-9000元/月",
    "5",
    "全职",
    "加工零件",
    "会看图纸",
    "白班双休",
    "30天",
]


def write_xlsx(path: Path, rows: Rows, *, more_sheets: Sequence[str] = ()) -> Path:
    """A workbook with one filled sheet, and empty ones after it."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("职位")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        for name in more_sheets:
            book.add_worksheet(name).write(0, 0, "另一张")
    return path


def write_csv(path: Path, rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path.write_bytes("".join(delimiter.join(map(str, row)) + "\r\n" for row in rows).encode(encoding))
    return path


def rezip(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The same archive with entries replaced or added; None takes one out."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries |= {name: body for name, body in changes.items() if body is not None}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            if changes.get(name, b"") is not None:
                archive.writestr(name, body)
    return path


def sheet_xml(path: Path) -> str:
    """The markup of a workbook's first sheet."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def write_xls(
    path: Path, rows: Rows, *, records: bytes = b"", stream: str = "Workbook", storage: str = "", layout: bytes = b""
) -> Path:
    """An Excel 97 workbook. `records` go in after the first, `layout` (see `merged`, `hidden_row`, `hidden_columns`) at
    the end of the worksheet; `storage` names an extra entry of the container.
    """
    path.write_bytes(_compound(stream, _biff(rows, records, layout), storage))
    return path


def merged(*ranges: tuple[int, int, int, int]) -> bytes:
    """Merged ranges of an Excel 97 worksheet: first row, first column, last row, last column, from 0."""
    body = b"".join(struct.pack("<HHHH", r1, r2, c1, c2) for r1, c1, r2, c2 in ranges)
    return _record(0x00E5, struct.pack("<H", len(ranges)) + body)


def hidden_row(row: int) -> bytes:
    """A hidden row of an Excel 97 worksheet, from 0."""
    return _record(0x0208, struct.pack("<HHHHHHHH", row, 0, 256, 0, 0, 0, 0x20, 15))


def hidden_columns(first: int, last: int) -> bytes:
    """Hidden columns of an Excel 97 worksheet, from 0."""
    return _record(0x007D, struct.pack("<HHHHHH", first, last, 2048, 15, 1, 0))


def number_format(code: str) -> bytes:
    """A number format for all numbers of an Excel 97 workbook, for `records`."""
    form = struct.pack("<HHB", 180, len(code), 1) + code.encode("utf-16-le")
    return _record(0x041E, form) + _record(0x00E0, struct.pack("<HH", 0, 180) + bytes(16))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff(rows: Rows, records: bytes, layout: bytes) -> bytes:
    """BIFF8: a globals stream naming one sheet, then the sheet's cells."""
    name = "职位"
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)) + records
    bound_size = 4 + 8 + 2 * len(name)
    offset = len(head) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + name.encode("utf-16-le"))
    out = io.BytesIO()
    out.write(head + bound + _record(0x000A, b""))
    out.write(_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                out.write(_record(0x0203, struct.pack("<HHHd", number, column, 0, value)))
            else:
                text = str(value)
                body = struct.pack("<HHHHB", number, column, 0, len(text), 1) + text.encode("utf-16-le")
                out.write(_record(0x0204, body))
    out.write(layout + _record(0x000A, b""))
    return out.getvalue()


def _compound(stream: str, body: bytes, storage: str) -> bytes:
    """A compound file (version 3) of 512-byte sectors: the allocation table, the directory, one stream."""
    free, end, special = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    body = body.ljust(4096, b"\x00")
    body += b"\x00" * (-len(body) % 512)
    sectors = len(body) // 512
    table = [special, end, *(2 + n for n in range(1, sectors)), end]
    table += [free] * (128 - len(table))

    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        encoded = name.encode("utf-16-le") + b"\x00\x00" if name else b""
        head = encoded.ljust(64, b"\x00") + struct.pack("<HBB", len(encoded), kind, 1)
        return head + struct.pack("<III", free, right, child) + bytes(36) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, free, end, 0)
    directory += entry(stream, 2, free, 2 if storage else free, 2, len(body))
    directory += entry(storage, 1 if storage else 0, free, free, 0, 0) + entry("", 0, free, free, 0, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    return header + struct.pack("<128I", *table) + directory + body
