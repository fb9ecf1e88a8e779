"""Pictures, and files that only call themselves pictures."""

import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = b"a-secret-place-30.5N"
PNG = b"\x89PNG\r\n\x1a\n"


def drawn(kind: str, size: tuple[int, int] = (320, 240), mode: str = "RGB", **how: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **how)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes, *more: bytes, depth: int = 8, colours: int = 2) -> bytes:
    """A PNG that declares these measures and holds this compressed data."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return PNG + header + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def placed() -> bytes:
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (30.0, 39.0, 0.0)
    return drawn("JPEG", exif=exif)


def commented() -> bytes:
    """A photo with a comment, and application data, of 100 KB."""
    content = drawn("JPEG")
    note = b"\xff\xfe" + struct.pack(">H", 40_002) + CANARY.ljust(40_000, b".")
    return content[:2] + note * 3 + content[2:]


def told() -> bytes:
    """A PNG with texts, one of them a compressed bomb."""
    info = PngInfo()
    info.add_text("Comment", CANARY.decode())
    info.add_text("bomb", "0" * 900_000, zip=True)
    return drawn("PNG", pnginfo=info)


def moving(kind: str) -> bytes:
    """An animation of fifty pictures."""
    first, *others = (Image.new("RGB", (300, 300), (number * 5, 0, 0)) for number in range(50))
    out = BytesIO()
    first.save(out, kind, save_all=True, append_images=others, duration=40)
    return out.getvalue()


def webp_canvas(width: int, height: int) -> bytes:
    """A WebP of one small picture on a canvas of these measures."""
    small = drawn("WEBP", (16, 16))[12:]
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    extended = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", 4 + len(extended) + len(small)) + b"WEBP" + extended + small


PICTURES: Mapping[str, Callable[[], bytes]] = {
    "a photo with its place": placed,
    "a photo with long comments": commented,
    "a PNG with texts": told,
    "an ICC profile of 60 KB": lambda: drawn("JPEG", icc_profile=CANARY.ljust(60_000, b"\0")),
    "a CMYK photo": lambda: drawn("JPEG", mode="CMYK"),
    "a PNG of 16 bits": lambda: drawn("PNG", mode="I;16"),
    "a picture of one bit": lambda: drawn("PNG", mode="1"),
    "a transparent PNG": lambda: drawn("PNG", mode="RGBA"),
    "a palette of 256 colours": lambda: drawn("PNG", mode="P"),
    "an animated PNG": lambda: moving("PNG"),
    "an animated WebP": lambda: moving("WEBP"),
    "a photo of 50 megapixels": lambda: drawn("JPEG", (8192, 6144)),
    "a progressive photo of 12 megapixels": lambda: drawn("JPEG", (4096, 3072), progressive=True),
    "a PNG of 12 megapixels": lambda: drawn("PNG", (4096, 3072), "RGBA"),
    "a WebP of 12 megapixels": lambda: drawn("WEBP", (4096, 3072)),
    "a script behind a PNG": lambda: drawn("PNG") + b"<script>" + CANARY + b"</script>",
    "an archive behind a photo": lambda: drawn("JPEG") + b"PK\x03\x04" + CANARY,
    "a picture one pixel high": lambda: drawn("PNG", (30_000, 1)),
}
OTHERS: Mapping[str, Callable[[], bytes]] = {
    "a JPEG of 8000 × 8000": lambda: drawn("JPEG", (8000, 8000)),
    "a progressive JPEG of 6300 × 6300": lambda: drawn("JPEG", (6300, 6300), progressive=True),
    "a PNG of 6300 × 6300": lambda: drawn("PNG", (6300, 6300)),
    "a WebP of 6300 × 6300": lambda: drawn("WEBP", (6300, 6300)),
    "a PNG that declares 60,000 × 60,000": lambda: png(60_000, 60_000, zlib.compress(b"\0" * 99)),
    "a JPEG that declares 65,500 × 65,500": lambda: drawn("JPEG").replace(
        struct.pack(">HH", 240, 320), struct.pack(">HH", 65_500, 65_500), 1
    ),
    "a WebP on a canvas of 16,000 × 16,000": lambda: webp_canvas(16_000, 16_000),
    "a PNG of 16 bits, 13 megapixels": lambda: png(3700, 3600, zlib.compress(bytes(99)), depth=16, colours=6),
    "a JPEG of a thousand scans": lambda: (
        drawn("JPEG")[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 1000 + b"\xff\xd9"
    ),
    "half a photo": lambda: drawn("JPEG", (2000, 1500))[:3000],
    "half a PNG": lambda: png(2000, 2000, zlib.compress(bytes(6_002_000))[:500]),
    "the beginning of a WebP": lambda: b"RIFF\xff\xff\0\0WEBPVP8 ",
    "a PNG without a header": lambda: PNG + chunk(b"IEND", b""),
    "noise behind the mark of a JPEG": lambda: b"\xff\xd8\xff" + bytes(range(256)) * 2000,
    "a profile in a PNG that unpacks to 300 MB": lambda: png(
        9, 9, zlib.compress(bytes(252)), chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(300_000_000), 9))
    )[:-20],
    "an SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
    "a web page": lambda: b"<!doctype html><html><body><script>alert(1)</script></body></html>",
    "a GIF with a script": lambda: b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)",
    "a program": lambda: b"MZ\x90\x00" + bytes(200),
    "nothing": lambda: b"",
    "zeros": lambda: bytes(2000),
    "a BMP": lambda: drawn("BMP"),
    "a TIFF": lambda: drawn("TIFF"),
}
