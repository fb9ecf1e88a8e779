"""The jobs that wait, run here and now, as a worker runs them."""

from django.db import connection
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job


def work(*queues: str) -> set[str]:
    """Run what waits in these queues, and what that defers there. Return the names of the tasks that are to be tried again.

    What a task raises without being tried again is raised here: that job would be lost.
    """
    tried: set[int] = set()
    again: set[str] = set()
    while waiting := [one for one in _waiting(queues) if one.id not in tried]:
        for job in waiting:
            tried.add(job.id)
            task = queue.tasks[job.task_name]
            try:
                task.func(**job.args)
            except Exception as error:
                if task.get_retry_exception(exception=error, job=_as_the_queue_sees(job)) is None:
                    raise
                again.add(job.task_name)
            else:
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])
    return again


def _waiting(queues: tuple[str, ...]) -> list[ProcrastinateJob]:
    rows = ProcrastinateJob.objects.filter(status="todo", queue_name__in=queues, scheduled_at=None)
    return list(rows.order_by("id"))


def _as_the_queue_sees(job: ProcrastinateJob) -> Job:
    return Job(id=job.id, queue=job.queue_name, task_name=job.task_name, lock=job.lock, queueing_lock=None, attempts=0)
