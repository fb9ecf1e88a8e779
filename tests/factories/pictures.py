"""Pictures as people upload them, drawn here."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(size: tuple[int, int] = (64, 48), kind: str = "JPEG", place: str = "") -> SimpleUploadedFile:
    """A plain picture; `place` is hidden in its EXIF data as a camera does."""
    image, out = Image.new("RGB", size, "#14508c"), BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010E] = place
    image.save(out, kind, exif=exif)
    return SimpleUploadedFile(f"大厅.{kind.lower()}", out.getvalue(), content_type=f"image/{kind.lower()}")
