"""Holders of electronic social security cards, as a provider would name them."""

from datetime import date
from itertools import count
from typing import Any

from jiuye.kernel.identifiers import resident_check_character
from jiuye.ports.identity import CardHolder

_serials = count(1)


def id_number(serial: int) -> str:
    """A resident ID number that passes every check; 990000 is no area, so it belongs to nobody."""
    born = date(1900 + 60 + serial // 1000, 5, 6)
    first = f"990000{born:%Y%m%d}{serial % 1000:03d}"
    return first + resident_check_character(first)


def holder(**changes: Any) -> CardHolder:
    """Somebody with a card of their own: 林小满, unless told otherwise."""
    serial = next(_serials)
    facts: dict[str, Any] = {
        "issuer": "https://card.example",
        "subject": f"s-{serial}",
        "name": "林小满",
        "id_number": id_number(serial),
        "phone": f"137{serial:08d}",
        "region": "510100",
        "level": 2,
        "authenticated_at": 1_767_225_600,
    }
    return CardHolder(**{**facts, **changes})
