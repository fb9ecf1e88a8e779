"""How the worker runs what is queued."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector

from jiuye.kernel import clock
from jiuye.webhooks.delivery import claims
from jiuye.webhooks.models import Message
from jiuye.worker import process
from tests.factories import webhooks


def test_what_a_task_defers_goes_through_djangos_own_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only there does it commit with the task's transaction; elsewhere it would run before what it is about exists."""
    seen: dict[str, object] = {}

    def look(app: App, **options: object) -> None:
        seen["fetching"], seen["deferring"] = type(app.connector), type(queue.connector)

    monkeypatch.setattr(App, "run_worker", look)
    monkeypatch.setattr(process, "take_over", lambda: True)
    monkeypatch.setattr(process, "request_index", lambda **options: None)
    monkeypatch.setattr(process, "request_comparison", lambda: None)
    monkeypatch.setattr(process.follower, "running", nullcontext)
    process.run(concurrency=1)
    assert seen["deferring"] is DjangoConnector
    assert seen["fetching"] is not DjangoConnector


def worker(*, seconds_ago: int) -> int:
    """Write a worker that gave its last sign then. Return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        return int(cursor.fetchone()[0])


def job(status: str, *, by: int | None = None, queueing_lock: str | None = None) -> int:
    """Write a job. Return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock)"
            " VALUES ('documents', 'inspect_material', %s, %s, %s) RETURNING id",
            [status, by, queueing_lock],
        )
        return int(cursor.fetchone()[0])


def statuses() -> dict[int, str]:
    """Return each job's status."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs")
        return dict(cursor.fetchall())


@pytest.mark.django_db
def test_jobs_of_a_silent_worker_are_done_by_another_one() -> None:
    lost, lost_with_its_worker = job("doing", by=worker(seconds_ago=600)), job("doing")
    running = job("doing", by=worker(seconds_ago=15))
    assert process.requeue_lost() == 2
    assert statuses() == {lost: "todo", lost_with_its_worker: "todo", running: "doing"}


@pytest.fixture
def only_worker(db: None) -> Iterator[None]:
    """A process that takes over keeps a lock as long as the connection; other tests need it."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


@pytest.mark.usefixtures("only_worker")
def test_a_lost_job_of_which_another_waits_is_dropped() -> None:
    """Both cannot wait: a worker that tried to requeue it could never start."""
    job("doing", queueing_lock="search_drain")
    waiting = job("todo", queueing_lock="search_drain")
    job("doing", queueing_lock="seal_audit")
    newest = job("doing", queueing_lock="seal_audit")
    assert process.take_over()
    assert statuses() == {waiting: "todo", newest: "todo"}


@pytest.mark.django_db
def test_webhooks_that_a_killed_worker_had_taken_are_due_at_once_for_the_next() -> None:
    endpoint = webhooks.endpoint("http://127.0.0.1:9/hooks")
    webhooks.happen(endpoint, 3)
    moment = clock.real_now()
    assert len(claims.claim(moment, slots={endpoint.id: 3}, limit=3)) == 3
    tried = Message.objects.filter(endpoint=endpoint).latest("sequence")
    Message.objects.filter(pk=tried.pk).update(attempts=1)  # its next attempt has a time of its own
    process.take_over()
    assert Message.objects.filter(endpoint=endpoint, due_at__lte=clock.real_now()).count() == 2
