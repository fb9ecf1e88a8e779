"""PDF (ISO 32000): checked, its pages drawn and its words read by PDFium."""

from io import BytesIO

import pypdfium2 as pdfium

from jiuye.adapters.inspection_local import words
from jiuye.adapters.inspection_local.wire import Order
from jiuye.kernel import uploads
from jiuye.kernel.uploads import Clean, Unacceptable
from jiuye.kernel.uploads.pdf import check_pdf
from jiuye.ports.inspection import LONGEST_SIDE, MOST_PAGES, Inspection, Page, SealReport

_POINTS_PER_INCH = 72
_MOST_DPI = 200
_MOST_CHARACTERS = 50_000


def inspect(content: bytes, order: Order) -> Inspection:
    """Return the inspection of a PDF. Raise Unacceptable."""
    check_pdf(content, most_pages=MOST_PAGES)
    try:
        document = pdfium.PdfDocument(content)
        document.init_forms()  # seals are drawn with the form
        pages = tuple(_draw(page) for page in document)
        # What stands outside the page is not seen by anybody, and get_text_range recurses once for each hidden character.
        text = "\n".join(page.get_textpage().get_text_bounded()[:_MOST_CHARACTERS] for page in document)
    except pdfium.PdfiumError as problem:
        raise Unacceptable("这个 PDF 打不开，可能已损坏，请重新导出后再传。") from problem
    return Inspection(
        format="pdf",
        clean=Clean(content, "application/pdf", ".pdf", uploads.display_name(order.name, ".pdf")),
        page_count=len(pages),
        pages=pages,
        suggestions=words.suggest(text, source="text"),
        seals=_seals(content, order),
    )


def _seals(content: bytes, order: Order) -> tuple[SealReport, ...]:
    """Return the reports of all signatures. A signature's byte range is never in a compressed object (ISO 32000-1, 12.8.1)."""
    if b"/ByteRange" not in content:
        return ()
    from jiuye.adapters.inspection_local import pdf_seals  # half a second of imports

    return pdf_seals.reports(content, order)


def _draw(page: pdfium.PdfPage) -> Page:
    longest = max(page.get_size())  # points, after rotation
    if longest <= 0:
        raise Unacceptable("这个 PDF 的页面尺寸不对，请重新导出后再传。")
    scale = min(_MOST_DPI / _POINTS_PER_INCH, LONGEST_SIDE / longest)
    image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    image.save(out, "JPEG", quality=85, optimize=True)
    return Page(out.getvalue(), image.width, image.height)
