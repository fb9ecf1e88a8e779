"""The parts of a binary Word file ([MS-DOC]) that place its text: pieces, ends of table rows, anchors of text boxes."""

import struct
from bisect import bisect_right

_MOST_CHARACTERS = 2_000_000
_PAGE = 512
_ENDS_ROW = 0x2417
"""sprmPFTtp: the paragraph is the mark at the end of a table row."""
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


def pair(document: bytes, index: int) -> tuple[int, int]:
    """Return the place and the size of a structure in the table stream (FibRgFcLcb97)."""
    start, size = struct.unpack_from("<2I", document, 0x9A + 8 * index)
    return start, size


def pieces(document: bytes, table: bytes) -> tuple[str, list[tuple[int, int, int]]]:
    """Return the whole text by the piece table (Clx), and its pieces: first character, place in the file, bytes a character."""
    start, size = pair(document, 33)
    clx, place = table[start : start + size], 0
    while clx[place] == 0x01:
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if clx[place] != 0x02:
        raise ValueError("no piece table")
    (length,) = struct.unpack_from("<I", clx, place + 1)
    body = clx[place + 5 : place + 5 + length]
    count = (len(body) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", body, 0)
    if ends[0] or ends[-1] > _MOST_CHARACTERS or list(ends) != sorted(ends):
        raise ValueError("no order of pieces")
    texts, found = [], []
    for index in range(count):
        (packed,) = struct.unpack_from("<I", body, 4 * (count + 1) + 8 * index + 2)
        width = 1 if packed & 0x40000000 else 2
        offset = (packed & 0x3FFFFFFF) // (2 if width == 1 else 1)
        raw = document[offset : offset + width * (ends[index + 1] - ends[index])]
        text = raw.decode("cp1252" if width == 1 else "utf-16-le", errors="replace")
        texts.append(text.ljust(ends[index + 1] - ends[index])[: ends[index + 1] - ends[index]])
        found.append((ends[index], offset, width))
    return "".join(texts), found


def row_ends(document: bytes, table: bytes, parts: list[tuple[int, int, int]], marks: list[int]) -> set[int]:
    """Return those of the characters `marks` that end a row, by the properties of their paragraphs (PlcfBtePapx)."""
    start, size = pair(document, 13)
    count = (size - 4) // 8
    pages = struct.unpack_from(f"<{count}I", table, start + 4 * (count + 1)) if count > 0 else ()
    begins: list[tuple[int, bool]] = []
    for number in pages:
        begins += _paragraphs(document[(number & 0x3FFFFF) * _PAGE :][:_PAGE])
    begins.sort()
    places = [place for place, _ in begins]
    firsts = [first for first, _, _ in parts]
    found = set()
    for mark in marks:
        first, offset, width = parts[bisect_right(firsts, mark) - 1]
        index = bisect_right(places, offset + width * (mark - first)) - 1
        if index >= 0 and begins[index][1]:
            found.add(mark)
    return found


def _paragraphs(page: bytes) -> list[tuple[int, bool]]:
    """Return where the paragraphs of a page of properties (PapxFkp) begin, and whether each ends a row."""
    count = page[_PAGE - 1]
    found = []
    for index in range(count):
        (begin,) = struct.unpack_from("<I", page, 4 * index)
        at = 2 * page[4 * (count + 1) + 13 * index]
        if not at:
            found.append((begin, False))
            continue
        half = page[at]
        body = page[at + 1 : at + 2 * half] if half else page[at + 2 : at + 2 + 2 * page[at + 1]]
        found.append((begin, _ends_row(body[2:])))
    return found


def _ends_row(properties: bytes) -> bool:
    place = 0
    while place + 3 <= len(properties):
        (code,) = struct.unpack_from("<H", properties, place)
        if code == _ENDS_ROW:
            return properties[place + 2] == 1
        kind = code >> 13
        if kind == 6:
            long = code == 0xD608
            length = struct.unpack_from("<H", properties, place + 2)[0] + 1 if long else properties[place + 2] + 1
        else:
            length = _OPERANDS[kind]
        place += 2 + length
    return False


def anchors(document: bytes, table: bytes) -> dict[int, tuple[int, int]]:
    """Return for each character of the main text on which a text box hangs the box's characters (PlcfSpa, PlcftxbxTxt)."""
    start, size = pair(document, 40)
    count = (size - 4) // 30
    shapes = {}
    for index in range(max(count, 0)):
        (place,) = struct.unpack_from("<I", table, start + 4 * index)
        (shape,) = struct.unpack_from("<I", table, start + 4 * (count + 1) + 26 * index)
        shapes[shape] = place
    start, size = pair(document, 56)
    count = (size - 4) // 26
    found = {}
    for index in range(max(count, 0)):
        begin, end = struct.unpack_from("<2I", table, start + 4 * index)
        (shape,) = struct.unpack_from("<I", table, start + 4 * (count + 1) + 22 * index + 14)
        if shape in shapes and begin < end:
            found[shapes[shape]] = (begin, end)
    return found
