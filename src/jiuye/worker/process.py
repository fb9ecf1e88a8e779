"""Starting and running the worker."""

import structlog
from django.db import connection
from procrastinate.contrib.django import app as queue

from jiuye.search.tasks import request_index

log = structlog.get_logger("worker")
_ONLY_WORKER = 7_205_915


def take_over() -> bool:
    """Requeue the jobs that a killed worker left unfinished, if no other worker is running.

    The session-level lock is held on this connection for the life of the process. With several workers only
    heartbeats can tell; Procrastinate's own pruning handles that.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONLY_WORKER])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL WHERE status = 'doing'")
        log.info("took over", jobs=cursor.rowcount)
    return True


def run(concurrency: int) -> None:
    """Process all queues until stopped."""
    take_over()
    request_index(thorough=True)
    # A second app with connections of its own fetches the jobs. The tasks go on deferring through `queue`, on
    # Django's connection: jobs deferred in a task's transaction commit with it (a replaced connector would run them
    # before).
    app = queue.with_connector(queue.connector.get_worker_connector())  # type: ignore[attr-defined]
    app.run_worker(concurrency=concurrency, listen_notify=True, fetch_job_polling_interval=1.0, delete_jobs="never")
