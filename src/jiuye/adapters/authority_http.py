"""Verification by a records office over signed HTTP, answered by callback or polling (the sandbox's authority is one)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args
from urllib.parse import quote, urlsplit

import orjson

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.message_signatures import SignatureInvalid, verify
from jiuye.adapters.signed_http import SignedClient
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

_ACCEPTED = 202


class HttpVerificationAuthority(VerificationAuthority):
    """`POST {url}/requests`, `GET {url}/requests/{id}`, and callbacks to `callback_url`; all signed with `key`.

    Requests are identified by their id, so that repeats are harmless. `breaker` may be replaced by tests.
    """

    def __init__(self, *, url: str, key: str, callback_url: str, breaker: CircuitBreaker | None = None) -> None:
        self._client = SignedClient(
            url=url, key=key, unavailable=AuthorityUnavailable, rejected=AuthorityRejected, breaker=breaker
        )
        self._key = key
        self._callback_url = callback_url

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
        answer = self._client.call("POST", "/requests", orjson.dumps(body))
        if answer.status_code != _ACCEPTED:  # a page of something between us and the office, as proxies answer with 200
            raise AuthorityUnavailable(f"the service answered {answer.status_code}, not {_ACCEPTED}")

    def fetch(self, request_id: str) -> CheckAnswer | None:
        """See `VerificationAuthority.fetch`."""
        answer = self._client.call("GET", f"/requests/{quote(request_id, safe='')}")
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
