"""The clients of `bench/load.py`: browsers on persistent TLS connections, and senders that are slow on purpose."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
NAME = "jobs.example"
"""Of the site, as deploy/nginx has it."""
_PATIENCE = 20.0
_SLOW = f"POST /login HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n"


def _trusting() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


TRUSTING = _trusting()


@dataclass
class Tally:
    """What came of the requests: seconds by kind, and what failed by kind and reason."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, seconds: float, problem: str = "") -> None:
        """Note one request."""
        self.times.setdefault(kind, []).append(seconds)
        if problem:
            name = f"{kind}: {problem}"
            self.failed[name] = self.failed.get(name, 0) + 1


class Browser:
    """One persistent connection from an address of its own; opened again when the other side closed it."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        self._source = f"127.0.{1 + number // 250}.{1 + number % 250}"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str, str]:
        """Return status, head and body. Raises OSError, asyncio.IncompleteReadError and TimeoutError."""
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._ask(method, path, body, headers)
        except BaseException:
            self.close()
            raise

    async def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str, str]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                HOST, self._port, ssl=TRUSTING, server_hostname=NAME, local_addr=(self._source, 0)
            )
        reader, writer = self._streams
        given = {"Host": NAME, "Accept": "text/html", **headers}
        if body:
            given["Content-Length"] = str(len(body.encode()))
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        content = await _content(reader, head.lower())
        if "connection: close" in head.lower():
            self.close()
        return int(head.split(" ", 2)[1]), head, content.decode(errors="replace")

    def close(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def _content(reader: asyncio.StreamReader, head: str) -> bytes:
    """Read the body (RFC 9112: by length or in chunks)."""
    if "transfer-encoding: chunked" not in head:
        length = head.partition("content-length: ")[2].split("\r\n", 1)[0]
        return await reader.readexactly(int(length)) if length else b""
    content = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        content += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return content


async def at_pace(
    due: Callable[[], float | None], act: Callable[[], Coroutine[Any, Any, tuple[str, str]]], tally: Tally
) -> None:
    """Act whenever it is due, until `due` returns None. Times count from when it was due: waiting is not left out."""
    while (moment := due()) is not None:
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        try:
            kind, problem = await act()
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            kind, problem = "connection", type(error).__name__
        tally.note(kind, time.perf_counter() - moment, problem)


async def send_slowly(port: int, number: int) -> None:
    """Send a form's body a byte every five seconds, for ever; connect again when refused."""
    source = f"127.1.{number // 50}.{1 + number % 50}"
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            _, writer = await asyncio.open_connection(
                HOST, port, ssl=TRUSTING, server_hostname=NAME, local_addr=(source, 0)
            )
            writer.write(_SLOW.encode())
            while True:
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(5)
        await asyncio.sleep(1)
