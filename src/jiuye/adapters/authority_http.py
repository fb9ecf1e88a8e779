"""Verification by a records office over signed HTTP, answered by callback or polling (the sandbox's authority is one)."""

import random
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args
from urllib.parse import quote, urlsplit

import httpx
import orjson

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.message_signatures import MessageSignature, SignatureInvalid, verify
from jiuye.ports.authority import (
    AuthorityRejected,
    AuthorityUnavailable,
    CallbackForged,
    CheckAnswer,
    CheckRequest,
    Difference,
    Outcome,
    VerificationAuthority,
)

# Seconds. The result comes later; accepting a request is quick.
CONNECT, TOTAL = 1.0, 4.0
ATTEMPTS = 3


class HttpVerificationAuthority(VerificationAuthority):
    """`POST {url}/requests`, `GET {url}/requests/{id}`, and callbacks to `callback_url`; all signed with `key`.

    Requests are identified by their id, so that repeats are harmless. `breaker` may be replaced by tests.
    """

    def __init__(self, *, url: str, key: str, callback_url: str, breaker: CircuitBreaker | None = None) -> None:
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            auth=MessageSignature(key),
            timeout=httpx.Timeout(TOTAL - CONNECT, connect=CONNECT),
            follow_redirects=False,
            # The environment's proxies are for the internet, not for a configured service.
            trust_env=False,
        )
        self._key = key
        self._callback_url = callback_url
        self._breaker = breaker or CircuitBreaker()

    def ask(self, request: CheckRequest) -> None:
        """See `VerificationAuthority.ask`."""
        body = {
            "request_id": request.id,
            "kind": request.kind,
            "name": request.name,
            "id_number": request.id_number,
            "claims": dict(request.claims),
            "callback_url": self._callback_url,
        }
        self._call("POST", "/requests", orjson.dumps(body))

    def fetch(self, request_id: str) -> CheckAnswer | None:
        """See `VerificationAuthority.fetch`."""
        answer = self._call("GET", f"/requests/{quote(request_id, safe='')}")
        try:
            told = orjson.loads(answer.content)
            return None if told["status"] == "pending" else _answer(told, expected_id=request_id)
        except (ValueError, KeyError, TypeError) as problem:
            raise AuthorityUnavailable("the authority's answer makes no sense") from problem

    def read_callback(self, *, headers: Mapping[str, str], body: bytes) -> CheckAnswer:
        """See `VerificationAuthority.read_callback`."""
        path = urlsplit(self._callback_url).path
        try:
            verify(self._key, method="POST", path=path, headers=headers, body=body)
            return _answer(orjson.loads(body))
        except SignatureInvalid as problem:
            raise CallbackForged(str(problem)) from problem
        except (ValueError, KeyError, TypeError) as problem:
            raise CallbackForged("signed, but no answer") from problem

    def _call(self, method: str, path: str, body: bytes = b"") -> httpx.Response:
        """Return a response below 300, through the circuit breaker. Raise AuthorityUnavailable and AuthorityRejected."""
        if not self._breaker.admits():
            raise AuthorityUnavailable("the authority was down a moment ago; not asked again yet")
        try:
            answer = self._send(method, path, body)
            _refuse_faults(answer)
        except AuthorityUnavailable:
            self._breaker.failed()
            raise
        except AuthorityRejected:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return answer

    def _send(self, method: str, path: str, body: bytes) -> httpx.Response:
        """Retry broken connections at once, which the request's id makes safe; do not retry timeouts."""
        headers = {"Content-Type": "application/json"} if body else {}
        started = time.monotonic()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._client.request(method, path, content=body, headers=headers)
            except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout) as problem:
                if attempt == ATTEMPTS or time.monotonic() - started > CONNECT:
                    raise AuthorityUnavailable(f"cannot be reached: {type(problem).__name__}") from problem
                time.sleep(random.uniform(0.05, 0.15) * attempt)  # noqa: S311 (jitter, not a secret)
            except httpx.HTTPError as problem:
                raise AuthorityUnavailable(f"did not answer: {type(problem).__name__}") from problem
        raise AssertionError("unreachable")


def _refuse_faults(answer: httpx.Response) -> None:
    status = answer.status_code
    if status in (401, 403, 408, 429) or not 200 <= status < 500:
        raise AuthorityUnavailable(f"the authority answered {status}")
    if status >= 300:
        raise AuthorityRejected(f"the authority answered {status}")


def _answer(told: Mapping[str, Any], expected_id: str = "") -> CheckAnswer:
    """Parse the JSON of an answer. Raise ValueError, KeyError or TypeError for an invalid one."""
    if told["outcome"] not in get_args(Outcome) or (expected_id and told["request_id"] != expected_id):
        raise ValueError("another request, or an unknown outcome")
    if datetime.fromisoformat(told["answered_at"]).tzinfo is None:
        raise ValueError("a time without its offset")
    return CheckAnswer(
        id=_text(told["request_id"]),
        outcome=told["outcome"],
        source=_text(told["source"]),
        answered_at=told["answered_at"],
        differences=tuple(
            Difference(name=_text(one["field"]), stated=_text(one["stated"]), recorded=_text(one["recorded"]))
            for one in told["differences"]
        ),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a string is expected")
    return value
