"""A picture's size as its first bytes declare it: enough to refuse one that is too large without opening it."""

import struct
from collections.abc import Iterator

from jiuye.kernel.uploads.files import MOST_PIXELS, MOST_PIXELS_REDUCED, TOO_COMPLEX, TOO_LARGE, Unacceptable

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SEQUENTIAL = frozenset({0xC0, 0xC1})  # SOF0, SOF1: with Huffman codes
_SCAN = 0xDA
_MOST_SEGMENTS = 500
_MOST_SCANS = 100
_START_OF_SCAN = b"\xff\xda"


def check_size(content: bytes, kind: str) -> None:
    """Raise Unacceptable for a picture of Pillow's format `kind` that declares too many pixels, or a JPEG of so many scans that it
    would be decoded for minutes (ten are usual). What the header does not say is found out when it is opened.
    """
    try:
        width, height = _SIZES[kind](content)
    except (struct.error, IndexError, KeyError):
        return  # damaged, or another format (HEIF): as opening it will tell
    if width * height > most_pixels(content, kind):
        raise Unacceptable(TOO_LARGE)
    if kind == "JPEG" and content.count(_START_OF_SCAN) > _MOST_SCANS:
        raise Unacceptable(TOO_COMPLEX)


def most_pixels(content: bytes, kind: str) -> int:
    """Return how many pixels a picture of Pillow's format `kind` may have."""
    return MOST_PIXELS_REDUCED if kind == "JPEG" and is_sequential(content) else MOST_PIXELS


def is_sequential(content: bytes) -> bool:
    """Return whether a JPEG is decoded line by line, and so reduced without its whole size in memory.

    It is not if it is progressive or has its components in several scans: then decoders keep all coefficients.
    """
    components = 0
    for marker, place in _segments(content):
        if marker in _FRAMES:
            if marker not in _SEQUENTIAL or components:
                return False
            components = content[place + 7]
        elif marker == _SCAN:
            return 0 < components == content[place + 2]
    return False


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers of a JPEG up to its first scan, each with the place of its length (ITU-T T.81, B.1.1); eight bytes are there.

    A damaged one ends sooner.
    """
    place = 2
    for _ in range(_MOST_SEGMENTS):
        while content[place + 1 : place + 2] == b"\xff":  # padding
            place += 1
        head = content[place : place + 10]
        if len(head) < 10 or head[0] != 0xFF:
            return
        yield head[1], place + 2
        if head[1] == _SCAN:
            return
        place += 2 + int.from_bytes(head[2:4])


def _jpeg(content: bytes) -> tuple[int, int]:
    """Return the size in the frame header (ITU-T T.81, B.2.2); zeros if it does not come soon."""
    for marker, place in _segments(content):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 3)
            return width, height
    return 0, 0


def _png(content: bytes) -> tuple[int, int]:
    """Return the size in the header chunk (ISO/IEC 15948, 11.2.2)."""
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _webp(content: bytes) -> tuple[int, int]:
    """Return the size of the canvas, or of the only frame (RFC 9649, 2.5 to 2.7)."""
    chunk = content[12:16]
    if chunk == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


_SIZES = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}
