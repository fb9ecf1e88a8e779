"""Walking through DER without a schema: for structures whose members differ between versions, and values that break their own types."""

from asn1crypto import parser

_BMP_STRING = 30


def members(der: bytes) -> list[bytes]:
    """Return the members of a SEQUENCE or SET as they stand in the file, whatever their tags. Raise ValueError."""
    *_, rest, _ = parser.parse(der)
    found = []
    while rest:
        length = parser.peek(rest)
        found.append(rest[:length])
        rest = rest[length:]
    return found


def text(der: bytes) -> str:
    """Return a string of any type. Chinese issuers write UTF-8 or GBK into types that have no Chinese, such as T61String."""
    _, _, tag, _, contents, _ = parser.parse(der)
    if tag == _BMP_STRING:
        return str(contents.decode("utf-16-be", errors="replace"))
    try:
        return str(contents.decode())
    except UnicodeDecodeError:
        return str(contents.decode("gb18030", errors="replace"))
