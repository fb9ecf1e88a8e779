"""Sending webhooks to the endpoints of API clients: addresses that other people chose, which must never be our own network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from jiuye.kernel.wiring import Port

UrlFault = Literal["", "form", "scheme", "user", "port", "host", "address"]
"""What is wrong with a URL; empty: nothing."""

Problem = Literal[
    "", "url", "address", "name", "connect", "tls", "timeout", "broken"
]  # fmt: skip
"""Why there is no answer: the URL or its address is not allowed, its name is unknown, nobody accepts connections, the
certificate is not valid, time ran out, or the connection broke; empty: there is an answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """A POST of `body`. Redirects are not followed."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver answered, or why there is no answer. `body` is the first KB; `milliseconds` the time of the call."""

    status: int | None
    problem: Problem
    body: bytes
    retry_after: str
    milliseconds: int


class WebhookSender(Protocol):
    """Implementations bound the time of a call (15 s), what they read of an answer, and where they connect. Thread-safe."""

    def fault_of(self, url: str) -> UrlFault:
        """Return what is wrong with a URL as far as it can be told without looking up its name."""
        ...

    def send(self, call: Call) -> Answer:
        """Send, and return the answer. Never raises for anything that the receiver does."""
        ...


_port = Port[WebhookSender]("webhooks")


def get() -> WebhookSender:
    """Return the sender this process is wired to."""
    return _port.get()
