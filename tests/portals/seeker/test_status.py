"""How the platform does, for everybody."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.kernel import clock, pulses
from jiuye.kernel.ids import new_id
from jiuye.kernel.models import WorkerPulse
from jiuye.search.models import PendingChange
from jiuye.status import measures
from tests.factories.public_site import assert_is_public, index_all, text_of, wired_engine

pytestmark = pytest.mark.django_db

INCIDENTS = """
[[incident]]
id = "sms-late"
title = "短信延迟"
parts = ["text_messages"]
started_at = 2026-11-30T09:00:00+08:00

[[incident.update]]
at = 2026-11-30T09:20:00+08:00
text = "验证码会晚到几分钟 <b>&</b>"
"""


@pytest.fixture(autouse=True)
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    measures.forget_status()
    with wired_engine(tmp_path, monkeypatch) as own:
        index_all()
        yield own
    measures.forget_status()


def parts(client: Client, status: int = 200) -> dict[str, dict[str, Any]]:
    measures.forget_status()
    answer = client.get("/status.json")
    assert answer.status_code == status
    return {part["name"]: part for part in answer.json()["parts"]}


def heartbeat(*workers: str) -> None:
    for name in workers or ("worker", "imports"):
        pulses.beat(name)


def test_the_page_says_each_state_in_words(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    heartbeat()
    with django_assert_num_queries(5):
        answer = client.get("/status")
    assert_is_public(answer)
    text = text_of(answer)
    assert "一切正常" in text
    for title in ("职位搜索", "接口变更流", "接口推送", "批量导入", "简历核验", "短信"):
        assert title in text
    with django_assert_num_queries(0):
        client.get("/status.json")


@pytest.mark.parametrize(("seconds", "state"), [(5, "normal"), (60, "delayed"), (1000, "down")])
def test_a_part_is_as_late_as_its_oldest_work(client: Client, seconds: int, state: str) -> None:
    moment = clock.now()
    for age in (0, seconds):
        PendingChange.objects.create(posting_id=new_id(), requested_at=moment - timedelta(seconds=age))
    found = parts(client)["index"]
    assert (found["state"], abs(found["delay_seconds"] - seconds) <= 2) == (state, True)


def test_work_of_a_queue_counts_once_it_is_due(client: Client) -> None:
    def job(queue: str, scheduled: timedelta) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES (%s, 'x', %s)",
                [queue, clock.now() + scheduled],
            )

    job("sms", timedelta(hours=8))
    job("authority", -timedelta(minutes=20))
    found = parts(client)
    assert (found["text_messages"]["state"], found["text_messages"]["delay_seconds"]) == ("normal", 0)
    assert (found["verification"]["state"], found["verification"]["delay_seconds"] // 60) == ("delayed", 20)


def test_without_a_worker_background_work_is_down(client: Client) -> None:
    assert parts(client)["worker"]["state"] == "down"
    heartbeat()
    assert parts(client)["worker"]["state"] == "normal"


@pytest.mark.parametrize(("works", "gone"), [("worker", "worker_imports"), ("imports", "worker")])
def test_one_worker_does_not_stand_for_the_other(client: Client, works: str, gone: str) -> None:
    heartbeat(works)

    states = {name: part["state"] for name, part in parts(client).items() if name in ("worker", "worker_imports")}

    assert states.pop(gone) == "down"
    assert list(states.values()) == ["normal"]


def test_a_worker_that_gives_no_sign_for_a_minute_is_down(client: Client) -> None:
    heartbeat()
    WorkerPulse.objects.filter(name="imports").update(at=clock.real_now() - timedelta(seconds=61))

    found = parts(client)

    assert (found["worker"]["state"], found["worker_imports"]["state"]) == ("normal", "down")


def test_a_search_that_does_not_answer_is_down(client: Client, engine: TantivyEngine, tmp_path: Path) -> None:
    assert parts(client)["search"]["state"] == "normal"
    engine.close()
    (tmp_path / "index").rename(tmp_path / "gone")
    assert parts(client)["search"]["state"] == "down"


def test_it_says_so_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("connection to 10.0.0.7 failed")

    monkeypatch.setattr(measures, "_waiting", away)
    found = parts(client, status=503)
    assert {name: part["state"] for name, part in found.items()} == {"database": "down", "search": "normal"}
    page = client.get("/status")
    assert (page.status_code, page.headers["Retry-After"], page.headers["Cache-Control"]) == (503, "5", "no-store")
    assert "数据服务暂时连不上" in text_of(page)
    assert "10.0.0.7" not in page.content.decode()


class TestIncidents:
    @pytest.fixture
    def written(self, tmp_path: Path, settings: Any) -> Path:
        file = tmp_path / "incidents.toml"
        file.write_text(INCIDENTS, encoding="utf-8")
        settings.INCIDENTS_FILE = str(file)
        return file

    def test_the_page_tells_them(self, client: Client, written: Path) -> None:
        text = text_of(client.get("/status"))
        assert "短信延迟" in text
        assert "正在处理" in text
        assert "验证码会晚到几分钟 <b>&</b>" in text

    def test_they_can_be_subscribed_to(self, client: Client, written: Path) -> None:
        answer = client.get("/status.atom")
        root = ET.fromstring(answer.content)  # noqa: S314
        names = {"a": "http://www.w3.org/2005/Atom"}
        (entry,) = root.findall("a:entry", names)
        assert (entry.findtext("a:id", "", names)).endswith("/status#sms-late")
        assert entry.findtext("a:updated", "", names) == "2026-11-30T01:20:00Z"

    def test_a_file_that_is_broken_hides_nothing_else(self, client: Client, written: Path) -> None:
        written.write_text("[[incident", encoding="utf-8")
        assert client.get("/status").status_code == 200
        assert ET.fromstring(client.get("/status.atom").content).tag.endswith("feed")  # noqa: S314
