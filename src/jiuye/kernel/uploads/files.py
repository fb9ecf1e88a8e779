"""What is said of an uploaded file: what may be kept of it, how a picture is drawn again, and why it is refused."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from jiuye.kernel.text.tidying import tidy_line

MOST_PIXELS = 12 * 1024 * 1024
"""That are decoded. 4096 × 3072: a phone's picture of "12 megapixels" has up to 12.6 million."""
MOST_PIXELS_REDUCED = 4 * MOST_PIXELS
"""Of a JPEG that can be decoded at half its width and height (`headers.is_sequential`): "50 megapixels" are 8192 × 6144."""
LONGEST_SIDE = 2560
_LONGEST_NAME = 80
TOO_LARGE = (
    "图片的尺寸太大：手机拍的 JPG 照片最多 5000 万像素，其他图片最多 1200 万像素（如 4000×3000）。"
    "请在相册里选“中等大小”，或截图后再传。"
)
DAMAGED_PICTURE = "这张图片打不开，可能已损坏，请换一张。"
TOO_COMPLEX = "这个文件打不开：内容太复杂或已损坏。请重新导出，或拍成照片后再传。"


class Unacceptable(Exception):
    """The file is refused; `message` says why and what to send instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Clean:
    """A file that may be stored. `name` is for display; store it under a generated name with `extension` (`.jpg`, `.pdf`).

    `width` and `height` are a picture's, in pixels.
    """

    content: bytes = field(repr=False)
    content_type: str
    extension: str
    name: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a picture is drawn again as a JPEG: no side longer than `longest_side` pixels; if `cut` is not empty, then cut to that
    width and height around `centre` (0 to 1 of each side). One smaller than `least` (width, height) is refused.
    """

    longest_side: int = LONGEST_SIDE
    quality: int = 85
    is_progressive: bool = False
    cut: tuple[int, int] | tuple[()] = ()
    centre: tuple[float, float] = (0.5, 0.5)
    least: tuple[int, int] = (1, 1)


def display_name(name: str, extension: str) -> str:
    """Return the name without any path, with the extension of the actual type."""
    stem = PurePosixPath(tidy_line(name).replace("\\", "/")).name
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    stem = "".join(one for one in stem if one not in '<>:"|?*%;').strip(" .")
    return f"{stem[:_LONGEST_NAME] or '附件'}{extension}"
