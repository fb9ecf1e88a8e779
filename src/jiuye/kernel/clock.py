"""What time it is. Everything asks here, so that a test can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The current time, UTC, aware."""
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
