"""Pictures of invented certificates and letters. Each has “样例” across it; people are silhouettes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

_INK, _PALE, _RED, _GOLD, _PAPER = "#222222", "#8a94a0", "#c8102e", "#b8860b", "#fffdf6"
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: its title, rows of label and value, who seals it, and its measures in pixels."""

    title: str
    rows: Sequence[Row]
    sealed_by: str
    dated: str
    size: tuple[int, int] = (1240, 880)
    frame: str = _GOLD


def certificate(wanted: Certificate) -> bytes:
    """Return the certificate as a JPEG photo."""
    image, pen = _paper(wanted.size, wanted.frame)
    width, height = wanted.size
    _centred(pen, wanted.title, width, 90, 60, _INK)
    top = 210
    for label, value in wanted.rows:
        pen.text((110, top), label, font=_font(26), fill=_PALE)
        for line in _lines(value, 26, width - 450):
            pen.text((340, top), line, font=_font(26), fill=_INK)
            top += 40
        top += 16
    _seal(image, (width - 230, height - 220), 120, wanted.sealed_by)
    pen.text((width - 350, height - 100), wanted.dated, font=_font(26), fill=_INK)
    return _photo(image)


def letter(title: str, paragraphs: Sequence[str], signed_by: str, dated: str) -> bytes:
    """Return a letter with a stamped seal, as a JPEG photo of an A4 sheet."""
    size = (1240, 1754)
    image, pen = _paper(size, "")
    _centred(pen, title, size[0], 180, 56, _INK)
    top = 340
    for paragraph in paragraphs:
        for line in _lines("　　" + paragraph, 32, 960):
            pen.text((140, top), line, font=_font(32), fill=_INK)
            top += 60
        top += 20
    top += 160
    _seal(image, (900, top + 40), 130, signed_by)
    pen.text((640, top), signed_by, font=_font(30), fill=_INK)
    pen.text((760, top + 60), dated, font=_font(30), fill=_INK)
    return _photo(image)


def portrait() -> bytes:
    """Return a silhouette that holds a card beside its face, as a JPEG photo."""
    size = (900, 1100)
    image = Image.new("RGB", size, "#dfe6ee")
    pen = ImageDraw.Draw(image)
    pen.ellipse((290, 190, 570, 530), fill="#6b7a8c")
    pen.rounded_rectangle((150, 560, 720, 1300), 220, fill="#4a5a6d")
    pen.rounded_rectangle((560, 600, 850, 790), 18, fill="#fffdf6", outline=_PALE, width=4)
    pen.rectangle((760, 630, 825, 710), fill="#c4cdd8")
    for row, text in enumerate(("姓名 样例", "号码 ********")):
        pen.text((585, 640 + 50 * row), text, font=_font(24), fill=_INK)
    pen.ellipse((520, 730, 620, 830), fill="#6b7a8c")
    return _photo(image)


def card() -> bytes:
    """Return an identity card with a silhouette, its number hidden, as a JPEG photo."""
    image, pen = _paper((1000, 640), _PALE)
    pen.rounded_rectangle((680, 120, 900, 400), 12, fill="#dfe6ee")
    pen.ellipse((740, 160, 840, 280), fill="#6b7a8c")
    pen.pieslice((700, 290, 880, 510), 180, 360, fill="#4a5a6d")
    for row, text in enumerate(
        ("姓　　名　样例", "出　　生　****年**月**日", "住　　址　样例市样例区", "公民身份号码　******************")
    ):
        pen.text((100, 140 + 100 * row), text, font=_font(34), fill=_INK)
    return _photo(image)


def seal_picture(name: str) -> bytes:
    """Return the picture of a round seal with this name, as a transparent PNG."""
    image = Image.new("RGBA", (480, 480), (0, 0, 0, 0))
    _seal(image, (240, 240), 228, name)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _paper(size: tuple[int, int], frame: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", size, _PAPER if frame else "white")
    pen = ImageDraw.Draw(image)
    for inset, width in ((30, 10), (50, 3)) if frame else ():
        pen.rectangle((inset, inset, size[0] - inset, size[1] - inset), outline=frame, width=width)
    return image, pen


def _photo(image: Image.Image) -> bytes:
    """Lay “样例” across the picture and return it as JPEG."""
    mark = Image.new("RGBA", image.size, (0, 0, 0, 0))
    side = min(image.size) // 3
    ImageDraw.Draw(mark).text(
        (image.width / 2, image.height / 2), "样例", font=_font(side), fill=(120, 130, 145, 70), anchor="mm"
    )
    out = BytesIO()
    Image.alpha_composite(image.convert("RGBA"), mark.rotate(24)).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _seal(image: Image.Image, centre: tuple[int, int], radius: int, name: str) -> None:
    """Draw a round seal: a ring, a star, the name along the upper part."""
    pen = ImageDraw.Draw(image)
    x, y = centre
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_RED, width=max(4, radius // 20))
    points = [_on_circle(x, y, radius * (0.32 if turn % 2 == 0 else 0.13), -90 + 36 * turn) for turn in range(10)]
    pen.polygon(points, fill=_RED)
    size = max(14, min(round(radius * 0.26), round(radius * 4 / max(len(name), 1))))
    step = min(26.0, 250 / max(len(name) - 1, 1))
    for place, letter_ in enumerate(name):
        angle = -90 + step * (place - (len(name) - 1) / 2)
        tile = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
        ImageDraw.Draw(tile).text((size, size), letter_, font=_font(size), fill=_RED, anchor="mm")
        turned = tile.rotate(-(angle + 90), resample=Image.Resampling.BICUBIC)
        left, top = _on_circle(x, y, radius * 0.76, angle)
        image.paste(turned, (round(left) - size, round(top) - size), turned)


def _on_circle(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    return x + radius * math.cos(math.radians(degrees)), y + radius * math.sin(math.radians(degrees))


def _centred(pen: ImageDraw.ImageDraw, text: str, width: int, top: int, size: int, fill: str) -> None:
    pen.text((width / 2, top), text, font=_font(size), fill=fill, anchor="ma")


def _lines(text: str, size: int, width: int) -> list[str]:
    """Break Chinese text at the width."""
    letters = max(1, width // size)
    return [text[start : start + letters] for start in range(0, len(text), letters)] or [""]


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(sans_path()), size)
