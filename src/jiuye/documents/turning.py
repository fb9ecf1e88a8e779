"""Turning a picture by quarters, for pages that were photographed sideways."""

from io import BytesIO

from PIL import Image

QUARTERS = (0, 90, 180, 270)


def turned(picture: bytes, degrees: int) -> bytes:
    """Return a picture (JPEG or PNG) turned clockwise by one of `QUARTERS`; unchanged for 0 and other numbers."""
    way = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }.get(degrees)
    if way is None:
        return picture
    out = BytesIO()
    with Image.open(BytesIO(picture), formats=["JPEG", "PNG"]) as opened:
        opened.convert("RGB").transpose(way).save(out, "JPEG", quality=90)
    return out.getvalue()
