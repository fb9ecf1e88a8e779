"""The ASGI application."""

import asyncio
from collections.abc import Callable
from io import BytesIO
from typing import Any

from jiuye.kernel.http.front.bodies import Bodies, Gone, Limits, Receive, TooMany, TooSlow
from jiuye.kernel.http.front.environ import environ_of
from jiuye.kernel.http.front.refusals import ALIVE, BOTH_LENGTHS, TOO_MANY, TOO_SLOW
from jiuye.kernel.http.front.threads import Send, Threads, Work, Wsgi

Scope = dict[str, Any]


class Front:
    """Runs a WSGI application in `threads` threads. `most_bytes`: path → the largest body that its route takes.

    A request with a larger body reaches the application without it, with a Content-Length beyond the limit: it refuses it.
    """

    def __init__(
        self, application: Wsgi, *, most_bytes: Callable[[str], int], threads: int, limits: Limits | None = None
    ) -> None:
        self._application = application
        self._most_bytes = most_bytes
        self._count = threads
        self._limits = limits or Limits()
        self._bodies = Bodies(self._limits)
        self._threads: Threads | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"only HTTP is served, not {scope['type']}")
        if scope["path"] == "/livez" and scope["method"] in ("GET", "HEAD"):
            await _send_all(send, ALIVE)
            return
        if self._threads is None:  # now, not at import: the server forks its workers
            self._threads = Threads(self._application, self._count)
        length, is_chunked = _framing(scope)
        if length is None and not is_chunked:
            await self._run(self._threads, environ_of(scope, BytesIO(), None), send)
        elif length is not None and is_chunked:
            await _send_all(send, BOTH_LENGTHS)
        else:
            await self._with_body(self._threads, scope, length, receive, send)

    async def _with_body(
        self, threads: Threads, scope: Scope, length: int | None, receive: Receive, send: Send
    ) -> None:
        most = self._most_bytes(scope["path"])
        if length is not None and length > most:
            asks_first = any(name == b"expect" for name, _ in scope["headers"])  # and so has not sent anything yet
            environ = environ_of(scope, BytesIO(), length)
            await self._run(threads, environ, send, close=True, rest=None if asks_first else receive)
            return
        try:
            body = await self._bodies.receive(receive, most=most)
        except TooSlow:
            await _send_all(send, TOO_SLOW)
            return
        except TooMany:
            await _send_all(send, TOO_MANY)
            return
        except Gone:
            return
        try:
            body.content.seek(0)
            too_large = body.size > most
            content = BytesIO() if too_large else body.content
            environ = environ_of(scope, content, body.size)
            await self._run(threads, environ, send, close=too_large, rest=receive if too_large else None)
        finally:
            body.release()

    async def _run(
        self, threads: Threads, environ: dict[str, Any], send: Send, *, close: bool = False, rest: Receive | None = None
    ) -> None:
        """Answer by the application; `close` the connection; first discard the `rest` of the body."""
        if threads.queued >= self._limits.most_queued:
            await _send_all(send, TOO_MANY)
            return
        loop = asyncio.get_running_loop()
        done: asyncio.Future[tuple[dict[str, Any], ...]] = loop.create_future()
        threads.put(Work(environ, send, loop, done))
        messages = await done
        if rest is not None:
            await self._bodies.discard(rest)
        if close and messages:
            messages[0].setdefault("headers", []).append((b"connection", b"close"))
        await _send_all(send, messages)


def _framing(scope: Scope) -> tuple[int | None, bool]:
    """Return the declared length of the body and whether it comes in chunks (RFC 9112 §6)."""
    length, is_chunked = None, False
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = int(value) if value.isdigit() else None
        elif name == b"transfer-encoding":
            is_chunked = True
    return length, is_chunked


async def _send_all(send: Send, messages: tuple[dict[str, Any], ...]) -> None:
    for message in messages:
        await send(message)
