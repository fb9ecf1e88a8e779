"""Webhooks for `bench api`: deliveries a second to a local receiver, and the time from an event to its first attempt.

The receiver is a process of its own. Its times are from `timestamp` in the payload, which is before the commit, to the
request's arrival. Also compared: what a call costs with each HTTP client.
"""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

import django
import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
django.setup()

from _measuring import Figures, machine
from django.db import transaction

from jiuye.adapters.webhooks_http import HttpWebhookSender
from jiuye.domains.clients.events import QuotaNear
from jiuye.kernel import clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.events import Delivered, Event
from jiuye.kernel.ids import new_id
from jiuye.ports.webhooks import Call
from jiuye.webhooks.delivery import Dispatcher
from jiuye.webhooks.models import Endpoint
from jiuye.webhooks.queue import Told, tell
from tests.factories import organisations, webhooks

NEEDS_SITE = False
LEAST_RATE, LATEST = 500, 2.0
"""The bars: deliveries a second, and seconds to the first attempt (p99)."""
DELIVERIES, EVENTS_A_SECOND, SECONDS, CALLS = 3_000, 50, 15, 1_000
_ANSWER = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n"


class _Receiving(asyncio.Protocol):
    """Answers 204 to each request and notes its delay."""

    delays: list[float]

    def __init__(self, delays: list[float]) -> None:
        self.delays, self._left = delays, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._left += data
        while b"\r\n\r\n" in self._left:
            head, _, rest = self._left.partition(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            if len(rest) < length:
                return
            body, self._left = rest[:length], rest[length:]
            told = body.partition(b'"timestamp":"')[2][:27].decode()
            if told:
                self.delays.append(time.time() - datetime.fromisoformat(told).timestamp())
            self._transport.write(_ANSWER)


def _receive(parent: Connection) -> None:
    """Run the receiver: send its port, and the delays so far for each message from the parent."""
    delays: list[float] = []

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Receiving(delays), "127.0.0.1", 0)
        parent.send(server.sockets[0].getsockname()[1])
        while await loop.run_in_executor(None, parent.recv):
            parent.send(list(delays))
            delays.clear()

    with suppress(EOFError):
        asyncio.run(serve())


@contextmanager
def receiver() -> Iterator[tuple[str, Connection]]:
    """Run a receiver within the block; yield its URL and the connection that gives its delays."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_receive, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/hooks", ours
    finally:
        process.terminate()


def agency_with(url: str, endpoints: int) -> UUID:
    """Create an agency with endpoints at the receiver."""
    agency = organisations.agency()
    for _ in range(endpoints):
        webhooks.endpoint(url, agency=agency)
    return agency.id


def rate(url: str, endpoints: int) -> tuple[float, float]:
    """Return the deliveries a second of one dispatcher, and the CPU time of one in its process, in milliseconds."""
    agency_id = agency_with(url, endpoints)
    told = [
        Told("job.changed", new_id(), {"job_id": new_id(), "external_id": ""}) for _ in range(DELIVERIES // endpoints)
    ]
    tell(agency_id, told, Delivered(new_id(), Event(), Actor.system(), clock.now()))
    dispatcher = Dispatcher()
    started, before = time.perf_counter(), time.process_time()
    dispatcher.drain(120)
    taken, used = time.perf_counter() - started, time.process_time() - before
    dispatcher.close()
    Endpoint.objects.filter(agency_id=agency_id).update(deleted_at=clock.now())
    return DELIVERIES / taken, used / DELIVERIES * 1000


def first_attempts(url: str, delays: Connection) -> tuple[Figures, float]:
    """Return the times from event to receiver while a worker runs and events happen at an even pace, and the worker's CPU time
    of an event, in milliseconds.
    """
    agency_id = agency_with(url, 1)
    worker = subprocess.Popen([sys.executable, "-m", "jiuye.worker"], env=os.environ)
    try:
        _happen(agency_id)
        ready = time.monotonic() + 60
        while not _delays(delays) and time.monotonic() < ready:
            time.sleep(0.2)
        before = _cpu_of(worker.pid)
        started = time.monotonic()
        for number in range(EVENTS_A_SECOND * SECONDS):
            threading.Event().wait(max(0.0, started + number / EVENTS_A_SECOND - time.monotonic()))
            _happen(agency_id)
        found, patience = _delays(delays), time.monotonic() + 60
        while len(found) < EVENTS_A_SECOND * SECONDS and time.monotonic() < patience:
            time.sleep(0.2)
            found += _delays(delays)
        used = _cpu_of(worker.pid) - before
    finally:
        worker.terminate()
        worker.wait(30)
    assert len(found) == EVENTS_A_SECOND * SECONDS, f"{len(found)} arrived"
    return Figures(tuple(found)), used / (EVENTS_A_SECOND * SECONDS) * 1000


def clients_compared(url: str) -> dict[str, float]:
    """Return the CPU time of a call on a kept connection with each HTTP client, in microseconds."""
    import httpx
    import urllib3

    body, headers = b'{"type":"webhook.test"}' * 12, {"Content-Type": "application/json"}
    sender, pool, client = HttpWebhookSender(allows_loopback=True), urllib3.PoolManager(), httpx.Client(trust_env=False)
    calls = {
        "http.client": lambda: sender.send(Call(url, headers, body)),
        "urllib3": lambda: pool.request("POST", url, body=body, headers=headers, redirect=False, retries=False),
        "httpx": lambda: client.post(url, content=body, headers=headers),
    }
    found = {}
    for name, call in calls.items():
        call()
        started = time.process_time()
        for _ in range(CALLS):
            call()
        found[name] = (time.process_time() - started) / CALLS * 1e6
    return found


def _cpu_of(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _happen(agency_id: UUID) -> None:
    with transaction.atomic():
        events.publish(Actor.system(), QuotaNear(new_id(), agency_id, "read"))


def _delays(connection: Connection) -> list[float]:
    connection.send(True)
    found: list[float] = connection.recv()
    return found


def measure(_: None = None, *, quick: bool = False) -> list[str]:
    """Print the figures. Return what misses its bar. It starts its own worker, and needs no site."""
    faults = []
    with receiver() as (url, delays):
        for endpoints in (1, 5):
            found, cpu = rate(url, endpoints)
            print(
                f"webhooks, {endpoints} endpoint(s): {found:8.0f} deliveries/s, {cpu:.2f} ms of CPU each   (bar: {LEAST_RATE}/s)"
            )
            faults += [f"{found:.0f} deliveries/s"] if found < LEAST_RATE else []
        _delays(delays)
        figures, cpu = first_attempts(url, delays)
        print(f"webhooks, event to receiver at {EVENTS_A_SECOND}/s: {figures}   (bar: p99 {LATEST:.0f} s)")
        print(f"webhooks, the worker's CPU of an event: {cpu:.1f} ms")
        faults += [f"first attempt p99 {figures.percentile(0.99):.2f} s"] if figures.percentile(0.99) > LATEST else []
        compared = ", ".join(f"{name} {micros:.0f}" for name, micros in clients_compared(url).items())
        print(f"webhooks, CPU of a call in µs: {compared}")
    return faults


if __name__ == "__main__":
    print(f"machine: {machine()}")
    sys.exit(1 if measure() else 0)
