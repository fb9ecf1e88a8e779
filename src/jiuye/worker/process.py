"""Starting and running the workers.

Two processes, and in each of them pools of slots for some queues: a job waits for those of its own pool alone. What works on
files that people have sent has a process of its own, because one thread of Python can hold up the others.
"""

import asyncio
import os
import signal
import time
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import structlog
from django.db import connection
from django.db.backends.utils import CursorWrapper
from procrastinate import App
from procrastinate.contrib.django import app as queue

from jiuye.changes import follower
from jiuye.changes.tasks import request_comparison
from jiuye.domains.jobs.actions import imports
from jiuye.kernel import database, events, pulses, space
from jiuye.kernel.advisory_locks import AdvisoryLock
from jiuye.kernel.repeating import repeating
from jiuye.search.tasks import request_index
from jiuye.webhooks import delivery as webhooks
from jiuye.worker.handlers import TELLING
from jiuye.worker.retries import outlast_the_database

log = structlog.get_logger("worker")
_LOOKS_EVERY = 1.0
_EVENTS = "events"


class Pool(NamedTuple):
    """The jobs of these queues, so many at a time."""

    queues: tuple[str, ...]
    slots: int


CODES, MESSAGES = Pool(("codes",), 2), Pool(("sms",), 6)
"""Login codes, and other text messages: no other job can take their slots, however many wait. They wait for the gateway most
of the time.
"""
FILES = (
    Pool((imports.QUEUE,), 2),
    Pool(("documents",), 2),
    Pool(("recognition",), 1),
    Pool(("exports",), 1),
)
"""The pools of the second process: sheets, documents, pictures, copies of a person's data."""
APART = frozenset(name for pool in FILES for name in pool.queues)
_OTHERS_AT_ONCE = 2
_ENDS_WITHIN = 3.0
SILENCE = timedelta(minutes=1)  # a worker gives a sign every ten seconds


# A job with a queueing lock of which another waits is superfluous, and could not wait beside it: the lock is unique there.
_REQUEUE = """
WITH lost AS (
    SELECT id, queueing_lock FROM procrastinate_jobs
    WHERE status = 'doing' AND (queue_name = ANY(%(apart)s)) = ANY(%(which)s) AND (
        %(all)s OR worker_id IS NULL
        OR worker_id IN (SELECT id FROM procrastinate_workers WHERE last_heartbeat < now() - make_interval(secs => %(silence)s))
    )
), again AS (
    SELECT DISTINCT ON (coalesce(queueing_lock, id::text)) id FROM lost
    WHERE NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs AS waiting
        WHERE waiting.status = 'todo' AND waiting.queueing_lock = lost.queueing_lock
    )
    ORDER BY coalesce(queueing_lock, id::text), id DESC
), superfluous AS (
    DELETE FROM procrastinate_jobs WHERE id IN (SELECT id FROM lost EXCEPT SELECT id FROM again)
)
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE id IN (SELECT id FROM again)
"""


def take_over(*, apart: bool = False) -> bool:
    """Requeue the jobs, and take back the webhooks, that a killed worker of the same queues left unfinished, if no other one
    is running.

    The session-level lock is held on this connection for the life of the process. The server may notice a moment late that the
    killed worker's connection is gone, so it is asked for during `_ENDS_WITHIN` seconds: without it, its jobs would wait for
    `SILENCE`. With several workers only heartbeats can tell: `requeue_lost`.
    """
    until = time.monotonic() + _ENDS_WITHIN
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT pg_try_advisory_lock(%s)", [AdvisoryLock.ONLY_READER if apart else AdvisoryLock.ONLY_WORKER]
            )
            if cursor.fetchone()[0]:
                break
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        log.info("took over", jobs=_requeue(cursor, everything=True, which=[apart]))
    if not apart:
        webhooks.take_back()
    return True


def requeue_lost() -> int:
    """Requeue the jobs of workers without a heartbeat for `SILENCE`. Return the number.

    Procrastinate deletes the rows of such workers and leaves their jobs as running.
    """
    with connection.cursor() as cursor:
        return _requeue(cursor, everything=False, which=[True, False])


def _requeue(cursor: CursorWrapper, *, everything: bool, which: Sequence[bool]) -> int:
    """`which`: of the queues apart (True), of the others (False)."""
    given: dict[str, Any] = {"all": everything, "silence": SILENCE.total_seconds()}
    cursor.execute(_REQUEUE, given | {"apart": sorted(APART), "which": list(which)})
    return cursor.rowcount


def wait_until_possible() -> None:
    """Wait for the database and for free space: a worker that ended for want of them would have to be started again."""
    while problem := _missing():
        log.warning("waiting", reason=problem)
        time.sleep(_LOOKS_EVERY)


def _missing() -> str:
    if space.is_short():
        return "no free space"
    try:
        connection.ensure_connection()
    except Exception as error:
        if not database.is_away(error):
            raise
        return type(error).__name__
    finally:
        connection.close()
    return ""


def _leave_if_short() -> None:
    """End the worker as SIGTERM does while there is no space to write: the supervisor starts it, and it waits."""
    if space.is_short():
        log.warning("ending until there is free space")
        os.kill(os.getpid(), signal.SIGTERM)


def pools(concurrency: int) -> tuple[Pool, ...]:
    """Return the pools of the first process: codes, messages, events (`concurrency` at a time), and the other queues."""
    first = (CODES, MESSAGES, Pool((_EVENTS,), concurrency))
    others = {task.queue for task in queue.tasks.values()} - APART - {name for pool in first for name in pool.queues}
    return *first, Pool(tuple(sorted(others)), _OTHERS_AT_ONCE)


def run(concurrency: int) -> None:
    """Process all queues except those apart until stopped."""
    take_over()
    request_index(thorough=True)
    request_comparison()
    with webhooks.running(), follower.running(), repeating("telling", _tell, every=0.1):
        _work("worker", pools(concurrency))


def run_apart() -> None:
    """Process the queues apart until stopped."""
    take_over(apart=True)
    _work("imports", FILES)


def _work(name: str, some: Sequence[Pool]) -> None:
    # A second app with connections of its own fetches the jobs. The tasks go on deferring through `queue`, on
    # Django's connection: jobs deferred in a task's transaction commit with it (a replaced connector would run them
    # before).
    app = queue.with_connector(queue.connector.get_worker_connector())  # type: ignore[attr-defined]
    outlast_the_database(app.tasks.values())
    beat = partial(pulses.beat, name)
    with repeating("space", _leave_if_short, every=_LOOKS_EVERY), repeating("pulse", beat, every=pulses.EVERY):
        asyncio.run(_serve(app, some))


async def _serve(app: App, some: Sequence[Pool]) -> None:
    """Run a Procrastinate worker for each pool until a signal; if one of them ends, all do, and the supervisor starts them again."""
    async with app.open_async():
        workers = [
            asyncio.ensure_future(
                app.run_worker_async(
                    queues=list(pool.queues),  # a tuple would be a row for PostgreSQL
                    concurrency=pool.slots,
                    listen_notify=True,
                    fetch_job_polling_interval=1.0,
                    delete_jobs="never",
                    install_signal_handlers=False,
                )
            )
            for pool in some
        ]

        def stop() -> None:
            for worker in workers:
                worker.cancel()

        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        stop()
        for ended in await asyncio.gather(*workers, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


def _tell() -> None:
    events.deliver_recent(TELLING)
