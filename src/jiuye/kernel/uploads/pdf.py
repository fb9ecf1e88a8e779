"""PDFs that are kept as they are: checked for what acts when they are opened. For child processes."""

import zipfile
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from jiuye.kernel.uploads.files import Unacceptable

MOST_PAGES = 50
_MOST_OBJECTS = 20_000
_ACTING = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/AA", "/XFA", "/GoToR"}
_END = b"%%EOF"
_BLANK = b"\0\t\n\f\r \x1a"
_DAMAGED = "这个 PDF 打不开，可能已损坏，请重新导出后再传。"


def check_pdf(content: bytes, *, most_pages: int = MOST_PAGES) -> None:
    """Raise `Unacceptable` for a PDF that is damaged, encrypted, empty, too long, or has active content or something behind it."""
    if b"startxref" not in content:  # seconds of repair by the reader, in vain
        raise Unacceptable(_DAMAGED)
    if content.rpartition(_END)[2].strip(_BLANK) or zipfile.is_zipfile(BytesIO(content)):
        raise Unacceptable("这个 PDF 后面夹带着别的内容，请用“打印为 PDF”另存一份再传。")
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Unacceptable("这个 PDF 设有密码，请去掉密码后再传。")
        if not reader.pages:
            raise Unacceptable("这个 PDF 里没有页面，请重新导出后再传。")
        if len(reader.pages) > most_pages:
            raise Unacceptable(f"PDF 请不要超过 {most_pages} 页。")
        acting = _acts(reader)
    except Unacceptable:
        raise
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        MemoryError,
    ) as problem:
        raise Unacceptable(_DAMAGED) from problem
    if acting:
        raise Unacceptable("这个 PDF 带有脚本、附件或表单动作，请用“打印为 PDF”另存一份再传。")


def _acts(reader: PdfReader) -> bool:
    """Return whether any object holds a script, a program to launch or a file; True also if there are too many objects to check."""
    numbers = {number for generation in reader.xref.values() for number in generation} | set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        return True
    roots: list[Any] = [reader.trailer, *(reader.get_object(number) for number in sorted(numbers) if number)]
    return any(_holds_action(root) for root in roots)


def _holds_action(value: Any, depth: int = 0) -> bool:
    """Check the value itself; references lead to objects that are checked separately."""
    if depth > 20:
        return True
    if isinstance(value, DictionaryObject):
        if _ACTING.intersection(value) or str(value.raw_get("/S") if "/S" in value else "") in _ACTING:
            return True
        return any(_holds_action(value.raw_get(key), depth + 1) for key in value)
    if isinstance(value, ArrayObject):
        return any(_holds_action(one, depth + 1) for one in list.__iter__(value))
    return False
