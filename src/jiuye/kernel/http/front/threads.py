"""The threads that run the WSGI application, and how its answers reach the loop."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import structlog

from jiuye.kernel.http.front.refusals import TOO_MANY_RECEIVERS

log = structlog.get_logger("front")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Send = Callable[[dict[str, Any]], Any]

_WHOLE = 1024 * 1024
"""Bytes of a streamed answer that are sent in one piece: no thread waits for their receiver."""
_PIECE = 64 * 1024
_PATIENCE = 60.0
_BYTES_A_SECOND = 16 * 1024
"""The receiver of a longer one has `_PATIENCE` seconds, and one more for each so many bytes: then it is cut off, and its
thread is free. Receivers hold half of the threads at most.
"""


@dataclass(slots=True)
class Work:
    """One complete request. `done` is set with the messages that remain to be sent."""

    environ: dict[str, Any]
    send: Send
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[tuple[dict[str, Any], ...]]"


class Threads:
    """A fixed number of threads with a common queue. They end with the process."""

    def __init__(self, application: Wsgi, count: int) -> None:
        self._application = application
        self._queue: SimpleQueue[Work] = SimpleQueue()
        self._streams = threading.BoundedSemaphore(max(1, count // 2))
        for number in range(count):
            threading.Thread(target=self._run, name=f"web-{number}", daemon=True).start()

    @property
    def queued(self) -> int:
        """How many requests wait for a thread."""
        return self._queue.qsize()

    def put(self, work: Work) -> None:
        """Let the next free thread answer the request."""
        self._queue.put(work)

    def _run(self) -> None:
        while True:
            work = self._queue.get()
            try:
                rest = self._answer(work)
            except BaseException as error:  # the thread must live
                log.error("unexpected error below Django", exc_info=error)
                rest = _messages(500, [(b"content-length", b"0")], b"")
            _finish(work, rest)
            del work, rest  # an idle thread holds neither the body nor the answer of its last request

    def _answer(self, work: Work) -> tuple[dict[str, Any], ...]:
        """Run the application. Return the whole answer; a long stream is sent from here, up to its end."""
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            started[:] = [int(status[:3]), [(a.lower().encode("latin-1"), b.encode("latin-1")) for a, b in headers]]

        parts = self._application(work.environ, start)
        try:
            if not getattr(parts, "streaming", False):
                return _messages(started[0], started[1], b"".join(parts))
            rest = iter(parts)
            begun = _first(rest, _WHOLE)
            if len(begun) < _WHOLE:
                return _messages(started[0], started[1], bytes(begun))
            if not self._streams.acquire(blocking=False):
                return TOO_MANY_RECEIVERS
            try:
                return _stream(begun, rest, work, *started)
            finally:
                self._streams.release()
        finally:
            if hasattr(parts, "close"):
                parts.close()


def _finish(work: Work, rest: tuple[dict[str, Any], ...]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop was closed: the process ends
        work.loop.call_soon_threadsafe(_set, work.done, rest)


def _set(done: "asyncio.Future[tuple[dict[str, Any], ...]]", rest: tuple[dict[str, Any], ...]) -> None:
    if not done.done():
        done.set_result(rest)


def _messages(status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> tuple[dict[str, Any], ...]:
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": content},
    )


def _first(parts: Iterator[bytes], most: int) -> bytearray:
    """Return the beginning, of at least `most` bytes unless the parts end before."""
    found = bytearray()
    for part in parts:
        found += part
        if len(found) >= most:
            break
    return found


def _stream(
    begun: bytearray, parts: Iterator[bytes], work: Work, status: int, headers: list[tuple[bytes, bytes]]
) -> tuple[dict[str, Any], ...]:
    """Send what is `begun`, then part after part, each when the receiver has taken the one before. Return the last part; nothing
    if the receiver is too slow: the server ends an answer without a last part by closing the connection.
    """
    until = time.monotonic() + _PATIENCE
    try:
        _send(work, {"type": "http.response.start", "status": status, "headers": headers}, until)
        while len(begun) >= _PIECE:
            until += len(begun) / _BYTES_A_SECOND
            _send(work, {"type": "http.response.body", "body": bytes(begun), "more_body": True}, until)
            begun = _first(parts, _PIECE)
    except TimeoutError:
        return ()
    return ({"type": "http.response.body", "body": bytes(begun)},)


def _send(work: Work, message: dict[str, Any], until: float) -> None:
    sent = asyncio.run_coroutine_threadsafe(_sent(work.send, message), work.loop)
    try:
        sent.result(max(0.0, until - time.monotonic()))
    finally:
        sent.cancel()


async def _sent(send: Send, message: dict[str, Any]) -> None:
    await send(message)
