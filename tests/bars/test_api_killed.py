"""kill -9 of the site and of the worker while an agency's program writes postings (R1): with the program's retries each
posting is there once, each effect happened once, and a request sent again has the first answer.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Any

import httpx
import psycopg
import pytest
from django.db import connection
from jiuye_client import Client, Conflict

from jiuye.changes.models import FeedItem, PendingItem
from jiuye.domains.jobs.models import JobPosting
from jiuye.kernel import clock
from jiuye.kernel.models import AuditEntry, EventRecord
from jiuye.runtime.processes import wait_until
from jiuye.runtime.supervision import Child, Supervisor
from jiuye.runtime.up import web_command
from jiuye.webhooks.models import Attempt, Message
from tests.factories import api_bodies, clients, databases, organisations, reference, webhooks
from tests.factories.sandbox import free_port
from tests.factories.webhooks import Received, Receiver, Reply

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PATIENCE = 60.0  # a limit for a busy machine, not a measure
SIZE = 15


class Line(httpx.BaseTransport):
    """The connection of a program. The next answer is lost after it came if `loses` is set, which is called then."""

    def __init__(self, *, same_key: bool = True) -> None:
        self._wire = httpx.HTTPTransport()
        self._same_key = same_key
        self.loses: Callable[[], object] | None = None
        self.lost = 0
        self.key = ""
        self.is_replay = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._same_key:
            del request.headers["Idempotency-Key"]
        self.key = request.headers.get("Idempotency-Key", "")
        try:
            answer = self._wire.handle_request(request)
            answer.read()
        except httpx.TransportError:
            self.lost += 1
            raise
        if answer.is_success and (loses := self.loses):
            self.loses = None
            self.lost += 1
            loses()
            raise httpx.ReadError("the answer is lost")
        self.is_replay = answer.headers.get("Idempotent-Replayed") == "true"
        return answer

    def close(self) -> None:
        self._wire.close()


@dataclass
class Program:
    """A program that writes postings and keeps what it sent, with which key, and what it was told."""

    api: Client
    line: Line
    write: Callable[[Client, list[dict[str, Any]], str | None], Any]
    done: list[tuple[list[dict[str, Any]], str, Any]] = field(default_factory=list)
    replayed: int = 0

    def send(self, *requests: list[dict[str, Any]]) -> None:
        """Write these, one request after the other."""
        for bodies in requests:
            told = self.write(self.api, bodies, None)
            self.done.append((bodies, self.line.key, told))
            self.replayed += self.line.is_replay


def in_a_batch(api: Client, bodies: list[dict[str, Any]], key: str | None) -> Any:
    return api.batch_agency_jobs({"items": bodies}, idempotency_key=key)


def alone(api: Client, bodies: list[dict[str, Any]], key: str | None) -> Any:
    return api.create_agency_job(bodies[0], idempotency_key=key)


@dataclass
class Site:
    """The site and the worker as supervised processes on this test's database."""

    origin: str
    supervisor: Supervisor
    web: Child
    worker: Child
    kills: Counter[str] = field(default_factory=Counter)

    def kill(self, child: Child) -> None:
        """kill -9 of a process and of all that it started."""
        assert child.pid
        os.killpg(child.pid, signal.SIGKILL)
        self.kills[child.name] += 1

    def until(self, holds: Callable[[], bool]) -> None:
        """Keep the processes running until this holds."""

        def look() -> bool:
            self.supervisor.tend()
            return holds()

        assert wait_until(look, seconds=PATIENCE), self.said()

    def said(self) -> list[str]:
        """The ends of the logs, for failures."""
        return [child.log.read_text()[-2000:] for child in (self.web, self.worker) if child.log.exists()]

    def answers(self) -> bool:
        """Whether the site is ready."""
        try:
            return httpx.get(f"{self.origin}/readyz", timeout=5).is_success
        except httpx.TransportError:
            return False


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    """The site, ready; the worker is not started."""
    port = free_port()
    origin = f"http://127.0.0.1:{port}"
    (tmp_path / "data").mkdir()
    environment = os.environ | {
        "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
        "DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "jiuye.config.settings",
        "SITE_URL": origin,
    }
    supervisor = Supervisor(lambda line: None)
    web = Child("web", web_command(port), environment=environment, log=tmp_path / "web.log")
    worker_command = [web_command(port)[0], "-m", "jiuye.worker"]
    worker = Child("worker", worker_command, environment=environment, log=tmp_path / "worker.log")
    made = Site(origin, supervisor, web, worker)
    try:
        supervisor.start(web)
        made.until(made.answers)
        yield made
    finally:
        supervisor.stop()


@pytest.fixture
def caller() -> clients.Caller:
    """A client of an agency, its rows committed."""
    reference.occupation(reference.WELDER)  # what the titles say
    made = clients.caller()
    organisations.employer(named_by=made.agency, credit_code=made.agency.credit_code)  # it recruits for itself
    return made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver of the agency's webhooks."""
    with webhooks.receiver() as made:
        yield made


@contextmanager
def program(
    site: Site, caller: clients.Caller, write: Callable[..., Any], *, same_key: bool = True
) -> Iterator[Program]:
    """A program that tries again for as long as the site needs to be back."""
    line = Line(same_key=same_key)
    with Client(
        site.origin, caller.key, on_behalf_of=caller.member_id, attempts=60, transport=line,
        sleep=lambda seconds: sleep(min(seconds, 1)),
    ) as api:  # fmt: skip
        yield Program(api, line, write)


@contextmanager
def postings_locked() -> Iterator[Callable[[], int]]:
    """Nobody can write postings within the block; yield a look at how many transactions wait for it."""
    dsn = databases.address(str(connection.settings_dict["NAME"]))
    with psycopg.connect(dsn) as holder, psycopg.connect(dsn, autocommit=True) as looker:
        holder.execute("LOCK TABLE jobs_jobposting IN EXCLUSIVE MODE")

        def waiting() -> int:
            query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'jobs_jobposting'::regclass"
            return int(looker.execute(query).fetchall()[0][0])

        yield waiting
        holder.rollback()


def job(title: str, number: str = "") -> dict[str, Any]:
    """A posting to publish at once."""
    return api_bodies.posting(external_id=number, title=title, publish=True)


def batches(name: str, count: int) -> list[list[dict[str, Any]]]:
    return [[job(f"焊工{name}{at}-{one}", f"{name}{at}-{one}") for one in range(SIZE)] for at in range(count)]


def singles(name: str, count: int) -> list[list[dict[str, Any]]]:
    return [[job(f"焊工{name}{at}号")] for at in range(count)]


def check_once_each(*programs: Program) -> None:
    """Each posting that was sent is there exactly once, as its program was told. Raises AssertionError."""
    sent = [body["title"] for one in programs for bodies, _, _ in one.done for body in bodies]
    stored = dict(JobPosting.objects.values_list("id", "title"))
    assert Counter(stored.values()) == Counter(sent)
    assert set(Counter(sent).values()) == {1}
    told: dict[str, str] = {}
    for one in programs:
        for bodies, _, answer in one.done:
            results = answer.get("results", [answer])
            assert {result["result"] for result in results} == {"created"}
            assert {result["state"] for result in results} == {"published"}
            told |= {result["id"]: body["title"] for result, body in zip(results, bodies, strict=True)}
    assert told == {str(pk): title for pk, title in stored.items()}


def published() -> list[str]:
    """The ids of postings that events tell of, as often as they do."""
    payloads = EventRecord.objects.filter(name="PostingsChanged").values_list("payload", flat=True)
    return [one for told in payloads for one in told["posting_ids"]]


def test_each_posting_is_there_once_whatever_was_killed(site: Site, caller: clients.Caller, receiver: Receiver) -> None:
    endpoint = webhooks.endpoint(receiver.url, agency=caller.agency)
    with (
        ThreadPoolExecutor(2) as pool,
        program(site, caller, in_a_batch) as bulk,
        program(site, caller, alone) as single,
    ):

        def finished(*running: Future[None]) -> None:
            site.until(lambda: all(one.done() for one in running))
            for one in running:
                one.result()

        # In the middle of both transactions.
        with postings_locked() as waiting:
            running = [pool.submit(bulk.send, *batches("甲", 2)), pool.submit(single.send, *singles("甲", 3))]
            site.until(lambda: waiting() == 2 or any(one.done() for one in running))
            assert waiting() == 2
            site.kill(site.web)
        finished(*running)
        assert (bulk.line.lost, single.line.lost) >= (1, 1)

        # After the commit, before the program has the answer: of a batch, then of a single posting.
        for victim, name in [(bulk, "乙"), (single, "丙")]:
            victim.line.loses = lambda: site.kill(site.web)
            finished(
                pool.submit(bulk.send, *batches(name, 2)),
                pool.submit(single.send, *singles(name, 3)),
            )
            assert victim.replayed
        check_once_each(bulk, single)

        # The worker, at the first delivery, before it is written down.
        def die_at_the_first(request: Received) -> Reply:
            if not site.kills["worker"]:
                site.kill(site.worker)
            return Reply()

        receiver.answer = die_at_the_first
        site.supervisor.start(site.worker)
        site.until(lambda: site.kills["worker"] == 1)
        # What the dead process had taken would be due in a minute.
        Message.objects.filter(state="pending").update(due_at=clock.real_now())
        site.until(lambda: not PendingItem.objects.exists() and not Message.objects.exclude(state="delivered").exists())
        for one in (bulk, single):
            for bodies, key, told in one.done:
                assert one.write(one.api, bodies, key) == told
                assert one.line.is_replay
        check_once_each(bulk, single)

    assert site.kills == {"web": 3, "worker": 1}
    ids = sorted(map(str, JobPosting.objects.values_list("id", flat=True)))
    assert sorted(published()) == ids
    assert AuditEntry.objects.filter(action="posting.create").count() == len(ids)
    assert sorted(map(str, FeedItem.objects.filter(kind="job").values_list("object_id", flat=True))) == ids
    messages = Message.objects.filter(endpoint=endpoint)
    assert sorted(map(str, messages.filter(type="job.published").values_list("subject_id", flat=True))) == ids
    assert Attempt.objects.count() == messages.count()
    received = {one.headers["webhook-id"] for one in receiver.received}
    assert received == {f"msg_{pk.hex}" for pk in messages.values_list("id", flat=True)}


@pytest.mark.parametrize("same_key", [True, False])
def test_only_the_key_keeps_a_lost_answer_from_doubling_a_posting(
    site: Site, caller: clients.Caller, same_key: bool
) -> None:
    """A colleague corrects the posting before the program tries again: its content no longer tells that it is the same.

    Without the key the posting is doubled: the check above can fail.
    """
    with program(site, caller, alone, same_key=same_key) as single, program(site, caller, alone) as colleague:

        def correct() -> None:
            (mine,) = colleague.api.list_agency_jobs()["items"]
            colleague.api.patch_agency_job(mine["id"], {"headcount": 3})

        single.line.loses = correct
        single.send(*singles("甲", 1))
        if same_key:
            check_once_each(single)
        else:
            with pytest.raises(AssertionError):
                check_once_each(single)
            assert JobPosting.objects.count() == 2
            single.line.loses = lambda: None
            with pytest.raises(Conflict):  # not changed meanwhile, it is recognised, and the program has no answer
                single.send(*singles("乙", 1))
