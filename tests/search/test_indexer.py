"""The index stays in step with the database, also after failures of either."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import events
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import EventRecord
from jiuye.ports.search import SearchQuery, SearchUnavailable
from jiuye.search import handlers, indexer, tasks
from jiuye.search.models import IndexMark, PendingChange
from jiuye.worker.handlers import HANDLERS
from tests.factories import organisations
from tests.factories.jobs import posting as stored

pytestmark = pytest.mark.django_db


def titles(engine: TantivyEngine, q: str = "") -> list[str]:
    return sorted(hit.title for hit in engine.search(SearchQuery(q=q, size=100)).items)


@pytest.fixture
def running(engine: TantivyEngine) -> TantivyEngine:
    indexer.ensure()
    return engine


def test_a_published_posting_is_found(running: TantivyEngine) -> None:
    posting = stored(title="氩弧焊工")
    handlers.request([posting.id])
    assert indexer.drain() == 1
    assert titles(running, "氩弧焊") == ["氩弧焊工"]
    assert not PendingChange.objects.exists()


@pytest.mark.parametrize("state", ["withdrawn", "expired", "banned"])
def test_a_posting_that_is_closed_is_gone(running: TantivyEngine, state: str) -> None:
    posting = stored(title="焊工")
    handlers.request([posting.id])
    indexer.drain()
    JobPosting.objects.filter(pk=posting.pk).update(state=state)
    handlers.request([posting.id])
    indexer.drain()
    assert titles(running) == []


def test_postings_of_an_agency_that_is_not_listed_are_not_found(running: TantivyEngine) -> None:
    handlers.request([stored(organisations.agency(is_listed=False)).id])
    indexer.drain()
    assert titles(running) == []


def test_changed_postings_are_pending_for_the_worker(running: TantivyEngine) -> None:
    posting = stored(title="焊工")
    events.publish(Actor.system(), PostingsChanged([posting.id]))
    events.deliver(EventRecord.objects.latest("occurred_at").id, HANDLERS)
    assert list(PendingChange.objects.values_list("posting_id", flat=True)) == [posting.id]


def test_many_requests_wait_for_one_drain() -> None:
    for _ in range(3):
        handlers.request([UUID(int=1), UUID(int=2), UUID(int=1)])
    assert PendingChange.objects.count() == 2
    assert ProcrastinateJob.objects.filter(task_name=handlers.DRAIN_TASK, status="todo").count() == 1


def test_a_posting_that_changes_while_it_is_taken_in_stays_noted(
    running: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    posting = stored(title="焊工")
    handlers.request([posting.id])
    read = indexer.jobs.indexable
    reads: list[Sequence[UUID]] = []

    def read_and_change(ids: Sequence[UUID]) -> list[JobPosting]:
        found = read(ids)
        if not reads:
            JobPosting.objects.filter(pk=posting.pk).update(title="钳工")
            handlers.request([posting.id])
        reads.append(ids)
        return found

    monkeypatch.setattr(indexer.jobs, "indexable", read_and_change)
    assert indexer.drain() == 2
    assert titles(running) == ["钳工"]


def test_a_drain_that_dies_before_it_is_done_is_done_again(
    running: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers.request([stored(title="焊工").id])
    with monkeypatch.context() as broken:
        broken.setattr(indexer.IndexMark.objects, "update_or_create", _killed)
        with pytest.raises(KeyboardInterrupt):
            indexer.drain()
    assert PendingChange.objects.count() == 1
    assert indexer.fault() == ""
    assert indexer.drain() == 1
    assert titles(running) == ["焊工"]


def test_an_index_in_order_is_left_alone(running: TantivyEngine) -> None:
    handlers.request([stored(title="焊工").id])
    indexer.drain()
    generation = running.state().generation
    assert indexer.ensure(thorough=True) is False
    assert running.state().generation == generation


def test_a_deleted_index_is_rebuilt(running: TantivyEngine, tmp_path: Path) -> None:
    handlers.request([stored(title="焊工").id])
    indexer.drain()
    shutil.rmtree(tmp_path / "index")
    handlers.request([stored(title="钳工").id])
    with pytest.raises(SearchUnavailable):
        indexer.drain()
    assert indexer.ensure() is True
    assert titles(running) == ["焊工", "钳工"]
    assert not PendingChange.objects.exists()


def test_an_index_restored_from_an_older_backup_is_rebuilt(running: TantivyEngine, tmp_path: Path) -> None:
    one = stored(title="焊工")
    handlers.request([one.id])
    indexer.drain()
    shutil.copytree(tmp_path / "index", tmp_path / "copy")
    JobPosting.objects.filter(pk=one.pk).update(title="钳工")
    handlers.request([one.id])
    indexer.drain()
    running.close()
    shutil.rmtree(tmp_path / "index")
    shutil.copytree(tmp_path / "copy", tmp_path / "index")
    assert indexer.ensure() is True
    assert titles(running) == ["钳工"]


def test_a_database_restored_from_an_older_backup_has_its_index_rebuilt(running: TantivyEngine) -> None:
    for title in ("焊工", "钳工", "车工"):
        handlers.request([stored(title=title).id])
        indexer.drain()
    JobPosting.objects.exclude(title="焊工").delete()
    IndexMark.objects.update(serial=1)
    assert indexer.ensure() is True
    assert titles(running) == ["焊工"]


def test_a_database_restored_to_the_change_before_the_last_has_its_index_rebuilt(running: TantivyEngine) -> None:
    one = stored(title="焊工")
    handlers.request([one.id])
    indexer.drain()
    JobPosting.objects.filter(pk=one.pk).update(title="钳工")
    handlers.request([one.id])
    indexer.drain()
    JobPosting.objects.filter(pk=one.pk).update(title="焊工")  # the restored state: an edit less, nothing pending
    IndexMark.objects.update(serial=1)

    assert indexer.ensure(compare=False) is True
    assert titles(running) == ["焊工"]


def test_a_change_after_a_restored_backup_does_not_hide_the_difference(running: TantivyEngine) -> None:
    for title in ("焊工", "钳工", "车工"):
        handlers.request([stored(title=title).id])
        indexer.drain()
    JobPosting.objects.exclude(title="焊工").delete()
    IndexMark.objects.update(serial=1)

    handlers.request([stored(title="铣工").id])
    with pytest.raises(SearchUnavailable, match="change set"):
        indexer.drain()
    assert indexer.ensure(compare=False) is True
    assert sorted(titles(running)) == sorted(["焊工", "铣工"])


def test_checksums_are_verified_every_hour(running: TantivyEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(indexer, "ensure", lambda **options: asked.append(options["thorough"]))

    for minute in range(120):
        tasks.watch_search_index(minute * 60)

    assert sum(asked) == 2


def test_an_index_with_another_number_of_postings_is_rebuilt(
    running: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer, "_BETWEEN_LOOKS", 0)
    stored(title="焊工")  # without an event
    assert indexer.ensure() is True
    assert titles(running) == ["焊工"]


def test_what_changes_during_a_rebuild_is_in_the_new_index(
    running: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = stored(title="焊工")
    everything = indexer.jobs.all_indexable

    def read_and_change() -> Any:
        yield from everything()
        JobPosting.objects.filter(pk=first.pk).update(title="钳工")
        handlers.request([first.id])
        indexer.drain()

    monkeypatch.setattr(indexer.jobs, "all_indexable", read_and_change)
    assert indexer.rebuild() == 1
    assert titles(running) == ["钳工"]
    assert indexer.fault() == ""


def test_reading_in_chunks_misses_none(running: TantivyEngine) -> None:
    agency = organisations.agency()
    ids = {stored(agency).id for _ in range(7)}
    read = [posting.id for posting in indexer.jobs.all_indexable(chunk=3)]
    assert len(read) == 7
    assert set(read) == ids


def _killed(**kwargs: datetime) -> None:
    raise KeyboardInterrupt
