"""One run: clients and kills, then peace, then the comparison. Import it after `django.setup()`."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from django.db import connection

from bench._faults import cast as casting
from bench._faults.comparison import compare
from bench._faults.killer import Killer
from bench._faults.ledger import Ledger
from bench._faults.people import Seeker
from bench._faults.programs import API, Follower, Program
from bench._faults.site import Site
from bench._faults.staff import Clerk, Importer
from bench._faults.table import Evidence, Line
from bench._faults.wire import Weather, Wire
from jiuye.kernel import clock
from jiuye.worker.handlers import HANDLERS
from tests.factories import webhooks

_PATIENCE = 240.0
_WAITING = """
SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' OR status = 'todo'
        AND (scheduled_at IS NULL OR scheduled_at < now() + interval '30 seconds')),
       (SELECT count(*) FROM search_pendingchange), (SELECT count(*) FROM changes_pendingitem),
       (SELECT count(*) FROM webhooks_message WHERE state = 'pending')
"""


@dataclass(frozen=True)
class Wish:
    """What is asked of a run. `clients`: about a third are seekers, a third staff, a third programs."""

    kills: int
    seconds: float
    clients: int
    seed: int
    kinds: tuple[str, ...]
    lost: float
    drained: float
    """The bar: seconds from the last kill until nothing waits any more."""


def run(site: Site, folder: Path, wish: Wish) -> list[Line]:
    """Return the table of a run on this site."""
    chance = random.Random(wish.seed)
    ledger, weather = Ledger(folder / "ledger.jsonl"), Weather(threading.Event(), wish.lost)
    with webhooks.receiver() as receiver:
        clients, follower = _clients(site, folder, wish, ledger, weather, receiver.url)
        connection.close()
        killer = Killer(site, wish.kills, wish.seconds, chance, wish.kinds)
        failures = _together(clients, killer, weather)
        site.await_ready()
        drained = _drained(killer.last_at)
        print(_summary(ledger, weather, killer, drained), flush=True)
        follower.catch_up()
        evidence = Evidence(ledger, receiver.received, set(follower.copy), list(_listed(site)))
        lines = compare(evidence)
    ledger.close()
    late = [] if drained <= wish.drained else [f"{drained:.0f} s after the last kill, not {wish.drained:.0f}"]
    errors = [f"500: {count} × {what}" for what, count in weather.errors.most_common()]
    lines += [
        Line("clients that broke off", wish.clients, failures),
        Line("seconds until all was done", int(drained), late),
    ]
    return [*lines, Line("answers", sum(weather.statuses.values()), errors)]


def _clients(
    site: Site, folder: Path, wish: Wish, ledger: Ledger, weather: Weather, hooks: str
) -> tuple[list[Callable[[Weather], None]], Follower]:
    """Return what each client does, and the one that follows the changes. Seekers, staff and programs take turns."""
    seekers = max(1, wish.clients // 3)
    programs = max(2, wish.clients // 3)
    staff = max(2, wish.clients - seekers - programs)
    cast = casting.assemble(seekers, 30, staff, programs, hooks)

    def wire(name: str) -> tuple[Wire, random.Random]:
        chance = random.Random(f"{wish.seed} {name}")
        return Wire(name, site.origin, ledger, weather, chance), chance

    made: list[Callable[[Weather], None]] = []
    for number in range(seekers):
        line, chance = wire(f"seeker {number}")
        made.append(Seeker(number, line, cast, chance).run)
    for number in range(staff - 1):
        line, chance = wire(f"clerk {number}")
        made.append(Clerk(number, line, cast, chance).run)
    line, chance = wire("importer")
    made.append(Importer(staff - 1, line, cast, chance, folder).run)
    for number in range(programs - 1):
        line, chance = wire(f"program {number}")
        made.append(Program(number, line, cast, chance).run)
    follower = Follower(programs - 1, wire("follower")[0], cast)
    return [*made, follower.run], follower


def _together(clients: list[Callable[[Weather], None]], killer: Killer, weather: Weather) -> list[str]:
    """Run all clients until the kills are over. Return what made clients break off."""
    failures: list[str] = []
    with ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(client, weather) for client in clients]
        try:
            time.sleep(3)  # some applications, before the first kill
            killer.run(weather.stop)
        finally:
            weather.stop.set()
        failures += [repr(error) for one in running if (error := one.exception())]
    return failures


def _drained(since: float) -> float:
    """Wait until nothing waits. Return the seconds since the last kill."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if not any(_left()):
                break
        except Exception:
            connection.close()
        time.sleep(0.3)
    return time.monotonic() - since


def _left() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        waiting = tuple(cursor.fetchone())
        wanted = [(name, len(handlers)) for name, handlers in HANDLERS.items()]
        cursor.execute(
            "SELECT count(*) FROM kernel_event e JOIN unnest(%s::text[], %s::int[]) AS h (name, n) ON h.name = e.name "
            "WHERE (SELECT count(*) FROM kernel_eventdelivery d WHERE d.event_id = e.id) < h.n",
            [[name for name, _ in wanted], [number for _, number in wanted]],
        )
        return (*waiting, cursor.fetchone()[0])


def _summary(ledger: Ledger, weather: Weather, killer: Killer, drained: float) -> str:
    asked = len(ledger.entries)
    done = sum(one.status is not None for one in ledger.entries)
    lost = sum(one.lost for one in ledger.entries)
    ready = sorted(killer.ready) or [0.0]
    kills = ", ".join(f"{kind} {count}" for kind, count in sorted(killer.site.kills.items()))
    return (
        f"\n{sum(killer.site.kills.values())} kills: {kills}\n"
        f"{asked:,} requests in the ledger, {done:,} acknowledged, {lost:,} sendings without an answer; "
        f"answers {dict(sorted(weather.statuses.items()))}\n"
        f"ready again after a kill: median {ready[len(ready) // 2]:.1f} s, worst {ready[-1]:.1f} s; "
        f"all done {drained:.1f} s after the last kill ({clock.now():%Y-%m-%d %H:%M} UTC)"
    )


def _listed(site: Site) -> Iterator[UUID]:
    """Yield the ids of the whole list of jobs, page by page."""
    asked: dict[str, Any] = {"size": 50, "sort": "newest"}
    while True:
        page = httpx.get(f"{site.origin}{API}/jobs", params=asked, timeout=30).raise_for_status().json()
        yield from (UUID(one["id"]) for one in page["items"])
        if not page["next_cursor"]:
            return
        asked["cursor"] = page["next_cursor"]


@contextmanager
def closed_afterwards() -> Iterator[None]:
    """Close our connections to the database at the end, so that it can stop."""
    try:
        yield
    finally:
        connection.close()
        pool = getattr(connection, "pool", None)
        if pool:
            connection.close_pool()  # type: ignore[attr-defined]
