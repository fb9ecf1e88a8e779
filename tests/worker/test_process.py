"""How the worker runs what is queued."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

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


def started(monkeypatch: pytest.MonkeyPatch, begin: Callable[[], None]) -> list[tuple[tuple[str, ...], int]]:
    """Run a worker process whose workers end at once. Return the queues and slots of each; the fetching connector is the last."""
    seen: list[tuple[tuple[str, ...], int]] = []

    async def look(app: App, **options: Any) -> None:
        assert type(queue.connector) is DjangoConnector
        assert type(app.connector) is not DjangoConnector
        seen.append((tuple(options["queues"]), options["concurrency"]))

    monkeypatch.setattr(App, "run_worker_async", look)
    monkeypatch.setattr(App, "open_async", lambda app: nullcontext())
    monkeypatch.setattr(process, "take_over", lambda **options: True)
    monkeypatch.setattr(process, "request_index", lambda **options: None)
    monkeypatch.setattr(process, "request_comparison", lambda: None)
    monkeypatch.setattr(process.follower, "running", nullcontext)
    monkeypatch.setattr(process.webhooks, "running", nullcontext)
    monkeypatch.setattr(process, "repeating", lambda *_, **__: nullcontext())
    begin()
    return seen


def test_what_a_task_defers_goes_through_djangos_own_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only there does it commit with the task's transaction; elsewhere it would run before what it is about exists."""
    assert started(monkeypatch, lambda: process.run(concurrency=1))


def test_every_queue_is_served_by_one_process_once(monkeypatch: pytest.MonkeyPatch) -> None:
    served = started(monkeypatch, lambda: process.run(concurrency=4)) + started(monkeypatch, process.run_apart)
    names = [name for queues, _ in served for name in queues]
    assert sorted(names) == sorted({task.queue for task in queue.tasks.values()})
    assert all(slots > 0 for _, slots in served)


@pytest.mark.parametrize(
    ("pool", "tasks"),
    [(process.CODES, {"send_login_code"}), (process.MESSAGES, {"send_text_message", "send_account_notice"})],
)
def test_codes_and_text_messages_have_slots_that_nothing_else_takes(pool: process.Pool, tasks: set[str]) -> None:
    assert pool in process.pools(4)
    assert {one.name for one in queue.tasks.values() if one.queue in pool.queues} == tasks


OF_FILES = {
    "read_sheet",
    "run_import",
    "inspect_material",
    "read_picture_of_material",
    "read_resume_file",
    "prepare_export",
}


def test_what_works_on_files_that_people_send_runs_in_the_other_process() -> None:
    """There a regular expression that holds the interpreter, or a crash of a library, keeps no code and no message waiting."""
    for task in queue.tasks.values():
        assert (task.queue in process.APART) == (task.name in OF_FILES), task.name


def worker(*, seconds_ago: int) -> int:
    """Write a worker that gave its last sign then. Return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        return int(cursor.fetchone()[0])


def job(status: str, *, by: int | None = None, queueing_lock: str | None = None, place: str = "search") -> int:
    """Write a job. Return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock)"
            " VALUES (%s, 'drain_search', %s, %s, %s) RETURNING id",
            [place, status, by, queueing_lock],
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


@pytest.mark.usefixtures("only_worker")
@pytest.mark.parametrize("is_apart", [True, False])
def test_each_process_takes_over_the_jobs_of_its_own_queues(is_apart: bool) -> None:
    here, there = ("documents", "search") if is_apart else ("search", "documents")
    own, other = job("doing", place=here), job("doing", place=there)
    assert process.take_over(apart=is_apart)
    assert statuses() == {own: "todo", other: "doing"}
