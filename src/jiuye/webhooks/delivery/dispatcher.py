"""The dispatcher: a thread of the worker that takes due messages, has them called by a pool of threads, and writes the results.

Only this thread uses the database. Several workers may each run one.
"""

import queue
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection

from jiuye.kernel import clock, database
from jiuye.ports import webhooks as port
from jiuye.ports.webhooks import Call, WebhookSender
from jiuye.webhooks.delivery import claims, results
from jiuye.webhooks.delivery.claims import Claimed, Destination
from jiuye.webhooks.delivery.lanes import MOST_FAST, MOST_SLOW, Lanes
from jiuye.webhooks.delivery.results import Result
from jiuye.webhooks.queue import on_wake

log = structlog.get_logger("webhooks")
LOOKS_EVERY = 0.5
"""Seconds between looks into the database when nothing wakes it."""
_GATHERED = 0.01
_MOST_TOGETHER = 500
_KEPT_SECONDS = 1.0
_HEADERS = {"Content-Type": "application/json", "User-Agent": "Jiuye-Webhooks/1", "Accept": "*/*"}


class Dispatcher:
    """See above. `turn` is one round; `run` repeats it."""

    def __init__(self, sender: WebhookSender | None = None) -> None:
        self._sender = sender or port.get()
        self._pool = ThreadPoolExecutor(MOST_FAST + MOST_SLOW + MOST_FAST, thread_name_prefix="webhooks")
        self._ended: queue.SimpleQueue[Result | None] = queue.SimpleQueue()
        self._unwritten: list[Result] = []
        self._lanes = Lanes()
        self._destinations: dict[UUID, Destination] = {}
        self._destinations_until = 0.0

    def wake(self) -> None:
        """Look into the database at once."""
        self._ended.put(None)

    def run(self, stop: threading.Event) -> None:
        """Deliver until `stop` is set. Results of calls under way are waited for, for a moment."""
        try:
            while not stop.is_set():
                try:
                    taken = self.turn()
                except Exception as error:  # the database is away, or something nobody thought of: the thread lives on
                    unforeseen = None if database.is_away(error) else error
                    log.warning("webhooks wait", error=type(error).__name__, exc_info=unforeseen)
                    with suppress(Exception):
                        connection.close()
                    stop.wait(1)
                    continue
                self._wait(0 if taken else LOOKS_EVERY)
            self._finish()
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)
            connection.close()

    def turn(self) -> int:
        """Write the results that are there, take what is due, and begin the calls. Return how many were taken."""
        self._collect()
        if self._unwritten:
            results.write(self._unwritten, clock.real_now())
            self._unwritten = []
        room, slots = self._lanes.room()
        if room == 0:
            return 0
        moment = clock.real_now()
        claimed = claims.claim(moment, slots=slots, limit=room)
        if claimed:
            destinations = self._where({one.endpoint_id for one in claimed}, moment)
            for one in claimed:
                self._begin(one, destinations[one.endpoint_id], moment)
        else:
            self._lanes.forget()
        return len(claimed)

    def drain(self, seconds: float = 30) -> None:
        """Deliver until nothing is due and no call is under way; for tests and measurements. Raises `TimeoutError`."""
        ends_at = time.monotonic() + seconds
        while self.turn() or self._lanes.under_way or self._unwritten:
            if time.monotonic() > ends_at:
                raise TimeoutError
            if self._lanes.under_way:
                self._wait(0.1)

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _where(self, endpoint_ids: set[UUID], moment: datetime) -> dict[UUID, Destination]:
        """Return the destinations, remembered for a second."""
        if time.monotonic() > self._destinations_until:
            self._destinations, self._destinations_until = {}, time.monotonic() + _KEPT_SECONDS
        if missing := endpoint_ids - self._destinations.keys():
            self._destinations |= claims.destinations(missing, moment)
        return self._destinations

    def _begin(self, message: Claimed, destination: Destination, moment: datetime) -> None:
        headers = destination.signer.headers(message.message_id, moment, message.body)
        self._lanes.begin(message.endpoint_id, message.id)
        self._pool.submit(self._call, message, destination.url, headers, moment)

    def _call(self, message: Claimed, url: str, headers: dict[str, str], moment: datetime) -> None:
        answer = self._sender.send(Call(url, {**_HEADERS, **headers}, message.body))
        self._ended.put(Result(message, url, headers["webhook-signature"], moment, answer))

    def _wait(self, seconds: float) -> None:
        """Wait for a result or a wake-up. After a result wait a moment for more, to write them together."""
        try:
            found = self._ended.get(timeout=seconds) if seconds else self._ended.get_nowait()
        except queue.Empty:
            return
        if found:
            self._take(found)
            time.sleep(_GATHERED)

    def _collect(self) -> None:
        while len(self._unwritten) < _MOST_TOGETHER:
            try:
                found = self._ended.get_nowait()
            except queue.Empty:
                return
            if found:
                self._take(found)

    def _take(self, result: Result) -> None:
        self._lanes.end(result)
        self._unwritten.append(result)

    def _finish(self) -> None:
        ends_at = time.monotonic() + 5
        while self._lanes.under_way and time.monotonic() < ends_at:
            self._wait(0.2)
        self._collect()
        if self._unwritten:
            results.write(self._unwritten, clock.real_now())


@contextmanager
def running() -> Iterator[None]:
    """Deliver on a thread of its own within the block."""
    dispatcher, stop = Dispatcher(), threading.Event()
    forget = on_wake(dispatcher.wake)
    thread = threading.Thread(target=dispatcher.run, args=(stop,), name="webhooks", daemon=True)
    thread.start()
    try:
        yield
    finally:
        forget()
        stop.set()
        dispatcher.wake()
        thread.join(timeout=20)
