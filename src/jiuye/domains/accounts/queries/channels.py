"""Partner apps: which may sign people in, and which origins may frame the site."""

import threading
import time
from dataclasses import dataclass

import structlog
from django.db import Error
from psycopg_pool import PoolTimeout

from jiuye.domains.accounts.models import Channel
from jiuye.domains.accounts.origins import parse_origin
from jiuye.domains.accounts.queries.channel_keys import forget_keys
from jiuye.kernel.errors import Invalid

log = structlog.get_logger("channels")
KEPT_SECONDS = 30
"""Cache lifetime in a process: afterwards a change has reached every process."""


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A partner app that may sign people in."""

    code: str
    name: str
    origin: str


def enabled_channel(code: str) -> ChannelView | None:
    """Return the channel with this code; None for unknown and for disabled ones alike. One query, not cached."""
    if not code or len(code) > 40 or "\x00" in code:
        return None
    row = Channel.objects.filter(code=code, is_enabled=True).values_list("code", "name", "origin").first()
    return ChannelView(*row) if row else None


class _Origins:
    """This process's cache. One thread refreshes it while the others use the old value."""

    def __init__(self) -> None:
        self.known: tuple[str, ...] = ()
        self.fresh_until = 0.0
        self.reading = threading.Lock()


_origins = _Origins()


def frame_origins() -> tuple[str, ...]:
    """Return the origins of enabled channels, for `frame-ancestors`; sorted, each valid by today's rules.

    Cached for `KEPT_SECONDS` in this process. Never raises: while the database is unavailable the last known value is
    returned (none at first, so nobody may frame).
    """
    if time.monotonic() < _origins.fresh_until or not _origins.reading.acquire(blocking=False):
        return _origins.known
    try:
        _origins.known = _read_origins()
    except (Error, PoolTimeout, OSError) as error:
        log.warning("origins not read", error=type(error).__name__)
    finally:
        _origins.fresh_until = time.monotonic() + KEPT_SECONDS
        _origins.reading.release()
    return _origins.known


def keep_frame_origins(origins: tuple[str, ...] | None) -> None:
    """Set the cache to `origins` until it expires; None: read them at the next call."""
    _origins.known = origins or ()
    _origins.fresh_until = 0.0 if origins is None else time.monotonic() + KEPT_SECONDS


def _read_origins() -> tuple[str, ...]:
    stored = Channel.objects.filter(is_enabled=True).exclude(origin="").values_list("origin", flat=True)
    found = set()
    for origin in stored:
        try:
            found.add(parse_origin(origin))
        except Invalid:
            log.warning("origin is not valid", origin=origin)
    return tuple(sorted(found))


def forget_channels() -> None:
    """Clear this process's cache of channels after a change."""
    _origins.fresh_until = 0.0
    forget_keys()
