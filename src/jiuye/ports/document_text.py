"""The words of a document that a person wrote: a resume as a word processor, a job board or a phone made it.

The kind of a file is decided by its first bytes, never by its name: job boards hand out web pages named `.doc`.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from jiuye.kernel.uploads import Clean

MOST_BYTES = 10 * 1024 * 1024
MOST_CHARACTERS = 60_000
MOST_PAGES = 20

TextFormat = Literal["docx", "doc", "web_archive", "html", "rtf", "pdf", "jpeg", "png", "heic"]
PICTURES: tuple[TextFormat, ...] = ("jpeg", "png", "heic")
TEXT_FORMAT_LABELS: dict[TextFormat, str] = {
    "docx": "Word 文档（.docx）",
    "doc": "Word 97–2003 文档（.doc）",
    "web_archive": "网页存档（.doc、.mht）",
    "html": "网页",
    "rtf": "RTF 文档",
    "pdf": "PDF",
    "jpeg": "JPEG 图片",
    "png": "PNG 图片",
    "heic": "HEIC 图片",
}
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_WEB_ARCHIVE = re.compile(rb"\s*(?:[A-Za-z-]{1,40}:[^\r\n]{0,1000}\r?\n(?:[ \t][^\r\n]{0,1000}\r?\n){0,20}){1,30}")
_HTML = re.compile(
    rb"\s*<(?:!doctype html|html|head|meta|body|\?xml[^>]{0,200}>\s*<(?:!doctype html|html))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What could be read.

    `texts` are readings of the same document, the likeliest first: a PDF has one in the order of its content and one by
    the places of its letters, which differ where columns or floating dates are. Lines end with a line feed, cells of a row
    are separated by tabs. `clean` is what may be kept and handed to others: pictures are re-encoded without EXIF data, the
    rest is the file itself. `is_picture`: there is no text in it, only pictures of text. `can_be_sent`: nothing in it acts when
    others open it (embedded objects, templates elsewhere, scripts); web pages never.
    """

    format: TextFormat
    clean: Clean
    texts: tuple[str, ...] = field(default=(), repr=False)
    is_picture: bool = False
    can_be_sent: bool = True


def text_format_of(content: bytes) -> TextFormat | None:
    """Return the format by the first bytes; None for everything else. A quick look: the file may still be damaged."""
    if content.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in content else None
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return "heic"
    return _marked_up(content.removeprefix(b"\xef\xbb\xbf")[:8192])


_STARTS: dict[bytes, TextFormat] = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "doc",
    b"{\\rtf": "rtf",
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
}


def _marked_up(head: bytes) -> TextFormat | None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\0", b"")  # UTF-16 of ASCII
    if _HTML.match(head):
        return "html"
    heads = _WEB_ARCHIVE.match(head)
    return "web_archive" if heads and b"mime-version:" in heads[0].lower() else None
