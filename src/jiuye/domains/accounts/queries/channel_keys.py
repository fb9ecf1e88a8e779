"""The channel of an API key."""

import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jiuye.domains.accounts.channel_keys import digest_of, looks_like_a_key
from jiuye.domains.accounts.models import ChannelKey

KEPT_SECONDS = 30
"""Cache lifetime of a key in a process: afterwards a revoked key is refused everywhere."""
_MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The channel that holds a key. `last_used_at` as of the look-up."""

    channel_code: str
    key_id: UUID
    last_used_at: datetime | None


_kept: dict[str, tuple[float, KeyHolder | None]] = {}


def kept_holder(key: str) -> tuple[bool, KeyHolder | None]:
    """Return (cached in this process, holder). No query."""
    found = _kept.get(digest_of(key))
    if found is None or found[0] < time.monotonic():
        return False, None
    return True, found[1]


def holder_of(key: str) -> KeyHolder | None:
    """Return the enabled channel with this live key, or None: one query, then cached for 30 seconds."""
    if not looks_like_a_key(key):
        return None
    digest = digest_of(key)
    row = (
        ChannelKey.objects.filter(digest=digest, revoked_at=None, channel__is_enabled=True)
        .values_list("channel__code", "id", "last_used_at")
        .first()
    )
    holder = KeyHolder(*row) if row else None
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[digest] = (time.monotonic() + KEPT_SECONDS, holder)
    return holder


def forget_keys() -> None:
    """Clear the cache."""
    _kept.clear()
