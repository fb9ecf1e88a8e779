"""What time it is. Everything asks here, so that a test can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)
_offset: ContextVar[timedelta] = ContextVar("offset", default=timedelta())


def now() -> datetime:
    """The current time, UTC, aware; in a test world (`kernel.worlds`) as far ahead as its client has moved it."""
    return real_now() + _offset.get()


def real_now() -> datetime:
    """The current time, UTC, aware, in every world: for signatures, rate limits and the lifetimes of credentials."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The current calendar day in Asia/Shanghai, the one people mean."""
    return now().astimezone(SHANGHAI).date()


def local(moment: datetime) -> datetime:
    """The same moment as people read it, in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware) within the block; for tests and for writing believable history."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def shifted(offset: timedelta) -> Iterator[None]:
    """Move `now` ahead by `offset` within the block."""
    token = _offset.set(offset)
    try:
        yield
    finally:
        _offset.reset(token)
