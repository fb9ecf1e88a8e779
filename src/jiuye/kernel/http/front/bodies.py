"""Bodies of requests, received under a deadline, a limit and a budget for all of them together.

They stay in memory: files of people touch the disk encrypted only (`kernel.http.upload_handlers`), and so no sender fills it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

Receive = Callable[[], Awaitable[dict[str, Any]]]

_SMALL = 64 * 1024
"""Bytes of a body that the budget does not count: forms pass while large files use it up."""
_FEW = 1024
"""A sender from whom fewer bytes come at a time is waited for, so that each byte does not cost a turn of the loop."""
_LONGEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What senders may take of a process.

    A body has `patience` seconds, and one more for each `bytes_a_second` received. At most `most_waiting` bodies are
    received at a time, and at most `budget` bytes are held, beyond 64 KB of each. At most `most_queued` complete requests
    wait for a thread. What is beyond a route's limit is read for `linger` seconds and discarded, so that a browser that
    is still sending sees the answer.
    """

    patience: float = 15.0
    bytes_a_second: int = 16 * 1024
    most_waiting: int = 2000
    budget: int = 160 * 1024 * 1024
    most_queued: int = 1000
    linger: float = 5.0


class TooSlow(Exception):
    """The body did not arrive in time."""


class TooMany(Exception):
    """Too many bodies are being received, or too much of them is held."""


class Gone(Exception):
    """The sender closed the connection before the body was complete."""


class Bodies:
    """All bodies of this process. Used by one event loop only."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._waiting = 0
        self._held = 0

    async def receive(self, receive: Receive, *, most: int) -> "Body":
        """Return the body, or for one larger than `most` bytes an empty one with a size beyond it. The caller releases it.

        Raises `TooSlow`, `TooMany` and `Gone`.
        """
        if self._waiting >= self._limits.most_waiting:
            raise TooMany
        self._waiting += 1
        body = Body(self)
        try:
            await self._fill(body, receive, most)
        except BaseException:
            body.release()
            raise
        finally:
            self._waiting -= 1
        return body

    async def _fill(self, body: "Body", receive: Receive, most: int) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._limits.patience
        pause = 0.0
        while True:
            asked = loop.time()
            try:
                async with asyncio.timeout_at(until + body.size / self._limits.bytes_a_second):
                    message = await receive()
            except TimeoutError:
                raise TooSlow from None
            if message["type"] == "http.disconnect":
                raise Gone
            content = message.get("body", b"")
            if body.size + len(content) > most:
                body.size = most + 1
                return
            self._hold(body, content)
            if not message.get("more_body"):
                return
            is_trickle = len(content) < _FEW and loop.time() - asked > 0.001
            pause = min(pause + 0.05, _LONGEST_PAUSE) if is_trickle else 0.0
            if pause:
                await asyncio.sleep(pause)

    def _hold(self, body: "Body", content: bytes) -> None:
        counted = max(0, body.size + len(content) - _SMALL) - body.counted
        if counted > 0:
            if self._held + counted > self._limits.budget:
                raise TooMany
            self._held += counted
            body.counted += counted
        body.size += len(content)
        body.content.write(content)

    async def discard(self, receive: Receive) -> None:
        """Read what still comes, up to `linger` seconds."""
        try:
            async with asyncio.timeout(self._limits.linger):
                while (await receive()).get("more_body"):
                    pass
        except TimeoutError:
            pass

    def give_back(self, counted: int) -> None:
        """Reduce what is held."""
        self._held -= counted


class Body:
    """The content of one body, a file for `wsgi.input`; `size` in bytes."""

    __slots__ = ("_bodies", "content", "counted", "size")

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self.content = BytesIO()
        self.counted = 0
        self.size = 0

    def release(self) -> None:
        """Forget the content."""
        self.content = BytesIO()
        self._bodies.give_back(self.counted)
        self.counted = 0
