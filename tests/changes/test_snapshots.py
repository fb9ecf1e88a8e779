"""Snapshots: complete, with their position, in every encoding; old ones are deleted."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from isal import igzip

from jiuye.api import downloads
from jiuye.changes import snapshots
from jiuye.changes.models import Snapshot
from jiuye.changes.snapshots import zstd
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from tests.changes.conftest import Feed
from tests.factories import clients
from tests.factories.jobs import posting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]


def get(path: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/snapshots/{path}", headers=headers)


def lines(content: bytes) -> list[Any]:
    return [orjson.loads(line) for line in content.splitlines()]


@pytest.fixture
def two(feed: Feed) -> Iterator[list[JobPosting]]:
    """Two postings in a snapshot; a third had left before."""
    rows = [posting(title="氩弧焊工\\“甲”"), posting(title="钳工"), posting()]
    feed.write(*rows)
    JobPosting.objects.filter(pk=rows[2].pk).update(state="withdrawn")
    feed.write(rows[2])
    snapshots.build()
    yield rows[:2]
    downloads._Sending._all.clear()


def test_a_snapshot_holds_every_public_posting_as_it_is_read(two: list[JobPosting]) -> None:
    facts = get("latest").json()
    answer = get(f"{facts['id']}.ndjson", **{"Accept-Encoding": "identity"})
    content = answer.getvalue()
    first, *jobs, last = lines(content)
    assert jobs == [Client().get(f"/api/v1/jobs/{one.pk}").json() for one in two]
    assert first["snapshot"] | {"licence": ""} == {
        "id": facts["id"], "position": facts["position"], "jobs": 2, "created_at": facts["created_at"],
        "source": "就业在线", "licence": "",
    }  # fmt: skip
    assert last == {"end": {"jobs": 2}}
    assert answer.headers["Content-Length"] == str(facts["size"]) == str(len(content))
    assert answer.headers["Content-Type"] == "application/x-ndjson"


def test_every_encoding_holds_the_same(two: list[JobPosting]) -> None:
    facts = get("latest").json()
    name = f"{facts['id']}.ndjson"
    plain = get(name, **{"Accept-Encoding": "identity"}).getvalue()
    for accepted, unpack in (("gzip", gzip.decompress), ("gzip, zstd", zstd.decompress), ("*", zstd.decompress)):
        answer = get(name, **{"Accept-Encoding": accepted})
        assert unpack(answer.getvalue()) == plain
        assert answer.headers["Content-Encoding"] == accepted.split(", ")[-1].replace("*", "zstd")
    assert igzip.decompress(get(f"{name}.gz").getvalue()) == plain
    assert zstd.decompress(get(f"{name}.zst").getvalue()) == plain
    assert {one["encoding"]: one["url"].rsplit("/", 1)[1] for one in facts["files"]} == {
        "gzip": f"{name}.gz", "zstd": f"{name}.zst",
    }  # fmt: skip


def test_changes_continue_a_snapshot(two: list[JobPosting], feed: Feed) -> None:
    position = get("latest").json()["position"]
    assert Client().get("/api/v1/changes", {"after": position}).json()["items"] == []
    JobPosting.objects.filter(pk=two[0].pk).update(state="withdrawn")
    feed.write(two[0])
    (item,) = Client().get("/api/v1/changes", {"after": position}).json()["items"]
    assert (item["id"], item["change"]) == (str(two[0].pk), "tombstone")


def test_a_client_that_has_it_gets_it_again_by_range_or_not_at_all(two: list[JobPosting]) -> None:
    name = f"{get('latest').json()['id']}.ndjson.gz"
    whole = get(name)
    content, tag = whole.getvalue(), whole.headers["ETag"]
    assert get(name, **{"If-None-Match": tag}).status_code == 304
    for asked, wanted in (("bytes=10-19", content[10:20]), ("bytes=20-", content[20:]), ("bytes=-7", content[-7:])):
        part = get(name, Range=asked)
        assert (part.status_code, part.getvalue()) == (206, wanted)
        assert part.headers["Content-Range"].endswith(f"/{len(content)}")
    assert get(name, Range="bytes=10-19", **{"If-Range": '"another"'}).getvalue() == content
    assert get(name, Range=f"bytes={len(content)}-").status_code == 416


def test_one_download_too_many_is_asked_to_come_later(two: list[JobPosting]) -> None:
    name = f"{get('latest').json()['id']}.ndjson.gz"
    first = get(name)
    assert get(name).status_code == 503
    first.close()
    second = get(name)
    assert second.status_code == 200
    second.getvalue()
    assert get(name).status_code == 200


def test_old_snapshots_and_their_files_are_deleted(two: list[JobPosting], own_files: Path) -> None:
    (own_files / "snapshots" / "left.ndjson.gz").write_bytes(b"")
    with clock.frozen(clock.now() + timedelta(days=2)):
        for _ in range(4):
            snapshots.build()
    assert Snapshot.objects.count() == snapshots.KEPT
    named = {Path(file["key"]).name for one in Snapshot.objects.all() for file in one.files.values()}
    assert set(default_storage.listdir("snapshots")[1]) == named


def test_nothing_is_written_while_nothing_changes(two: list[JobPosting], feed: Feed) -> None:
    assert not snapshots.is_due()
    feed.write(posting())
    assert snapshots.is_due()


def test_without_a_snapshot_the_answer_says_what_to_do() -> None:
    assert get("latest").status_code == 404
    assert "/api/v1/changes" in get("latest").json()["detail"]
    assert get("019a0000-0000-7000-8000-000000000000.ndjson").status_code == 404


def test_a_client_needs_the_scope_of_changes() -> None:
    assert clients.caller(scopes=["jobs:read"]).get("/snapshots/latest").status_code == 403


def test_a_snapshot_that_fails_leaves_no_file(two: list[JobPosting], monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(default_storage.listdir("snapshots")[1])
    monkeypatch.setattr(snapshots, "_COPY", "BROKEN")
    with pytest.raises(Exception, match="BROKEN"):
        snapshots.build()
    assert set(default_storage.listdir("snapshots")[1]) == before
    assert not list(Path(snapshots.settings.DATA_DIR).glob("snapshot-*"))
