"""OFD (GB/T 33190-2016): checked, its words read by ofdkit, its pages drawn by `ofd_pages`, its seals checked by `ofd_seals`."""

from collections.abc import Iterator
from io import BytesIO

import ofdkit
from ofdkit.package import Package

from jiuye.adapters.inspection_local import ofd_package, ofd_pages, ofd_seals, words
from jiuye.adapters.inspection_local.ofd_pages import Sheet
from jiuye.adapters.inspection_local.wire import Order
from jiuye.kernel import uploads
from jiuye.kernel.uploads import Clean, Unacceptable
from jiuye.ports.inspection import MOST_PAGES, Inspection

_MOST_CHARACTERS = 200_000


def inspect(content: bytes, order: Order) -> Inspection:
    """Return the inspection of an OFD file. Raise Unacceptable."""
    parts = ofd_package.parts_of(content)
    packed = BytesIO()
    ofd_package.pack(parts, packed)
    try:
        with ofdkit.open(packed.getvalue()) as document, Package(packed.getvalue()) as package:
            _check_attachments(document, package)
            if len(document.pages) > MOST_PAGES:
                raise Unacceptable(f"OFD 请不要超过 {MOST_PAGES} 页。")
            sheets = [Sheet(page.id or "", *page.box) for page in document.pages]
            seals = ofd_seals.read(package, parts, _drawn_parts(document), order)
            text = document.text()[:_MOST_CHARACTERS]
    except ofdkit.OFDError as problem:
        raise Unacceptable("这个 OFD 文件打不开，可能已损坏，请重新下载或导出后再传。") from problem
    pages, undrawn = ofd_pages.draw(parts, sheets, seals.stamps, order.renderer)
    return Inspection(
        format="ofd",
        clean=Clean(content, "application/ofd", ".ofd", uploads.display_name(order.name, ".ofd")),
        page_count=len(sheets),
        pages=pages,
        undrawn=undrawn,
        suggestions=words.suggest(text, source="text"),
        seals=seals.reports,
    )


def _check_attachments(document: ofdkit.OFDDocument, package: Package) -> None:
    """Refuse attached files. Data of the document itself as XML, which electronic licences and invoices carry, may stay."""
    for body in document._bodies:
        if body.attachments is None:
            continue
        for attachment in package.read_xml(body.attachments).iter():
            location = next((one.text for one in attachment if str(one.tag).endswith("FileLoc")), None)
            if location is None:
                continue
            name = package.resolve(body.attachments, location)
            if name is None or package.read(name).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"<":
                raise Unacceptable("这个 OFD 文件带有附件，请另存一份不带附件的再传，附件可以单独上传。")


def _drawn_parts(document: ofdkit.OFDDocument) -> set[str]:
    """Return the parts by which pages are drawn: never taken for parts of a signature."""

    def names() -> Iterator[str | None]:
        for body in document._bodies:
            yield body.document_path
            yield from body.templates.values()
            yield from body.resources
        yield from (page.location for page in document.pages)

    return {name for name in names() if name is not None}
