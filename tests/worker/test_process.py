"""How the worker runs what is queued."""

import pytest
from procrastinate import App
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector

from jiuye.worker import process


def test_what_a_task_defers_goes_through_djangos_own_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only there does it commit with the task's transaction; elsewhere it would run before what it is about exists."""
    seen: dict[str, object] = {}

    def look(app: App, **options: object) -> None:
        seen["fetching"], seen["deferring"] = type(app.connector), type(queue.connector)

    monkeypatch.setattr(App, "run_worker", look)
    monkeypatch.setattr(process, "take_over", lambda: True)
    monkeypatch.setattr(process, "request_index", lambda **options: None)
    process.run(concurrency=1)
    assert seen["deferring"] is DjangoConnector
    assert seen["fetching"] is not DjangoConnector
