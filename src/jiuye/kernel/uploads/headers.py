"""A picture's size as its first bytes declare it: enough to refuse one that is too large without opening it."""

import struct

from jiuye.kernel.uploads.files import MOST_PIXELS, TOO_COMPLEX, TOO_LARGE, Unacceptable

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
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
    if width * height > MOST_PIXELS:
        raise Unacceptable(TOO_LARGE)
    if kind == "JPEG" and content.count(_START_OF_SCAN) > _MOST_SCANS:
        raise Unacceptable(TOO_COMPLEX)


def _jpeg(content: bytes) -> tuple[int, int]:
    """Return the size in the frame header (ITU-T T.81, B.2.2); zeros if it does not come soon."""
    place = 2
    for _ in range(_MOST_SEGMENTS):
        while content[place + 1] == 0xFF:  # padding
            place += 1
        if content[place] != 0xFF:
            break
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return width, height
        place += 2 + length
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
