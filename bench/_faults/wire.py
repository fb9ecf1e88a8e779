"""Requests that are sent again until they are answered, as a person reloads and a program retries, noted in the ledger."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench._faults.ledger import Entry, Ledger

AGAIN = frozenset({409, 429, 500, 502, 503, 504})
PATIENCE = 50.0
"""Seconds for which a request is sent again. A form counts once for a minute; later a person looks before sending again."""


class GaveUp(Exception):
    """The request has no answer within the patience: it may be done or not."""


@dataclass
class Weather:
    """How bad the network is, and what was seen. `lost`: the share of answers that do not arrive."""

    stop: threading.Event
    lost: float
    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    """Answers of 500, by method and route."""


class Wire:
    """The connection of one client."""

    def __init__(self, who: str, origin: str, ledger: Ledger, weather: Weather, chance: random.Random) -> None:
        self.who = who
        self._ledger, self._weather, self._chance = ledger, weather, chance
        self.http = httpx.Client(base_url=origin, timeout=httpx.Timeout(20, connect=2), follow_redirects=False)

    def act(
        self,
        act: str,
        about: dict[str, Any],
        method: str,
        path: str,
        *,
        tell: Callable[[httpx.Response], dict[str, Any]] = lambda answer: {},
        **request: Any,
    ) -> httpx.Response:
        """Send an unsafe request until it is answered, and note it. Raises GaveUp."""
        entry = self._ledger.begin(self.who, act, about)
        answer = self._send(entry, method, path, **request)
        self._ledger.acknowledge(entry, answer.status_code, tell(answer) if answer.status_code < 400 else {})
        return answer

    def get(self, path: str, **request: Any) -> httpx.Response:
        """Read until there is an answer. Raises GaveUp."""
        return self._send(None, "GET", path, **request)

    def _send(self, entry: Entry | None, method: str, path: str, **request: Any) -> httpx.Response:
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            if entry:
                entry.attempts += 1
            try:
                answer = self.http.request(method, path, **request)
            except httpx.TransportError:
                if entry:
                    entry.lost += 1
                time.sleep(self._chance.uniform(0.1, 0.5))
                continue
            self._weather.statuses[answer.status_code] += 1
            if answer.status_code == 500:
                self._weather.errors[f"{method} {_route(path)}"] += 1
            if answer.status_code in AGAIN and not _is_final(answer):
                time.sleep(self._chance.uniform(0.1, 0.5))
                continue
            if entry and entry.attempts == 1 and self._chance.random() < self._weather.lost:
                entry.lost += 1
                continue
            return answer
        raise GaveUp(f"{method} {path}")


def _is_final(answer: httpx.Response) -> bool:
    """A refusal by a rule is an answer; only a key in use (409) says that the first request is still running."""
    return answer.status_code == 409 and b"idempotency_key_in_use" not in answer.content


def _route(path: str) -> str:
    return "/".join("…" if len(part) == 36 else part for part in path.split("?")[0].split("/"))
