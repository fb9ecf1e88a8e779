"""Snapshot and changes together are the index and the database, under concurrent writers.

`FEED_SECONDS` says for how long they write: 10 here, 60 by `./jiuye bench api`.
"""

import gzip
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.changes import repair, snapshots, writer
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs import queries as jobs_queries
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.organisations import actions as organisations_actions
from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import ProductError
from jiuye.kernel.models import EventRecord
from jiuye.ports import search
from jiuye.ports.search import SearchQuery
from jiuye.search import indexer
from jiuye.worker.handlers import HANDLERS
from tests.factories import audits, organisations
from tests.factories.jobs import content, posting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
SECONDS = float(os.environ.get("FEED_SECONDS", "10"))
WRITERS = 4
EACH = 15


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TantivyEngine]:
    own = TantivyEngine(tmp_path / "index", words="jiuye.domains.reference.queries.occupation_names")
    monkeypatch.setattr(search, "get", lambda: own)
    yield own
    own.close()


class Writer(threading.Thread):
    """An agency, its employer and an auditor, changing the agency's postings in every way until told to stop."""

    def __init__(self, number: int, stop: threading.Event) -> None:
        super().__init__()
        self.chance, self.stop, self.done = random.Random(number), stop, 0
        self.agency = organisations.agency()
        self.employer = organisations.employer(named_by=self.agency)
        self.owner = Actor(organisations.member(self.agency).person, self.agency.pk, "agency", "owner")
        self.auditor = audits.auditor()
        self.ids = [posting(self.agency, employer=self.employer).pk for _ in range(EACH)]
        self.faults: list[BaseException] = []

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                with suppress(ProductError):  # not everything is allowed at every time
                    self._change(self.chance.choice(self.ids))
                self.done += 1
        except BaseException as fault:
            self.faults.append(fault)
        finally:
            connection.close()

    def _change(self, posting_id: Any) -> None:
        match self.chance.choices(
            ("edit", "withdraw", "publish", "confirm", "ban", "hide", "new"), (30, 15, 30, 10, 1, 3, 4)
        )[0]:
            case "edit":
                wanted = content(self.employer, title=f"装配工{self.chance.randrange(10**6)}")
                version = JobPosting.objects.values_list("version", flat=True).get(pk=posting_id)
                jobs.edit_posting(self.owner, posting_id=posting_id, version=version, content=wanted)
            case "withdraw":
                jobs.withdraw_posting(self.owner, posting_id=posting_id)
            case "publish":
                jobs.publish_posting(self.owner, posting_id=posting_id)
            case "confirm":
                jobs.confirm_posting(self.owner, posting_id=posting_id)
            case "ban":
                jobs.ban_posting(self.auditor, posting_id=posting_id, reason="虚假招聘。")
            case "hide":
                restriction = self.chance.choice(["taken_down", ""])
                organisations_actions.restrict(
                    Actor.system(), kind="employer", organisation_id=self.employer.pk, restriction=restriction
                )
            case "new":
                self.ids.append(posting(self.agency, employer=self.employer, state="draft").pk)


class Worker(threading.Thread):
    """Delivers events and writes the feed and the index, as the worker does."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__()
        self.stop, self.faults = stop, list[BaseException]()
        self.delivered: set[Any] = set()

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self.once()
        except BaseException as fault:
            self.faults.append(fault)
        finally:
            connection.close()

    def once(self) -> None:
        for event_id in EventRecord.objects.order_by("occurred_at", "id").values_list("id", flat=True):
            if event_id not in self.delivered:
                self.delivered.add(event_id)
                events.deliver(event_id, HANDLERS)
        writer.drain()
        indexer.drain()


class Copy:
    """A reader that takes the snapshot and then applies changes in order, in small pages."""

    def __init__(self) -> None:
        facts = Client().get("/api/v1/snapshots/latest").json()
        path = f"/api/v1/snapshots/{facts['id']}.ndjson.gz"
        first, *rows, last = map(orjson.loads, gzip.decompress(Client().get(path).getvalue()).splitlines())
        assert last == {"end": {"jobs": len(rows)}}
        self.jobs = {row["id"]: row for row in rows}
        self.after, self.read_pages = first["snapshot"]["position"], 0

    def read(self) -> None:
        while True:
            page = Client().get("/api/v1/changes", {"after": self.after, "limit": 7}).json()
            for one in page["items"]:
                self.jobs.pop(one["id"], None)
                if one["job"]:
                    self.jobs[one["id"]] = one["job"]
            self.after, self.read_pages = page["next"], self.read_pages + 1
            if not page["has_more"]:
                return


def test_snapshot_and_changes_are_the_index_and_the_database(engine: TantivyEngine) -> None:
    stop, ended = threading.Event(), threading.Event()
    writers = [Writer(number, stop) for number in range(WRITERS)]
    repair.compare()
    writer.drain()
    indexer.ensure()
    worker = Worker(ended)
    for thread in (*writers, worker):
        thread.start()
    until = time.monotonic() + SECONDS
    time.sleep(SECONDS / 5)
    snapshots.build()
    copy = Copy()
    while time.monotonic() < until:
        copy.read()
    stop.set()
    for thread in writers:
        thread.join()
    ended.set()
    worker.join()
    assert [*worker.faults, *(fault for one in writers for fault in one.faults)] == []
    worker.once()
    copy.read()
    assert sum(one.done for one in writers) > WRITERS * 10
    _compare(copy, engine)


def _compare(copy: Copy, engine: TantivyEngine) -> None:
    is_open = {str(pk) for pk in jobs_queries.open_postings().values_list("pk", flat=True)}
    assert set(copy.jobs) == is_open
    assert 0 < len(is_open) < JobPosting.objects.count()
    for posting_id, held in copy.jobs.items():
        assert held == Client().get(f"/api/v1/jobs/{posting_id}").json()
    found: dict[str, Any] = {}
    cursor = ""
    while True:
        page = engine.search(SearchQuery(size=100, cursor=cursor))
        found |= {str(hit.id): orjson.loads(hit.card) for hit in page.items}
        cursor = page.next_cursor
        if not cursor:
            break
    assert set(found) == set(copy.jobs)
    assert {key: card["title"] for key, card in found.items()} == {key: one["title"] for key, one in copy.jobs.items()}
    assert repair.compare() == 0
