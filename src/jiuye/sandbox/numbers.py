"""Mainland mobile numbers as the sandbox writes them."""

import re

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")


def national(text: str) -> str | None:
    """The 11 digits of a mainland mobile number written in any usual way, else None.

    >>> national("+86 138-0000 0000")
    '13800000000'
    """
    match = _MOBILE.fullmatch(re.sub(r"[\s-]", "", text))
    return match.group(1) if match else None


def grouped(number: str) -> str:
    """`13800000000` as people read it: `138 0000 0000`."""
    return f"{number[:3]} {number[3:7]} {number[7:]}"
