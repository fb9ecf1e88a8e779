"""P7: applications submitted over HTTP to the real web process, against bare inserts of the same rows in the same run.

    ./jiuye bench apply [--rounds 3] [--applications 1500] [--clients 50]

Each round measures one after the other: clients that submit as fast as they are answered (the rate), and psycopg alone
writing the same rows on as many connections (the floor). Then the same clients submit at their own pace, half of the
rate, for the time that somebody waits who is not alone. In the end every acknowledged application must exist once.
"""

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode
from uuid import UUID, uuid4

import django

django.setup()

from _measuring import Figures, machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from jiuye.domains.accounts.models import Session
from jiuye.domains.accounts.session_store import PERSON, SessionStore
from jiuye.domains.applications.models import Application, ApplicationEvent
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.queries import blocks
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.runtime.up import web_command

HERE = Path(__file__).parent
HOST = "127.0.0.1"
CONNECTIONS_PER_WORKER = 4  # the threads of each worker (`config.asgi`), so what it uses of the pool
MOST_PER_PERSON = 40  # the site refuses more than 60 an hour, and the demonstration already has some


@dataclass(frozen=True)
class Wish:
    """An application to be sent: the session and the form's values."""

    session: str
    path: str
    body: dict[str, str]


@dataclass
class Client:
    """A browser with one persistent connection and its CSRF token."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    cookie: str = ""
    token: str = ""
    acknowledged: list[UUID] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    @classmethod
    async def open(cls, port: int, wish: Wish) -> "Client":
        """Connect and load the form, as a browser does first."""
        client = cls(*await asyncio.open_connection(HOST, port))
        head, page = await client._ask(f"GET {wish.path} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {wish.session}\r\n\r\n")
        if " 200 " not in head.split("\r\n", 1)[0]:
            raise RuntimeError(f"the form did not come: {head} {page[:2000]}")
        client.cookie = head.split("csrftoken=", 1)[1].split(";", 1)[0]
        client.token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
        return client

    async def submit(self, wish: Wish) -> None:
        """Send the form. Raises RuntimeError unless it is acknowledged."""
        body = urlencode(wish.body | {"csrfmiddlewaretoken": self.token})
        request = (
            f"POST {wish.path} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\n"
            f"Cookie: {wish.session}; csrftoken={self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        )
        began = time.perf_counter()
        head, page = await self._ask(request)
        self.times.append(time.perf_counter() - began)
        if " 302 " not in head.split("\r\n", 1)[0]:
            raise RuntimeError(f"not acknowledged: {head.splitlines()[0]} {page[:2000]}")
        self.acknowledged.append(UUID(head.split("location: /me/applications/", 1)[1].split("\r\n", 1)[0]))

    async def _ask(self, request: str) -> tuple[str, str]:
        self.writer.write(request.encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        if "transfer-encoding: chunked" in head.lower():
            return head, await self._chunks()
        length = int(head.lower().split("content-length: ", 1)[1].split("\r\n", 1)[0])
        return head, (await self.reader.readexactly(length)).decode()

    async def _chunks(self) -> str:
        body = b""
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            body += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readexactly(2)
        return body.decode()


def prepare(number: int) -> list[Wish]:
    """Return a session for each of the demonstration's people, and `number` applications that nobody has sent."""
    call_command("load_demo", size="tiny", verbosity=0)
    people = list(
        Resume.objects.filter(user__suspended_at=None, user__erased_at=None).values_list("user_id", flat=True)
    )
    store = SessionStore()
    keys = {person: store._get_new_session_key() for person in people}
    Session.objects.bulk_create(
        Session(
            session_key=key,
            session_data=store.encode({PERSON: str(person)}),
            person_id=person,
            expire_date=timezone.now() + timezone.timedelta(days=1),
            last_seen_at=timezone.now(),
        )
        for person, key in keys.items()
    )
    taken = set(Application.objects.values_list("applicant_id", "posting_id"))
    postings = list(
        JobPosting.objects.filter(state="published", valid_through__gt=timezone.localdate(), agency__is_listed=True)
        .order_by("id")
        .values_list("id", "agency_id", "agency__legal_name", "employer_id", "employer__legal_name")
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    chance = random.Random(20261123)
    wishes = [
        _wish(keys[person], posting, agency, employer)
        for person in people
        for posting, agency, agency_name, employer, employer_name in chance.sample(postings, MOST_PER_PERSON)
        if (person, posting) not in taken
        and not blocks.covering(person, {agency: agency_name, employer: employer_name})
    ]
    if len(wishes) < number:
        raise SystemExit(f"the demonstration has room for {len(wishes)} applications, not for {number}")
    chance.shuffle(wishes)
    return wishes[:number]


def _wish(session: str, posting: UUID, agency: UUID, employer: UUID) -> Wish:
    body = {"key": uuid4().hex, f"consent_{agency}": "on", f"consent_{employer}": "on"}
    return Wish(f"jiuye_session={session}", f"/jobs/{posting}/apply", body)


@contextmanager
def serving() -> Iterator[int]:
    """Run the web process as `up` starts it. Yield its port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    log = Path(os.environ["DATA_DIR"]) / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(web_command(port), stdout=output, stderr=output)
    try:
        for _ in range(300):
            try:
                socket.create_connection((HOST, port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    except Exception:
        print(log.read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        process.terminate()
        process.wait()


async def load(
    port: int, wishes: Sequence[Wish], clients: int, pause: float = 0.0
) -> tuple[float, Figures, list[UUID]]:
    """Send everything. Return applications per second, their times, and the acknowledged ids. `pause`: seconds between
    those of one client.
    """
    opened = [await Client.open(port, wishes[0]) for _ in range(clients)]
    shares = [wishes[number::clients] for number in range(clients)]

    async def go(client: Client, share: Sequence[Wish], delay: float) -> None:
        due = time.perf_counter() + delay
        for wish in share:
            if pause:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                due += pause
            await client.submit(wish)

    began = time.perf_counter()
    await asyncio.gather(
        *(go(client, share, pause * n / clients) for n, (client, share) in enumerate(zip(opened, shares, strict=True)))
    )
    seconds = time.perf_counter() - began
    for client in opened:
        client.writer.close()
    times = Figures(tuple(one for client in opened for one in client.times))
    return len(wishes) / seconds, times, [one for client in opened for one in client.acknowledged]


def bare(number: int, workers: int) -> float:
    """Return transactions per second of psycopg alone in `workers` processes, with as many connections in total as the site has."""
    connections = CONNECTIONS_PER_WORKER * len(os.sched_getaffinity(0))
    arguments = [str(number // workers), str(connections // workers)]
    processes = [
        subprocess.Popen(
            [sys.executable, str(HERE / "_bare_inserts.py"), *arguments, str(share), str(workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in range(workers)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return sum(float(process.communicate()[0]) for process in processes)


def check(acknowledged: Sequence[UUID]) -> str:
    """Raises SystemExit unless each acknowledged application exists once, with its timeline, event, job and audit entry."""
    wanted = set(acknowledged)
    names = {str(one) for one in wanted}
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'event_id' FROM procrastinate_jobs WHERE task_name = 'deliver_event'")
        jobs = [row[0] for row in cursor.fetchall()]
    events = {
        str(identifier): application
        for identifier, application in EventRecord.objects.values_list("id", "payload__application_id")
        if application in names
    }
    found = {
        "applications": Application.objects.filter(pk__in=wanted).count(),
        "timeline entries": ApplicationEvent.objects.filter(application_id__in=wanted, verb="submit").count(),
        "events": len(events),
        "jobs": sum(job in events for job in jobs),
        "audit entries": AuditEntry.objects.filter(action="application.submit", subject_id__in=names).count(),
    }
    wrong = {name: number for name, number in found.items() if number != len(acknowledged)}
    if len(wanted) != len(acknowledged) or wrong or len(set(events.values())) != len(wanted):
        raise SystemExit(f"LOST OR DOUBLED: {len(acknowledged)} acknowledged, {len(wanted)} ids, {found}")
    return f"{len(acknowledged)} acknowledged, every one there once with timeline entry, event, job and audit entry"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--applications", type=int, default=1500)
    parser.add_argument("--clients", type=int, default=50)
    chosen = parser.parse_args()
    number = chosen.applications
    wishes = prepare(number * (chosen.rounds + 1) + 300)
    acknowledged: list[UUID] = []
    rates, one, several = [], [], []
    workers = len(os.sched_getaffinity(0))
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')")
        durable = ", ".join(f"{name} {value}" for name, value in cursor.fetchall())
    print(machine())
    print(f"PostgreSQL {connection.pg_version // 10000}, {durable}; {chosen.clients} clients")
    with serving() as port:
        acknowledged += asyncio.run(load(port, wishes[:300], chosen.clients))[2]
        for turn in range(chosen.rounds):
            mine = wishes[300 + turn * number :][:number]
            rate, times, ids = asyncio.run(load(port, mine, chosen.clients))
            acknowledged += ids
            rates.append(rate)
            one.append(rate / bare(number, 1))
            several.append(rate / bare(number, workers))
            print(
                f"HTTP {rate:5.0f}/s {times}; of psycopg alone: {one[-1]:.0%} of one process, "
                f"{several[-1]:.0%} of {workers} processes",
                flush=True,
            )
        pace = median(rates) / 2
        rate, times, ids = asyncio.run(load(port, wishes[-number:], chosen.clients, chosen.clients / pace))
        acknowledged += ids
        print(f"at half of that pace: HTTP {rate:5.0f}/s {times}")
    print(
        f"P7, median of {chosen.rounds} rounds: {median(one):.0%} of psycopg in one process, {median(several):.0%} in "
        f"{workers} (target 40 %)"
    )
    print(check(acknowledged))


if __name__ == "__main__":
    main()
