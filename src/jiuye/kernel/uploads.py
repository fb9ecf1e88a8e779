"""Uploaded files, sanitised before they are stored.

The type of a file is decided by its first bytes, never by its name. Images are re-encoded from their pixels, which
removes EXIF data (such as the place) and anything hidden in the file; PDFs with active content are refused.
"""

import warnings
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, Any

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from jiuye.kernel.text.tidying import tidy_line

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2560
MOST_PAGES = 50
_MOST_OBJECTS = 20_000
_LONGEST_NAME = 80
_FORMATS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
_ACTING = {"/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/AA", "/XFA", "/GoToR"}


class Unacceptable(Exception):
    """The file is refused; `message` says why and what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that may be stored. `name` is for display; store it under a generated name with `extension` (`.jpg`, `.pdf`)."""

    content: bytes = field(repr=False)
    content_type: str
    extension: str
    name: str


def clean(file: IO[bytes], *, name: str, most_bytes: int = MOST_BYTES) -> Clean:
    """Return a JPEG, PNG or WebP image (re-encoded as JPEG, at most 2,560 pixels long) or a PDF (at most 50 pages,
    unchanged).

    Read at most one byte more than `most_bytes`. Raise `Unacceptable` for everything else.
    """
    content = file.read(most_bytes + 1)
    if not content:
        raise Unacceptable("这个文件是空的，请重新选择。")
    if len(content) > most_bytes:
        raise Unacceptable(f"文件太大，请不要超过 {most_bytes // 1024 // 1024} MB。图片可以压缩后再传。")
    if content.startswith(b"%PDF-"):
        check_pdf(content)
        return Clean(content, "application/pdf", ".pdf", display_name(name, ".pdf"))
    for start, kind in _FORMATS.items():
        if content.startswith(start):
            return Clean(redraw(content, kind), "image/jpeg", ".jpg", display_name(name, ".jpg"))
    raise Unacceptable("只能上传 JPG、PNG、WebP 图片或 PDF 文件，请换一个文件。")


def display_name(name: str, extension: str) -> str:
    """Return the name without any path, with the extension of the actual type."""
    stem = PurePosixPath(tidy_line(name).replace("\\", "/")).name
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    stem = "".join(one for one in stem if one not in '<>:"|?*%;').strip(" .")
    return f"{stem[:_LONGEST_NAME] or '附件'}{extension}"


def redraw(content: bytes, kind: str, *, longest_side: int = LONGEST_SIDE) -> bytes:
    """Return the image of Pillow's format `kind` as a JPEG, upright and re-encoded from its pixels. Raise `Unacceptable`."""
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=[kind]) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > MOST_PIXELS:  # known from the header, before anything is decompressed
                raise Unacceptable("图片的尺寸太大，请缩小到 4000 万像素以内再传。")
            image.draft("RGB", (longest_side, longest_side))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((longest_side, longest_side))
            drawn = Image.new("RGB", upright.size, "white")
            opaque = upright.convert("RGBA")
            drawn.paste(opaque, mask=opaque.getchannel("A"))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        RuntimeError,
        Warning,
        Image.DecompressionBombError,
    ) as problem:
        raise Unacceptable("这张图片打不开，可能已损坏，请换一张。") from problem
    out = BytesIO()
    drawn.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def check_pdf(content: bytes, *, most_pages: int = MOST_PAGES) -> None:
    """Raise `Unacceptable` for a PDF that is damaged, encrypted, too long, or has active content."""
    if b"startxref" not in content:  # seconds of repair by the reader, in vain
        raise Unacceptable("这个 PDF 打不开，可能已损坏，请重新导出后再传。")
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Unacceptable("这个 PDF 设有密码，请去掉密码后再传。")
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
    ) as problem:
        raise Unacceptable("这个 PDF 打不开，可能已损坏，请重新导出后再传。") from problem
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
