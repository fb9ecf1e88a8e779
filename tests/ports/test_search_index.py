"""Contract of the search port: changes to the index, rebuilds, detection of a damaged index."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.ports.search import (
    PostingDocument,
    RebuildRunning,
    SearchEngine,
    SearchQuery,
    SearchUnavailable,
    WriterBusy,
)
from tests.factories.search_documents import (
    fill,
    many,
    posting,
    titles,
)

Make = Callable[[], SearchEngine]
_spawn = multiprocessing.get_context("spawn")


def eventually(check: Callable[[], bool]) -> bool:
    for _ in range(200):
        if check():
            return True
        time.sleep(0.02)
    return False


class TestChanges:
    def test_a_replaced_posting_is_not_found_by_its_old_words(self, engine: SearchEngine) -> None:
        one = posting("焊工")
        fill(engine, one)
        fill(engine, replace(one, title="钳工"))
        assert titles(engine, "焊工") == []
        assert titles(engine, "钳工") == ["钳工"]

    def test_a_removed_posting_is_gone_and_removing_it_again_is_no_matter(self, engine: SearchEngine) -> None:
        one = posting("焊工")
        fill(engine, one)
        for _ in range(2):
            with engine.writer() as writer:
                writer.remove([one.id])
                writer.commit()
        assert engine.state().count == 0

    def test_what_is_not_committed_is_dropped(self, engine: SearchEngine) -> None:
        with engine.writer() as writer:
            writer.replace([posting("焊工")])
        fill(engine, posting("钳工"))
        assert titles(engine) == ["钳工"]

    def test_a_second_process_is_told_that_the_writer_is_busy(self, engine: SearchEngine, make: Make) -> None:
        fill(engine, posting("焊工"))
        with pytest.raises(WriterBusy), make().writer():
            pass

    def test_another_process_sees_a_commit(self, engine: SearchEngine, tmp_path: Path) -> None:
        fill(engine, posting("焊工"))
        seen = _spawn.Queue()
        other = _spawn.Process(target=_report_counts, args=(tmp_path / "index", seen), daemon=True)
        other.start()
        try:
            assert seen.get(timeout=20) == 1
            fill(engine, posting("焊工"))
            assert seen.get(timeout=20) == 2
            engine.rebuild(many(5))
            assert seen.get(timeout=20) == 5
        finally:
            other.kill()
            other.join()

    def test_killed_in_the_middle_of_commits_the_index_is_readable(self, engine: SearchEngine, tmp_path: Path) -> None:
        engine.rebuild(many(200))
        engine.close()
        for _ in range(3):
            progress = _spawn.Queue()
            other = _spawn.Process(target=_commit_for_ever, args=(tmp_path / "index", progress), daemon=True)
            other.start()
            for _ in range(3):
                progress.get(timeout=20)
            os.kill(other.pid or 0, signal.SIGKILL)
            other.join()
            state = engine.state(thorough=True)
            assert state.healthy, state.problem
            assert state.count == 200
        fill(engine, posting("焊工"))
        assert titles(engine, "焊工") == ["焊工"]


class TestRebuilding:
    def test_the_old_index_answers_until_the_new_one_is_whole(self, engine: SearchEngine) -> None:
        fill(engine, posting("旧"))
        generation = engine.state().generation
        during: list[list[str]] = []

        def stream() -> Iterator[PostingDocument]:
            yield posting("新")
            during.append(titles(engine))
            yield posting("新")

        assert engine.rebuild(stream()) == 2
        assert during == [["旧"]]
        assert titles(engine) == ["新", "新"]
        assert engine.state().generation != generation

    def test_searches_never_fail_while_it_switches(self, engine: SearchEngine, make: Make) -> None:
        engine.rebuild(many(20))
        reader, failed, stop = make(), [], threading.Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    if reader.search(SearchQuery(q="普工")).total not in (20, 30):
                        failed.append("a count of neither index")
                except SearchUnavailable as error:
                    failed.append(str(error))

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for count in (30, 20, 30):
            engine.rebuild(many(count))
        assert eventually(lambda: reader.search(SearchQuery()).total == 30)
        stop.set()
        for thread in threads:
            thread.join()
        assert failed == []

    def test_changes_made_meanwhile_are_in_the_new_index(self, engine: SearchEngine) -> None:
        stays, changes, goes = posting("留"), posting("变"), posting("走")
        fill(engine, stays, changes, goes)
        changed = replace(changes, title="新")

        def stream() -> Iterator[PostingDocument]:
            yield from (stays, changes, goes)
            with engine.writer() as writer:
                writer.replace([changed])
                writer.remove([goes.id])
                writer.commit()

        engine.rebuild(stream(), reread=lambda ids: [one for one in (changed,) if one.id in ids])
        assert sorted(titles(engine)) == sorted(["留", "新"])

    def test_one_rebuild_at_a_time(self, engine: SearchEngine, make: Make) -> None:
        other = make()

        def stream() -> Iterator[PostingDocument]:
            with pytest.raises(RebuildRunning):
                other.rebuild([])
            yield posting("焊工")

        assert engine.rebuild(stream()) == 1

    def test_a_rebuild_that_fails_changes_nothing(self, engine: SearchEngine) -> None:
        fill(engine, posting("旧"))

        def stream() -> Iterator[PostingDocument]:
            yield posting("新")
            raise LookupError("the database went away")

        with pytest.raises(LookupError):
            engine.rebuild(stream())
        assert titles(engine) == ["旧"]
        fill(engine, posting("又"))
        assert sorted(titles(engine)) == sorted(["旧", "又"])


class TestHealth:
    def test_without_an_index_searches_say_so(self, make: Make) -> None:
        engine = make()
        assert not engine.state().healthy
        with pytest.raises(SearchUnavailable):
            engine.search(SearchQuery(q="焊工"))
        with pytest.raises(SearchUnavailable), engine.writer():
            pass

    def test_a_deleted_index_is_noticed_and_can_be_rebuilt(self, engine: SearchEngine, tmp_path: Path) -> None:
        fill(engine, posting("焊工"))
        for path in sorted((tmp_path / "index").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        assert not engine.state().healthy

        def refused() -> bool:
            try:
                engine.search(SearchQuery())
            except SearchUnavailable:
                return True
            return False

        assert eventually(refused)
        engine.rebuild([posting("钳工")])
        assert titles(engine) == ["钳工"]
        fill(engine, posting("焊工"))
        assert len(titles(engine)) == 2

    @pytest.mark.parametrize("harm", ["cut", "scribbled", "missing", "meta"])
    def test_a_damaged_index_is_noticed(self, engine: SearchEngine, tmp_path: Path, harm: str) -> None:
        engine.rebuild(many(300))
        engine.close()
        files = [
            path for path in (tmp_path / "index" / engine.state().generation).iterdir() if path.stat().st_size > 200
        ]
        data = max(
            (path for path in files if path.suffix in (".idx", ".fast", ".store")), key=lambda path: path.stat().st_size
        )
        content = bytearray(data.read_bytes())
        if harm != "meta":
            data.unlink()  # what is written next is a file of its own: Tantivy may still have this one mapped
        if harm == "cut":
            data.write_bytes(content[:-100])
        elif harm == "scribbled":
            content[50:90] = b"x" * 40
            data.write_bytes(content)
        elif harm == "meta":
            (data.parent / "meta.json").write_text("{")
        state = engine.state(thorough=True)
        assert not state.healthy
        assert state.problem

    @pytest.mark.parametrize("harm", ["cut", "missing"])
    def test_a_damaged_index_is_not_opened_for_searching(
        self, engine: SearchEngine, make: Make, tmp_path: Path, harm: str
    ) -> None:
        engine.rebuild(many(300))
        generation = tmp_path / "index" / engine.state().generation
        data = max(generation.glob("*.store"), key=lambda path: path.stat().st_size)
        content = data.read_bytes()
        data.unlink()  # a file of its own: cutting the one that is open would end this process
        if harm == "cut":
            data.write_bytes(content[:-100])

        with pytest.raises(SearchUnavailable, match="damaged"):
            make().search(SearchQuery())

    def test_the_mark_of_the_last_commit_is_kept_with_the_index(self, engine: SearchEngine, make: Make) -> None:
        engine.rebuild([posting("焊工")], mark=7)
        assert make().state().mark == 7
        with engine.writer() as writer:
            writer.replace([posting("钳工")])
            writer.commit(mark=8)
        fill(engine, posting("保安"))
        assert make().state().mark == 8

    def test_an_index_of_another_schema_is_not_used(self, engine: SearchEngine, tmp_path: Path) -> None:
        fill(engine, posting("焊工"))
        newer = TantivyEngine(tmp_path / "index", words=["特种焊接作业员"])
        assert not newer.state().healthy
        with pytest.raises(SearchUnavailable):
            newer.search(SearchQuery())
        assert newer.rebuild([posting("特种焊接作业员")]) == 1


def _report_counts(directory: Path, seen: Any) -> None:
    """Put each new number of postings into the queue. Runs in a separate process."""
    engine, last = TantivyEngine(directory), -1
    while True:
        total = engine.search(SearchQuery()).total
        if total != last:
            seen.put(total)
            last = total
        time.sleep(0.01)


def _commit_for_ever(directory: Path, progress: Any) -> None:
    """Rewrite the same postings repeatedly. Runs in a separate process."""
    engine = TantivyEngine(directory)
    while True:
        with engine.writer() as writer:
            writer.replace(many(200))
            writer.commit()
        progress.put(True)
