"""Words of a web page, and of a web archive (MHTML, RFC 2557): the files that job boards name `.doc`."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

from jiuye.adapters.inspection_local.texts import rows
from jiuye.kernel.uploads import Unacceptable

_MOST_CHARACTERS = 4_000_000
_CHARSET = re.compile(rb"""charset\s{0,3}=\s{0,3}["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936")
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav",
    "ol", "option", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_HIDDEN = frozenset(["script", "style", "head", "title", "noscript", "template", "svg"])
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def read_archive(content: bytes) -> str:
    """Return the lines of the first page in a web archive. Raise Unacceptable."""
    message = message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return read_page(payload, str(part.get_content_charset() or ""))
    raise Unacceptable("这个网页存档里没有网页，请换一个文件。")


def read_page(content: bytes, charset: str = "") -> str:
    """Return the lines of a page; rows of tables as lines with tabs."""
    page = _Page()
    page.feed(_decoded(content, charset)[:_MOST_CHARACTERS])
    page.close()
    return "\n".join(page.finished())


def _decoded(content: bytes, charset: str) -> str:
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    stated = _CHARSET.search(content[:8192])
    name = charset.lower() or (stated[1].decode("ascii").lower() if stated else "")
    for one in ("gb18030" if name in _CHINESE else name or "utf-8", "utf-8", "gb18030"):
        try:
            return content.decode(one)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030", errors="replace")


class _Page(HTMLParser):
    """Collects lines. `self.cells` has the unfinished rows of the tables that are open, innermost last."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hidden: list[str] = []
        self.line = ""
        self.outputs: list[list[str]] = [[]]
        self.cells: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden.append(tag)
        elif tag == "body":
            self.hidden.clear()
        elif tag in ("br", *_BLOCKS):
            self._break()
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th") and self.cells:
            self._break()
            self.outputs.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        elif tag in ("td", "th") and self.cells and len(self.outputs) > 1:
            self._break()
            self.cells[-1].append(self.outputs.pop())
        elif tag == "tr" and self.cells:
            self._break()
            self.outputs[-1] += rows.lines_of_row(self.cells.pop())
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.line += _SPACES.sub(" ", data)

    def finished(self) -> list[str]:
        self._break()
        while self.cells:
            self.outputs[-1] += rows.lines_of_row(self.cells.pop())
        return [line for output in self.outputs for line in output if line.strip()]

    def _break(self) -> None:
        if self.line.strip():
            self.outputs[-1].append(self.line.strip(" "))
        self.line = ""
