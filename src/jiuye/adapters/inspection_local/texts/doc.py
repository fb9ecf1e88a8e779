"""Words of a binary Word file ([MS-DOC], Word 97 to 2003): the pieces of its text, in the order of the piece table."""

import itertools
import re
import struct
from io import BytesIO

import olefile

from jiuye.adapters.inspection_local.texts import word97
from jiuye.kernel.uploads import Unacceptable

_DAMAGED = "这个 .doc 文件打不开，可能已损坏。请用 Word 或 WPS 另存为 .docx 或 PDF 再传。"
_OLD = "这个 .doc 文件是很旧的格式，读不出来。请用 Word 或 WPS 另存为 .docx 或 PDF 再传。"
_WORD_97 = 0x00C1
_FIELD = re.compile("\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_CELL = "\x07"
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f]")


def read(content: bytes) -> str:
    """Return the lines, the page header's first. Raise Unacceptable."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            if not file.exists("WordDocument"):
                raise Unacceptable("这不是 Word 文件。请用 Word 或 WPS 打开后另存为 .docx 或 PDF 再传。")
            if any(part[0].casefold() in ("macros", "_vba_project_cur") for part in file.listdir(storages=True)):
                raise Unacceptable("这个 Word 文件带有宏，请另存为不带宏的 .docx 或 PDF 再传。")
            document = file.openstream("WordDocument").read()
            (flags,) = struct.unpack_from("<H", document, 0x0A)
            if flags & 0x0100:
                raise Unacceptable("这个 Word 文件设有密码，请去掉密码后再传。")
            table = file.openstream("1Table" if flags & 0x0200 else "0Table").read()
        return _text(document, table)
    except (OSError, struct.error, ValueError, IndexError, KeyError, TypeError, AttributeError) as problem:
        raise Unacceptable(_DAMAGED) from problem


def is_inert(content: bytes) -> bool:
    """Return whether there are no embedded objects in the file."""
    with olefile.OleFileIO(BytesIO(content)) as file:
        return not any(part[0].casefold() == "objectpool" for part in file.listdir(storages=True))


def _text(document: bytes, table: bytes) -> str:
    (version,) = struct.unpack_from("<H", document, 0x02)
    if version < _WORD_97:
        raise Unacceptable(_OLD)
    # FibRgLw97: characters of the main text, footnotes, headers, (macros), comments, endnotes, text boxes, boxes in headers.
    main, notes, heads, _, comments, ends, boxes, head_boxes = struct.unpack_from("<8i", document, 0x4C)
    text, parts = word97.pieces(document, table)
    rows = word97.row_ends(document, table, parts, [index for index, one in enumerate(text) if one == _CELL])
    text = "".join("\n" if index in rows else one for index, one in enumerate(text)) if rows else text
    places = [0]
    for count in (main, notes, heads, comments, ends, boxes, head_boxes):
        places.append(places[-1] + max(count, 0))
    part = [text[begin:end] for begin, end in itertools.pairwise(places)]
    body = part[0]
    rest = part[5]
    for place, (begin, end) in sorted(word97.anchors(document, table).items(), reverse=True):
        body = f"{body[:place]}\r{part[5][begin:end]}\r{body[place:]}"
        rest = ""
    top = dict.fromkeys(line for line in _plain(part[2] + "\r" + part[6]).split("\n") if line.strip())
    return "\n".join([*top, _plain(body), _plain(rest)])


def _plain(text: str) -> str:
    """Return lines: ends of cells become tabs, ends of paragraphs line feeds, instructions of fields go."""
    text = _FIELD.sub("", text).replace(_CELL, "\t").replace("\xa0", " ").replace("\x1e", "-")
    return _UNSEEN.sub("", re.sub("[\r\x0b\x0c]", "\n", text))
