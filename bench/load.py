"""Mixed traffic through nginx: browse 90 %, API 5 %, staff 3 %, apply 2 %; errors, times, memory of each process.

    ./jiuye bench load [--minutes 30] [--rate 30] [--clients 40] [--slow 1000]

The platform runs as `./jiuye up` starts it, behind Debian's nginx with deploy/nginx (apt-get install nginx). Requests are
sent when they are due, whether or not earlier ones were answered; a time counts from then. `--slow`: as many connections
send a form byte by byte meanwhile. Limit: errors < 0.01 %; with slow connections the p95 of good clients ≤ 500 ms.
"""

import argparse
import asyncio
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import django

django.setup()

import httpx
import psutil
from _api_site import ApiCaller, api_caller
from _load_clients import NAME, Browser, Tally, at_pace, send_slowly
from _measuring import Figures, machine
from apply import Wish, prepare
from django.utils import timezone

from jiuye.domains.accounts.models import Session
from jiuye.domains.accounts.session_store import PERSON, SessionStore
from jiuye.domains.accounts.sessions import SECOND_FACTOR
from jiuye.domains.jobs.models import JobPosting
from jiuye.runtime import nginx
from jiuye.runtime.up import web_command

WORDS = ("普工", "保洁", "司机", "电焊工", "会计", "客服", "保安", "护理", "厨师", "文员")
SHARES = {"browse": 90, "api": 5, "staff": 3, "apply": 2}
ORIGIN = f"https://{NAME}"
STAFF = ("/agency", "/agency/jobs", "/agency/applications", "/agency/shop")


@dataclass(frozen=True)
class World:
    """What the clients know of the site."""

    pages: Sequence[str]
    wishes: list[Wish]
    caller: ApiCaller
    staff: str


def make_world(applications: int) -> World:
    """Load the demonstration; return what can be asked of it."""
    wishes = prepare(applications)
    caller = api_caller(1)
    store = SessionStore()
    key, moment = store._get_new_session_key(), timezone.now()
    person = caller.actor.person_id
    Session.objects.create(
        session_key=key,
        session_data=store.encode({PERSON: str(person), SECOND_FACTOR: moment.isoformat()}),
        person_id=person,
        expire_date=moment + timezone.timedelta(days=1),
        last_seen_at=moment,
    )
    jobs = JobPosting.objects.filter(state="published", valid_through__gt=timezone.localdate())[:200]
    lists = [f"/jobs?{urlencode({'q': word})}" for word in WORDS] * 4
    pages = ["/", "/jobs", "/agencies", "/fairs", "/policies", *lists, *(f"/jobs/{job.id}" for job in jobs)]
    return World(pages, wishes, caller, f"jiuye_session={key}")


class Visitor:
    """A browser that does what the shares say."""

    def __init__(self, world: World, port: int, number: int) -> None:
        self._world = world
        self._chance = random.Random(number)
        self._browser = Browser(port, number)

    async def act(self) -> tuple[str, str]:
        """Do one thing. Return its kind, and what failed."""
        kind = self._chance.choices(tuple(SHARES), tuple(SHARES.values()))[0]
        if kind == "apply" and not self._world.wishes:
            kind = "browse"
        return kind, await {"browse": self._browse, "api": self._api, "staff": self._staff, "apply": self._apply}[
            kind
        ]()

    async def _browse(self) -> str:
        return self._told((await self._browser.ask("GET", self._chance.choice(self._world.pages)))[0])

    async def _api(self) -> str:
        query = urlencode({"q": self._chance.choice(WORDS), "size": 20})
        if self._chance.random() < 0.5:
            return self._told((await self._browser.ask("GET", f"/api/v1/jobs?{query}"))[0])
        return self._told((await self._browser.ask("GET", "/api/v1/agency/jobs", **self._world.caller.headers))[0])

    async def _staff(self) -> str:
        path = self._chance.choice(STAFF)
        return self._told((await self._browser.ask("GET", path, Cookie=self._world.staff))[0])

    async def _apply(self) -> str:
        wish = self._world.wishes.pop()
        status, head, page = await self._browser.ask("GET", wish.path, Cookie=wish.session)
        if status != 200:
            return f"form {status}"
        cookie = head.partition("csrftoken=")[2].split(";", 1)[0]
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        body = urlencode({**wish.body, "csrfmiddlewaretoken": found[1] if found else ""})
        headers = {
            "Cookie": f"{wish.session}; csrftoken={cookie}",
            "Origin": ORIGIN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._told((await self._browser.ask("POST", wish.path, body, **headers))[0], 302)

    @staticmethod
    def _told(status: int, wanted: int = 200) -> str:
        return "" if status == wanted else str(status)


@contextmanager
def serving(port: int, folder: Path) -> Iterator[dict[str, int]]:
    """Run web process, worker and nginx on `port`. Yield their names and process ids."""
    site, plain = _free(), _free()
    environment = os.environ | {
        "SITE_URL": ORIGIN,
        "ALLOWED_HOSTS": f'["{NAME}"]',
        "TRUSTED_PROXIES": '["127.0.0.0/8"]',
        "SECURE_PROXY_HEADER": "X-Forwarded-Proto=https",
        "API_REQUESTS_PER_MINUTE": "1000000",
        "CHANNEL_REQUESTS_PER_MINUTE": "1000000",
    }
    static = Path(__file__).parents[1] / ".jiuye" / "static"
    changes = {"/opt/jiuye/.jiuye/static/": f"{static}/"}
    main = nginx.prepare(folder, port=port, plain=plain, site=site, changes=changes)
    commands = {
        "web": web_command(site),
        "worker": [sys.executable, "-m", "jiuye.worker"],
        "nginx": [str(nginx.PROGRAM), "-c", str(main), "-g", "daemon off;"],
    }
    with (folder / "processes.log").open("wb") as log:
        running = {
            name: subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            for name, command in commands.items()
        }
    try:
        _await_site(site)
        yield {name: process.pid for name, process in running.items()}
    finally:
        for process in reversed(running.values()):
            process.terminate()
        for process in running.values():
            process.wait(30)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _await_site(port: int) -> None:
    """Wait until the site answers and the worker has built the index."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            found = httpx.get(f"http://127.0.0.1:{port}/api/v1/jobs?size=1", headers={"Host": NAME}, timeout=20)
            if found.json().get("total"):
                return
        except (httpx.HTTPError, ValueError):
            pass
        time.sleep(0.5)
    raise SystemExit("the site did not start, or has no jobs")


def memory(processes: dict[str, int]) -> str:
    """Return the resident memory of each process with its children, in MB."""
    found = {}
    for name, pid in processes.items():
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        found[name] = sum(one.memory_info().rss for one in tree) // 1024 // 1024
    return ", ".join(f"{name} {size} MB" for name, size in found.items())


def paced(rate: float, seconds: float) -> Callable[[], float | None]:
    """Return a function that hands out the moments of all requests, to any client that is free."""
    began, given = time.perf_counter() + 1, 0

    def due() -> float | None:
        nonlocal given
        given += 1
        moment = began + given / rate
        return moment if moment < began + seconds else None

    return due


async def drive(world: World, port: int, chosen: argparse.Namespace, processes: dict[str, int]) -> Tally:
    """Send everything, and tell the memory each minute."""
    tally, seconds = Tally(), chosen.minutes * 60
    slow = [asyncio.ensure_future(send_slowly(port, number)) for number in range(chosen.slow)]
    due = paced(chosen.rate, seconds)
    visitors = [
        asyncio.ensure_future(at_pace(due, Visitor(world, port, number).act, tally)) for number in range(chosen.clients)
    ]
    everything = asyncio.gather(*visitors)
    minute = 0
    while not everything.done():
        print(f"minute {minute}: {memory(processes)}; {sum(map(len, tally.times.values()))} requests", flush=True)
        minute += 1
        await asyncio.wait([everything], timeout=60)
    for one in slow:
        one.cancel()
    print(f"end: {memory(processes)}")
    return tally


def report(tally: Tally, slow: int) -> int:
    """Print the figures. Return 1 if a limit is exceeded."""
    everything = Figures(tuple(one for times in tally.times.values() for one in times))
    for kind, times in {**tally.times, "all": list(everything.times)}.items():
        p50, p95, p99 = (1000 * Figures(tuple(times)).percentile(share) for share in (0.5, 0.95, 0.99))
        print(f"{kind:10} {len(times):7} requests   p50 {p50:7.1f}  p95 {p95:7.1f}  p99 {p99:7.1f} ms")
    failed = sum(tally.failed.values())
    print(f"errors: {failed} of {len(everything.times)} ({100 * failed / len(everything.times):.4f} %) {tally.failed}")
    too_slow = bool(slow) and everything.percentile(0.95) > 0.5
    return int(failed / len(everything.times) >= 0.0001 or too_slow)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=30)
    parser.add_argument("--clients", type=int, default=40)
    parser.add_argument("--slow", type=int, default=0)
    chosen = parser.parse_args()
    if nginx.PROGRAM is None:
        raise SystemExit("nginx is not installed: apt-get install nginx")
    print(f"{machine()}\n{chosen.rate:g} requests/s for {chosen.minutes:g} min, {chosen.slow} slow connections")
    port = _free()
    applications = min(1500, round(chosen.minutes * 60 * chosen.rate * SHARES["apply"] / 100 * 1.3) + 10)
    world = make_world(applications)
    folder = Path(os.environ["DATA_DIR"]) / "front"
    folder.mkdir()
    with serving(port, folder) as processes:
        tally = asyncio.run(drive(world, port, chosen, processes))
    return report(tally, chosen.slow)


if __name__ == "__main__":
    sys.exit(main())
