"""A job that met a database that was away is tried again, whatever its task is: none is lost by a restart."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import InterfaceError, OperationalError
from procrastinate import App
from procrastinate.contrib.django import app as queue
from procrastinate.jobs import Job
from psycopg.errors import AdminShutdown

from jiuye.ports.sms import SmsRejected, SmsUnavailable
from jiuye.worker import process


@pytest.fixture
def tasks_of_a_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The app of a worker that has just begun; the tasks' own strategies are put back afterwards."""
    before = {name: task.retry_strategy for name, task in queue.tasks.items()}
    begun: list[App] = []

    async def begin(app: App, **options: object) -> None:
        begun.append(app)

    monkeypatch.setattr(App, "run_worker_async", begin)
    monkeypatch.setattr(App, "open_async", lambda app: nullcontext())
    process._work("worker", [process.MESSAGES])
    yield begun[0]
    for name, strategy in before.items():
        queue.tasks[name].retry_strategy = strategy


def job(attempts: int = 0) -> Job:
    return Job(id=1, queue="sms", task_name="any", lock=None, queueing_lock=None, attempts=attempts)


@pytest.mark.parametrize(
    "error", [OperationalError(), InterfaceError(), AdminShutdown()], ids=lambda one: type(one).__name__
)
def test_every_task_is_tried_again_after_the_database_was_away(tasks_of_a_worker: App, error: Exception) -> None:
    given_up = {
        name
        for name, task in tasks_of_a_worker.tasks.items()
        if task.get_retry_exception(exception=error, job=job()) is None and not name.startswith("builtin:")
    }
    assert given_up == set()


def test_the_tasks_own_reasons_hold_as_before(tasks_of_a_worker: App) -> None:
    task = tasks_of_a_worker.tasks["send_text_message"]
    assert task.get_retry_exception(exception=SmsUnavailable(), job=job()) is not None
    assert task.get_retry_exception(exception=SmsRejected(), job=job()) is None
