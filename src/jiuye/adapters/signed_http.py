"""The client of a service over signed HTTP: short timeouts, a circuit breaker, and broken connections tried again."""

import random
import time

import httpx

from jiuye.adapters.bounded_http import ASKED, BoundedTransport
from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.adapters.message_signatures import MessageSignature

# Seconds of a call.
CONNECT, TOTAL = 1.0, 4.0
ATTEMPTS = 3


class SignedClient:
    """Calls below `url`, signed with `key`. Thread-safe. Only for calls that are harmless when they arrive twice.

    `unavailable` is raised for a service that is away, overloaded or refuses our credentials, and counts for the
    breaker; `rejected` for any other refusal.
    """

    def __init__(
        self,
        *,
        url: str,
        key: str,
        unavailable: type[Exception],
        rejected: type[Exception],
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self._client = httpx.Client(
            base_url=url.rstrip("/"),
            transport=BoundedTransport(TOTAL),
            headers=ASKED,
            auth=MessageSignature(key),
            timeout=httpx.Timeout(TOTAL - CONNECT, connect=CONNECT),
            follow_redirects=False,
            # The environment's proxies are for the internet, not for a configured service.
            trust_env=False,
        )
        self._unavailable = unavailable
        self._rejected = rejected
        self._breaker = breaker or CircuitBreaker()

    def call(self, method: str, path: str, body: bytes = b"") -> httpx.Response:
        """Return a response below 300; `body` is JSON. Raise `unavailable` and `rejected`."""
        if not self._breaker.admits():
            raise self._unavailable("the service was down a moment ago; not asked again yet")
        try:
            answer = self._send(method, path, body)
            self._refuse_faults(answer)
        except self._unavailable:
            self._breaker.failed()
            raise
        except self._rejected:
            self._breaker.succeeded()
            raise
        self._breaker.succeeded()
        return answer

    def _send(self, method: str, path: str, body: bytes) -> httpx.Response:
        """Retry broken connections at once; do not retry timeouts."""
        headers = {"Content-Type": "application/json"} if body else {}
        started = time.monotonic()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._client.request(method, path, content=body, headers=headers)
            except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout) as problem:
                if attempt == ATTEMPTS or time.monotonic() - started > CONNECT:
                    raise self._unavailable(f"cannot be reached: {type(problem).__name__}") from problem
                time.sleep(random.uniform(0.05, 0.15) * attempt)  # noqa: S311 (jitter, not a secret)
            except httpx.HTTPError as problem:
                raise self._unavailable(f"did not answer: {type(problem).__name__}") from problem
        raise AssertionError("unreachable")

    def _refuse_faults(self, answer: httpx.Response) -> None:
        status = answer.status_code
        if status in (401, 403, 408, 429) or not 200 <= status < 500:
            raise self._unavailable(f"the service answered {status}")
        if status >= 300:
            raise self._rejected(f"the service answered {status}")
