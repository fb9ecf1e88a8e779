"""Delays of what runs in the background: how long the oldest piece of work has been waiting. No counts, which would tell of
business, and no names of machines.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog
from django.db import InterfaceError, OperationalError, connection
from psycopg_pool import PoolTimeout

from jiuye.changes import queries as changes
from jiuye.kernel import clock, pulses
from jiuye.search import delays
from jiuye.webhooks import queries as webhooks

log = structlog.get_logger("status")
State = Literal["normal", "delayed", "down"]
STATES: Mapping[State, str] = {"normal": "正常", "delayed": "延迟", "down": "中断"}
_AWAY = (OperationalError, InterfaceError, PoolTimeout)
_KEPT = 5.0
_SILENCE = 60
"""Seconds without a sign of life after which a worker counts as gone."""

# The oldest work that is due in each queue; the time is that of its newest event, because a retry is due later.
_QUEUES = """
SELECT oldest.queue_name, coalesce(oldest.scheduled_at, (
    SELECT max(event.at) FROM procrastinate_events event WHERE event.job_id = oldest.id
))
FROM (
    SELECT DISTINCT ON (queue_name) queue_name, id, scheduled_at FROM procrastinate_jobs
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    ORDER BY queue_name, id
) oldest
"""
_WORKERS = {"worker": "后台处理", "imports": "后台导入"}
"""The worker processes that each give signs of life (`kernel.pulses`)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the platform. `delay` in seconds: how long the oldest work has been waiting; None if it is not measured."""

    name: str
    title: str
    state: State
    delay: int | None = None

    @property
    def label(self) -> str:
        """Return its state in words."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Status:
    """The parts at one moment."""

    parts: tuple[Part, ...]
    measured_at: datetime
    is_readable: bool = True
    """False: the database is away, so nothing else could be measured."""

    @property
    def state(self) -> State:
        """Return the worst state of a part."""
        found = {part.state for part in self.parts}
        return "down" if "down" in found else "delayed" if "delayed" in found else "normal"

    @property
    def label(self) -> str:
        """Return the worst state in words."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A part that is measured: from how many seconds of delay on it is late, and from how many on it is down."""

    title: str
    late: int
    down: int
    queues: tuple[str, ...] = ()


_KINDS: Mapping[str, _Kind] = {
    "index": _Kind("职位搜索的更新", 30, 900),
    "changes": _Kind("接口变更流", 30, 900),
    "webhooks": _Kind("接口推送", 60, 1800),
    "events": _Kind("通知和站内消息", 60, 1800, ("events",)),
    "imports": _Kind("批量导入", 300, 3600, ("imports", "recognition")),
    "verification": _Kind("简历核验", 600, 7200, ("authority",)),
    "text_messages": _Kind("短信", 120, 1800, ("sms",)),
}
_kept: tuple[float, Status] | None = None


def status() -> Status:
    """Return the status, at most five seconds old. Five queries in five seconds; works while the database is away."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > _KEPT:
        _kept = now, _measured()
    return _kept[1]


def forget_status() -> None:
    """Measure again with the next call."""
    global _kept
    _kept = None


def _measured() -> Status:
    moment = clock.real_now()
    try:
        waiting, signs = _waiting(moment), pulses.last()
    except _AWAY as error:
        log.warning("nothing measured", error=type(error).__name__)
        parts = [Part("database", "数据服务", "down"), _search_part()]
        return Status(tuple(parts), moment, is_readable=False)
    workers = (_worker(name, title, signs.get(name), moment) for name, title in _WORKERS.items())
    delayed = (_part(name, kind, waiting.get(name), moment) for name, kind in _KINDS.items())
    return Status((Part("database", "数据服务", "normal"), _search_part(), *workers, *delayed), moment)


def _waiting(moment: datetime) -> dict[str, datetime]:
    """{part: since when its oldest work has been due}; parts without any are left out."""
    queues = _queues(moment)
    found = {
        "index": delays.oldest_pending(),
        "changes": changes.oldest_pending(),
        "webhooks": webhooks.oldest_waiting(),
    }
    for name, kind in _KINDS.items():
        if kind.queues:
            found[name] = min((queues[queue] for queue in kind.queues if queue in queues), default=None)
    return {name: since for name, since in found.items() if since is not None}


def _queues(moment: datetime) -> dict[str, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES, [moment])
        return {queue: since for queue, since in cursor.fetchall() if since}


def _worker(name: str, title: str, sign: datetime | None, moment: datetime) -> Part:
    works = sign is not None and (moment - sign).total_seconds() < _SILENCE
    return Part("worker" if name == "worker" else f"worker_{name}", title, "normal" if works else "down")


def _part(name: str, kind: _Kind, since: datetime | None, moment: datetime) -> Part:
    delay = max(0, round((moment - since).total_seconds())) if since else 0
    state: State = "down" if delay >= kind.down else "delayed" if delay >= kind.late else "normal"
    return Part(name, kind.title, state, delay)


def _search_part() -> Part:
    return Part("search", "职位搜索", "normal" if delays.answers() else "down")
