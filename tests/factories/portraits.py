"""Pictures and documents made on the spot."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(width: int = 900, height: int = 1200, *, kind: str = "JPEG", colour: str = "#808080", **more: Any) -> bytes:
    """An image file of one colour; `more` goes to Pillow's encoder, e.g. `exif`."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind, **more)
    return out.getvalue()


def striped() -> bytes:
    """A wide picture: its left third is red, the middle green, the right third blue."""
    image = Image.new("RGB", (1800, 600), "green")
    image.paste("red", (0, 0, 600, 600))
    image.paste("blue", (1200, 0, 1800, 600))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def upload(content: bytes, name: str = "我.jpg") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content, "image/jpeg")


def pdf(words: str = "", *, script: bool = False) -> bytes:
    """A PDF of one empty page with `words` as its title; `script`: it does something when it is opened."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": words})
    if script:
        acting = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(acting)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
