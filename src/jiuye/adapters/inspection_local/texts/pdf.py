"""Words of a PDF, by PDFium, in two orders: by the places of the letters, and as the content comes.

Browsers paint floating dates before the text they stand beside, so the content's order is not always that of the eye; in
pages of two columns it is, and the places are not.
"""

from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from jiuye.adapters.inspection_local.texts.letters import Mark, joined, lines_of
from jiuye.kernel.uploads import Unacceptable
from jiuye.kernel.uploads.pdf import check_pdf
from jiuye.ports.document_text import MOST_CHARACTERS, MOST_PAGES

_MOST_PICTURES = 3
_READABLE_DPI = 150
_SPACE = 0x20
_SPACES = (_SPACE, 0xA0, 0x3000)
_NO_LETTERS = (0x7F, 0xFFFE, 0xFFFF)


def read(content: bytes, *, recognise: bool) -> tuple[str, ...]:
    """Return the readings, the likeliest first; none for a PDF of pictures unless they may be recognised. Raise Unacceptable."""
    check_pdf(content, most_pages=MOST_PAGES)
    try:
        document = pdfium.PdfDocument(content)
        pages = [page.get_textpage() for page in document]
        # What stands outside the page is not seen by anybody, and get_text_range recurses once for each hidden character.
        in_order = "\n".join(page.get_text_bounded()[:MOST_CHARACTERS] for page in pages).replace("\r\n", "\n")
        if _is_readable(in_order):
            return _by_places(document, pages), in_order
        if recognise:
            return _recognised(document)
    except pdfium.PdfiumError as problem:
        raise Unacceptable("这个 PDF 打不开，可能已损坏，请重新导出后再传。") from problem
    return ()


def _is_readable(text: str) -> bool:
    """Return whether there are words: fonts without a table of characters give control characters and (cid:n)."""
    letters = [one for one in text if not one.isspace()]
    good = sum(one.isalnum() and not "\ue000" <= one <= "\uf8ff" for one in letters)
    return good >= 10 and good > len(letters) / 2


def _by_places(document: pdfium.PdfDocument, pages: list[pdfium.PdfTextPage]) -> str:
    texts: list[str] = []
    for page, textpage in zip(document, pages, strict=True):
        texts += joined(lines_of(_marks(textpage, page.get_height())), page.get_width())
    return "\n".join(texts)


def _marks(page: pdfium.PdfTextPage, height: float) -> Iterator[Mark]:
    box = raw.FS_RECTF()
    is_spaced = False
    for index in range(min(page.count_chars(), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(page, index)
        if code in _SPACES:
            is_spaced = is_spaced or raw.FPDFText_IsGenerated(page, index) != 1
        elif code > _SPACE and code not in _NO_LETTERS and not 0xD800 <= code <= 0xDFFF:
            if raw.FPDFText_GetLooseCharBox(page, index, box) and box.right > box.left:
                yield Mark(chr(code), box.left, height - box.top, box.right, height - box.bottom, is_spaced)
            is_spaced = False


def _recognised(document: pdfium.PdfDocument) -> tuple[str, ...]:
    from jiuye.adapters.inspection_local.texts import pictures

    found = []
    for page in list(document)[:_MOST_PICTURES]:
        image = page.render(scale=_READABLE_DPI / 72).to_pil().convert("RGB")
        image.thumbnail((2000, 2000))
        found.append(pictures.words_of(image))
    return ("\n".join(found),)
