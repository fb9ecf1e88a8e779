"""Small writers of the formats: paragraphs and tables as .docx, HTML, web archive and RTF; Typst and Chromium make PDFs."""

import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape as xml

import typst
from pylopdf_fonts_zh_cn import sans_path

Block = tuple[str, Any]
"""("p", text), ("h", heading), ("t", rows of cells; a cell's lines separated by line feeds), ("box", lines), ("control", lines)."""

_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
    "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)


def docx(blocks: Sequence[Block], *, header: str = "") -> bytes:
    """Return a .docx."""
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>' if header else ""
    body = "".join(_word(block) for block in blocks)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="word/document.xml"))
        archive.writestr("word/_rels/document.xml.rels", _RELATIONS.format(kind="header", target="header1.xml"))
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}{section}</w:body></w:document>")
        archive.writestr("word/header1.xml", f"<w:hdr {_W}>{_paragraph(header)}</w:hdr>")
    return out.getvalue()


def _word(block: Block) -> str:
    kind, content = block
    if kind in ("p", "h"):
        return _paragraph(content)
    if kind == "t":
        rows = ("".join(f"<w:tc>{_paragraphs(cell)}</w:tc>" for cell in row) for row in content)
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    inside = "".join(_paragraph(line) for line in content)
    if kind == "control":
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    box = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="2880000" cy="1080000"/>'
        '<wp:docPr id="1" name="b"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f"<wps:cNvSpPr/><wps:spPr/><wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _paragraphs(cell: str) -> str:
    return "".join(_paragraph(line) for line in cell.split("\n"))


def _paragraph(text: str) -> str:
    """Write every other piece as a run of its own, as word processors do."""
    middle = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{_tabbed(piece)}</w:t></w:r>' for piece in (text[:middle], text[middle:])
    )
    return f"<w:p>{runs}</w:p>"


def _tabbed(text: str) -> str:
    return xml(text).replace("\t", '</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">')


def html(blocks: Sequence[Block], *, charset: str = "utf-8", styles: str = "") -> bytes:
    """Return a page."""
    body = "".join(_markup(block) for block in blocks)
    page = f'<html><head><meta charset="{charset}"><title>简历</title><style>{styles}</style></head><body>{body}</body></html>'
    return page.encode(charset)


def _markup(block: Block) -> str:
    kind, content = block
    if kind == "raw":
        return str(content)
    if kind == "p":
        return f"<p>{escape(content)}</p>"
    if kind == "h":
        return f"<h2>{escape(content)}</h2>"
    rows = ("".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in content)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def web_archive(page: bytes, *, charset: str) -> bytes:
    """Return the page as the MHTML file that job boards hand out as `.doc`."""
    message = EmailMessage()
    message["Subject"] = "resume"
    message.make_related()
    part = EmailMessage()
    part.set_content(page.decode(charset), subtype="html", charset=charset, cte="quoted-printable")
    message.attach(part)
    picture = EmailMessage()
    picture.set_content(b"GIF89a", maintype="image", subtype="gif")
    message.attach(picture)
    message["MIME-Version"] = message["MIME-Version"] or "1.0"
    return message.as_bytes()


def rtf(blocks: Sequence[Block], *, header: str = "") -> bytes:
    """Return an RTF file as Chinese word processors write it: GBK in hexadecimal, other letters as numbers."""
    parts = [r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset0 Arial;}}\uc1"]
    if header:
        parts.append(rf"{{\header\pard {_coded(header)}\par}}")
    for kind, content in blocks:
        if kind == "t":
            for row in content:
                cells = "".join(rf"\pard\intbl {_coded(cell)}\cell" for cell in row)
                parts.append(rf"\trowd\cellx2000\cellx6000 {cells}\row")
        else:
            parts.append(rf"\pard {_coded(content)}\par")
    return ("\n".join(parts) + "}").encode("ascii")


def _coded(text: str) -> str:
    found = ""
    for one in text:
        if one == "\t":
            found += r"\tab "
        elif one == "\n":
            found += r"\line "
        elif one.isascii():
            found += "\\" + one if one in "\\{}" else one
        else:
            try:
                found += "".join(f"\\'{byte:02x}" for byte in one.encode("gbk"))
            except UnicodeEncodeError:
                found += rf"\u{ord(one)}?"
    return found


def typst_pdf(source: str) -> bytes:
    """Return the PDF of a Typst source, with the fonts of the product's own documents."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(sans_path().parent)])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "resume.typ"
        path.write_text(f'#set text(font: "Noto Sans SC", size: 10pt, lang: "zh")\n{source}')
        return typst.compile(path, root=Path(folder), font_paths=fonts, format="pdf")


def string(text: str) -> str:
    """Return a text as a Typst string."""
    return json.dumps(text, ensure_ascii=False)
