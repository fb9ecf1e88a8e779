"""Pictures drawn again from their pixels. For child processes: a decoder meets what a stranger has sent."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError, WebPImagePlugin  # noqa: F401  # registers itself, sooner than Pillow would

from jiuye.kernel.uploads.files import DAMAGED_PICTURE, LONGEST_SIDE, MOST_PIXELS, TOO_LARGE, Drawing, Unacceptable
from jiuye.kernel.uploads.headers import check_size, most_pixels


def redraw(content: bytes, kind: str, *, longest_side: int = LONGEST_SIDE) -> bytes:
    """Return the image of Pillow's format `kind` as a JPEG, upright and re-encoded from its pixels. Raise `Unacceptable`."""
    return encode(draw(content, kind, Drawing(longest_side)), Drawing())


def draw(content: bytes, kind: str, drawing: Drawing) -> Image.Image:
    """Return the image of Pillow's format `kind` (of an animation the first picture), upright, in RGB on white. Raise `Unacceptable`.

    Holds at most two copies of the pixels at a time.
    """
    check_size(content, kind)
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=[kind]) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > most_pixels(content, kind):  # before anything is decompressed
                raise Unacceptable(TOO_LARGE)
            _reduce(image, drawing.longest_side)
            image.thumbnail((drawing.longest_side, drawing.longest_side))
            ImageOps.exif_transpose(image, in_place=True)
            drawn = _on_white(image) if image.has_transparency_data else image.convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as problem:
        raise Unacceptable(TOO_LARGE) from problem
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError, Warning) as problem:
        raise Unacceptable(DAMAGED_PICTURE) from problem
    drawn.info.clear()  # Pillow would write a comment of the original again
    return _cut(drawn, drawing)


def _reduce(image: Image.Image, longest_side: int) -> None:
    """Have a JPEG decoded at 1/2, 1/4 or 1/8 of its sides, not smaller than it is drawn unless it has too many pixels to decode.

    Raise Unacceptable for too many.
    """
    divisor = max(image.width, image.height) / longest_side
    if image.width * image.height > MOST_PIXELS:
        divisor = max(2.0, divisor)
    if divisor >= 2:
        image.draft("RGB", (max(1, int(image.width / divisor)), max(1, int(image.height / divisor))))
    if image.width * image.height > MOST_PIXELS:
        raise Unacceptable(TOO_LARGE)


def encode(drawn: Image.Image, drawing: Drawing) -> bytes:
    """Return the picture as a JPEG without anything but its pixels."""
    out = BytesIO()
    drawn.save(out, "JPEG", quality=drawing.quality, optimize=True, progressive=drawing.is_progressive)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    opaque = image.convert("RGBA")
    drawn = Image.new("RGB", opaque.size, "white")
    drawn.paste(opaque, mask=opaque.getchannel("A"))
    return drawn


def _cut(drawn: Image.Image, drawing: Drawing) -> Image.Image:
    width, height = drawing.least
    if drawn.width < width or drawn.height < height:
        raise Unacceptable(f"照片太小，印出来会模糊，请选择不小于 {width}×{height} 像素的照片。")
    if not drawing.cut:
        return drawn
    return ImageOps.fit(drawn, drawing.cut, centering=drawing.centre)
