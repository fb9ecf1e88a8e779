"""The change feed for `bench api`: how soon a change is read, a snapshot's time and memory, the rate of reading.

Changes are committed 50 times a second and read by long poll over HTTP. `FEED_SECONDS=60 ./jiuye test
tests/changes/test_equal_to_the_index.py` compares snapshot and changes with the index.
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx
from _api_site import ApiSite
from _measuring import Figures
from django.db import connection, transaction

from jiuye.changes import repair, writer
from jiuye.changes.models import FeedItem, FeedMark
from jiuye.domains.jobs.events import PostingsChanged
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.ids import new_id
from tests.factories.jobs import posting
from tests.factories.many import alike

LATEST, LONGEST = 1.0, 60.0
"""The bars: seconds from commit to the reader (p99), and of a snapshot of a million postings."""
POSTINGS, SECONDS, CHANGES_PER_SECOND = 1_000_000, 20.0, 50
# Further postings as copies of the demonstration's, each under its own id.
_COPIES = """
WITH few AS (
    SELECT row_number() OVER (ORDER BY position) - 1 AS n, body FROM changes_feeditem
    WHERE kind = 'job' AND body <> '' AND test_client_id IS NULL
),
     number AS (SELECT count(*) AS few FROM few)
INSERT INTO changes_feeditem (object_id, kind, position, change, reason, body, version, occurred_at, written_at)
SELECT id, 'job', %(first)s + new.n, 'upsert', '', '{"id":"' || id || substr(body, 44), 1, now(), now()
FROM (SELECT n, gen_random_uuid() AS id FROM generate_series(0, %(count)s - 1) AS n) AS new
JOIN number ON true JOIN few ON few.n = new.n %% number.few
"""
_BUILD = """
import django, json, resource, time
django.setup()
from jiuye.changes import snapshots
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
row = snapshots.get(snapshots.build())
seconds = time.perf_counter() - began
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([row.jobs, row.size, {name: file["size"] for name, file in row.files.items()}, seconds, before, after]))
"""


def measure(site: ApiSite, *, quick: bool = False) -> None:
    """Print the figures."""
    alike(posting(), 499, title=lambda n: f"第{n}号装配工")
    repair.compare()
    writer.drain()
    delays = _latency(site, 2 if quick else SECONDS)
    print(f"feed, commit to reader at {CHANGES_PER_SECOND}/s: {delays}   (bar: p99 {LATEST:.0f} s)", flush=True)
    _multiply(10_000 if quick else POSTINGS)
    _snapshot()
    _reading(site)


def _multiply(postings: int) -> None:
    present = FeedItem.objects.filter(kind="job", change="upsert").count()
    mark = FeedMark.objects.get()
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, {"first": mark.position + 1, "count": max(0, postings - present)})
        mark.position += max(0, postings - present)
        mark.save()
        cursor.execute("ANALYZE changes_feeditem")
    print(f"feed, {postings:,} postings made in {time.perf_counter() - began:.0f} s", flush=True)


def _snapshot() -> None:
    done = subprocess.run([sys.executable, "-c", _BUILD], check=True, capture_output=True, text=True)
    count, size, files, seconds, before, after = json.loads(done.stdout.splitlines()[-1])
    sizes = ", ".join(f"{name} {one / 1e6:,.0f} MB" for name, one in files.items())
    print(
        f"feed, snapshot of {count:,} postings: {seconds:.1f} s ({size / 1e6:,.0f} MB, {sizes}); "
        f"peak memory {after / 1024:,.0f} MB, {(after - before) / 1024:+,.0f} MB while writing   (bar: {LONGEST:.0f} s)",
        flush=True,
    )


def _reading(site: ApiSite) -> None:
    with httpx.Client(base_url=f"{site.origin}/api/v1", timeout=60) as client:
        after, count, began = "", 0, time.perf_counter()
        while count < 100_000:
            page = client.get("/changes", params={"limit": 1000} | ({"after": after} if after else {})).json()
            after, count = page["next"], count + len(page["items"])
            if not page["has_more"]:
                break
        took = time.perf_counter() - began
        print(f"feed, 1,000 a page: {count / took:,.0f} changes/s on one connection")
        now = client.get("/changes", params={"after": "now"}).json()["next"]
        times = []
        for _ in range(500):
            began = time.perf_counter()
            client.get("/changes", params={"after": now})
            times.append(time.perf_counter() - began)
        print(f"feed, asked without a change: {Figures(tuple(times))}")


def _latency(site: ApiSite, seconds: float) -> Figures:
    """Return the seconds from the commit of a change until a reader has it."""
    seen: dict[str, float] = {}
    stop = threading.Event()
    reader = threading.Thread(target=_read, args=(site, seen, stop))
    reader.start()
    try:
        _await(lambda: bool(_change(1 / CHANGES_PER_SECOND)) and bool(seen))
        made = _change(seconds)
        _await(lambda: all(not {*after}.isdisjoint(seen) for _, after in made))
    finally:
        stop.set()
        reader.join()
    # Of two changes of one posting within a moment a reader sees the second only: it has read the first, too.
    return Figures(tuple(min(seen[title] for title in after if title in seen) - moment for moment, after in made))


def _await(condition: Callable[[], bool]) -> None:
    """Wait until the worker is at work, or has done it."""
    for _ in range(240):
        if condition():
            return
        time.sleep(0.5)
    raise SystemExit("the changes were not read within two minutes")


def _change(seconds: float) -> list[tuple[float, list[str]]]:
    """Give open postings new titles at the rate. Return when each was committed, with the title and later ones of its posting."""
    chance = random.Random(1)
    live = FeedItem.objects.filter(change="upsert", kind="job", test_client_id=None)
    ids = list(live.order_by("position").values_list("pk", flat=True))
    titles: dict[UUID, list[str]] = {}
    made = []
    began = time.monotonic()
    for number in range(int(seconds * CHANGES_PER_SECOND)):
        time.sleep(max(0.0, began + number / CHANGES_PER_SECOND - time.monotonic()))
        posting_id, title = chance.choice(ids), f"装配工 {new_id()}"
        with transaction.atomic():
            row = JobPosting.objects.select_for_update(of=("self",)).get(pk=posting_id)
            row.title, row.version, row.updated_at = title, row.version + 1, clock.now()
            row.save(update_fields=["title", "version", "updated_at"])
            events.publish(Actor.system(), PostingsChanged([posting_id], "edit"))
        titles.setdefault(posting_id, []).append(title)
        made.append((time.monotonic(), posting_id, len(titles[posting_id]) - 1))
    return [(moment, titles[posting_id][index:]) for moment, posting_id, index in made]


def _read(site: ApiSite, seen: dict[str, float], stop: threading.Event) -> None:
    with httpx.Client(base_url=f"{site.origin}/api/v1", timeout=60) as client:
        after = client.get("/changes", params={"after": "now"}).json()["next"]
        while not stop.is_set():
            page = client.get("/changes", params={"after": after, "wait": 2, "limit": 1000}).json()
            moment = time.monotonic()
            for item in page["items"]:
                if item["job"]:
                    seen.setdefault(item["job"]["title"], moment)
            after = page["next"]
