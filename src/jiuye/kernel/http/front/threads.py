"""The threads that run the WSGI application, and how its answers reach the loop."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import structlog

log = structlog.get_logger("front")

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Send = Callable[[dict[str, Any]], Any]

_WHOLE = 1024 * 1024
"""Bytes of a streamed answer that are sent in one piece: no thread waits for their receiver."""
_PIECE = 64 * 1024
_PATIENCE = 60.0
"""Seconds for which a receiver of a streamed response may take nothing. A slower one is cut off and frees its thread."""


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
                rest = _answer(self._application, work)
            except BaseException as error:  # the thread must live
                log.error("unexpected error below Django", exc_info=error)
                rest = _messages(500, [(b"content-length", b"0")], b"")
            _finish(work, rest)
            del work, rest  # an idle thread holds neither the body nor the answer of its last request


def _finish(work: Work, rest: tuple[dict[str, Any], ...]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop was closed: the process ends
        work.loop.call_soon_threadsafe(_set, work.done, rest)


def _set(done: "asyncio.Future[tuple[dict[str, Any], ...]]", rest: tuple[dict[str, Any], ...]) -> None:
    if not done.done():
        done.set_result(rest)


def _answer(application: Wsgi, work: Work) -> tuple[dict[str, Any], ...]:
    """Run the application. Return the whole answer; a streamed one is sent from here, up to its end."""
    started: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
        started[:] = [int(status[:3]), [(a.lower().encode("latin-1"), b.encode("latin-1")) for a, b in headers]]

    parts = application(work.environ, start)
    try:
        if not getattr(parts, "streaming", False) or _length(started[1]) <= _WHOLE:
            content = b"".join(parts)
            return _messages(started[0], started[1], content)
        return _stream(parts, work, *started)
    finally:
        if hasattr(parts, "close"):
            parts.close()


def _length(headers: list[tuple[bytes, bytes]]) -> float:
    return next((int(value) for name, value in headers if name == b"content-length"), float("inf"))


def _messages(status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> tuple[dict[str, Any], ...]:
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": content},
    )


def _stream(
    parts: Iterable[bytes], work: Work, status: int, headers: list[tuple[bytes, bytes]]
) -> tuple[dict[str, Any], ...]:
    """Send part after part, each when the receiver has taken the one before. Raises `TimeoutError`."""
    _send(work, {"type": "http.response.start", "status": status, "headers": headers})
    piece = bytearray()
    for part in parts:
        piece += part
        if len(piece) >= _PIECE:
            _send(work, {"type": "http.response.body", "body": bytes(piece), "more_body": True})
            piece.clear()
    return ({"type": "http.response.body", "body": bytes(piece)},)


def _send(work: Work, message: dict[str, Any]) -> None:
    asyncio.run_coroutine_threadsafe(_sent(work.send, message), work.loop).result(_PATIENCE)


async def _sent(send: Send, message: dict[str, Any]) -> None:
    await send(message)
