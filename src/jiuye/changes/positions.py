"""Positions as clients keep them: opaque, and bound to the data they were read from.

A position states for each kind of object up to where it was read, so a client may name other kinds in its next call without
missing anything. A kind that was never read is at 0.
"""

import base64
import hmac
import struct
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from jiuye.changes.states import KINDS
from jiuye.kernel.errors import Invalid

NOW = "now"
_ORDER = tuple(KINDS)
_FORM = struct.Struct(f">{2 * len(_ORDER)}Q")
_MAC = 8
_UNKNOWN = "这个 after 不完整，或不是给您的。请原样使用上一次的 next，或去掉它从头读。"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: everybody, an agency, or a client in its test data (`test_client_id`)."""

    agency_id: UUID | None = None
    test_client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where each kind was read, and the last position of the feed when its first reading began.

    A first reading misses nothing as long as no tombstone written after its beginning has been deleted.
    """

    read: tuple[int, ...] = (0,) * len(_ORDER)
    begun: tuple[int, ...] = (0,) * len(_ORDER)

    def of(self, kind: str) -> int:
        """Return up to where the kind was read."""
        return self.read[_ORDER.index(kind)]

    def is_whole(self, kind: str, *, last: int, swept: int) -> bool:
        """Return whether everything that the reader of this position lacks is still in the feed."""
        read, begun = self.of(kind), self.begun[_ORDER.index(kind)]
        return read == 0 or swept <= max(read, begun) <= last

    def begin(self, kinds: frozenset[str], last: int) -> "Position":
        """Return the position with the beginning of the kinds that were never read."""
        begun = tuple(
            last if kind in kinds and not read else before
            for kind, read, before in zip(_ORDER, self.read, self.begun, strict=True)
        )
        return Position(self.read, begun)

    def advance(self, kinds: frozenset[str], to: int) -> "Position":
        """Return the position of a reader that has read these kinds up to `to`."""
        read = tuple(max(at, to) if kind in kinds else at for kind, at in zip(_ORDER, self.read, strict=True))
        return Position(read, self.begun)

    def text(self, reader: Reader) -> str:
        """Return it for a client: base64url, about 75 characters."""
        numbers = _FORM.pack(*self.read, *self.begun)
        return base64.urlsafe_b64encode(numbers + _mac(numbers, self, reader)).decode().rstrip("=")


def parse(text: str, reader: Reader) -> Position:
    """Return a position that a client has kept. Raises `Invalid` (after) for one that was cut, made up or is another's."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        numbers, mac = raw[:-_MAC], raw[-_MAC:]
        values = _FORM.unpack(numbers)
    except (ValueError, struct.error):
        raise Invalid({"after": _UNKNOWN}, code="invalid_cursor") from None
    position = Position(values[: len(_ORDER)], values[len(_ORDER) :])
    if not hmac.compare_digest(mac, _mac(numbers, position, reader)):
        raise Invalid({"after": _UNKNOWN}, code="invalid_cursor")
    return position


def _mac(numbers: bytes, position: Position, reader: Reader) -> bytes:
    """Bind a position to the test data, and to the agency if its own objects were read: others have other objects there."""
    whose = reader.agency_id if position.of("application") else None
    return blake2b(
        numbers + f"{reader.test_client_id}:{whose}".encode(), key=_key(settings.SECRET_KEY), digest_size=_MAC
    ).digest()


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return salted_hmac("jiuye.changes.positions", "", secret=secret, algorithm="sha256").digest()
