"""Mainland mobile numbers."""

import re

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def national(text: str) -> str | None:
    """Return the 11 digits of a mainland mobile number in any common notation, else None.

    >>> national("+86 138-0000 0000")
    '13800000000'
    """
    match = _MOBILE.fullmatch(re.sub(r"[\s-]", "", text))
    return match.group(1) if match else None


def grouped(number: str) -> str:
    """Return `13800000000` grouped for reading: `138 0000 0000`."""
    return f"{number[:3]} {number[3:7]} {number[7:]}"
