"""Words of a .docx (ECMA-376, WordprocessingML), by a walk of its own over the document's XML.

Libraries that list paragraphs lose what resumes are made of: text boxes, content controls, tables, the page header.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET  # nosec B405 # in a child of kernel.confinement

from jiuye.adapters.inspection_local.texts import rows
from jiuye.kernel.uploads import Unacceptable

_MOST_PARTS = 3000
_MOST_BYTES = 200 * 1024 * 1024
_MOST_XML_BYTES = 16 * 1024 * 1024
_DAMAGED = "这个 Word 文件打不开，可能已损坏。请用 Word 或 WPS 打开后另存一份再传。"
_TOO_LARGE = "这个 Word 文件解开后太大，请删去大图片后再传，或另存为 PDF。"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BESIDE = re.compile(r"^word/(?:header|footer)\d*\.xml$", re.IGNORECASE)
_MAIN = re.compile(r"^word/document\d*\.xml$", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_PAGE_NUMBER = re.compile(r"^[第\s\d/共页\-—.Pageof]{0,20}$")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def read(content: bytes) -> str:
    """Return the lines: of the page's header and footer first, because contacts stand there. Raise Unacceptable."""
    try:
        beside, main = _parts(content)
        # DTDs are refused, and this process is limited.
        trees = [ET.fromstring(part) for part in (*beside, main)]  # noqa: S314
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise Unacceptable(_DAMAGED) from problem
    except (ET.ParseError, KeyError, ValueError) as problem:
        raise Unacceptable(_DAMAGED) from problem
    top = [line for tree in trees[:-1] for line in _lines(tree) if not _PAGE_NUMBER.match(line)]
    return "\n".join([*dict.fromkeys(top), *_lines(trees[-1])])


def is_inert(content: bytes) -> bool:
    """Return whether nothing in the file acts when it is opened: no embedded objects, nothing loaded from elsewhere but links."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        if any("/embeddings/" in name.casefold() or "/activex/" in name.casefold() for name in names):
            return False
        relations = [name for name in names if name.casefold().endswith(".rels")]
        if sum(archive.getinfo(name).file_size for name in relations) > _MOST_XML_BYTES:
            return False
        found = b"".join(archive.read(name) for name in relations)
    outside = (one[0] for one in _RELATION.finditer(found) if b"External" in one[0])
    return all(b"/hyperlink" in one for one in outside)


def _parts(content: bytes) -> tuple[list[bytes], bytes]:
    """Return the headers' and footers' XML, and the document's. Only these are unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
            raise Unacceptable(_TOO_LARGE)
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unacceptable("这个 Word 文件设有密码，请去掉密码后再传。")
        if len({name.casefold() for name in names}) != len(names):
            raise Unacceptable(_DAMAGED)
        if any(name.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise Unacceptable("这个 Word 文件带有宏，请另存为不带宏的 .docx 或 PDF 再传。")
        wanted = [entry for entry in entries if _BESIDE.match(entry.filename) or _MAIN.match(entry.filename)]
        if sum(entry.file_size for entry in wanted) > _MOST_XML_BYTES:
            raise Unacceptable(_TOO_LARGE)
        parts = {entry.filename: archive.read(entry) for entry in wanted}
    for part in parts.values():
        if _DTD.search(part.replace(b"\0", b"")):
            raise Unacceptable("这个 Word 文件里有不允许的 XML 声明，请用 Word 或 WPS 另存一份再传。")
    main = next((part for name, part in parts.items() if _MAIN.match(name)), None)
    if main is None:
        raise Unacceptable(_DAMAGED)
    return [part for name, part in sorted(parts.items()) if not _MAIN.match(name)], main


def _lines(tree: ET.Element) -> list[str]:
    return [line for line in _blocks(tree) if line.strip()]


def _name(element: ET.Element) -> str:
    tag = element.tag
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return f"other:{tag.rpartition('}')[2]}"


def _blocks(element: ET.Element) -> Iterator[str]:
    """Yield the lines of the paragraphs and tables inside an element."""
    for child in _chosen(element):
        name = _name(child)
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl":
            for row in _down(child, "tr"):
                yield from rows.lines_of_row([_lines(cell) for cell in _down(row, "tc")])
        elif name not in ("del", "moveFrom", "sectPr"):
            yield from _blocks(child)


def _down(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Yield the rows of a table or the cells of a row, not those of tables inside it; content controls may wrap them."""
    for child in _chosen(element):
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _down(child, name)


def _paragraph(paragraph: ET.Element) -> Iterator[str]:
    """Yield the paragraph's own text, then that of the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[ET.Element] = []
    _collect(paragraph, pieces, boxes)
    yield from "".join(pieces).split("\n")
    for box in boxes:
        yield from _blocks(box)


def _collect(element: ET.Element, pieces: list[str], boxes: list[ET.Element]) -> None:
    for child in _chosen(element):
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name == "txbxContent":
            boxes.append(child)
        elif name not in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "sectPr"):
            _collect(child, pieces, boxes)


def _chosen(element: ET.Element) -> Iterator[ET.Element]:
    """Yield the children; of alternatives (mc:AlternateContent) only the first: the others say the same for old programs."""
    for child in element:
        if _name(child) == "other:AlternateContent":
            yield from _chosen(child[0]) if len(child) else ()
        else:
            yield child
