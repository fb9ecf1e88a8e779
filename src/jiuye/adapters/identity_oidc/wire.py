"""HTTP calls to the provider: bounded in time and size, over TLS, retried only where that is harmless."""

import random
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import orjson
from authlib.oauth2 import OAuth2Error

from jiuye.adapters.bounded_http import ASKED, BoundedTransport
from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.ports.identity import IdentityUnavailable

# Seconds per call. Signing in makes two or three, and a person is waiting.
CONNECT, TOTAL = 1.0, 3.0
ATTEMPTS = 3

Result = TypeVar("Result")


def require_secure(url: str) -> str:
    """Return `url` if it is absolute and either uses TLS or stays on this machine. Raise ValueError."""
    parts = urlsplit(url)
    if not parts.hostname or parts.scheme not in ("https", "http") or parts.username or parts.fragment:
        raise ValueError("not an absolute http(s) address")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValueError("TLS is required outside this machine")
    return url


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Wire:
    """A connection pool with the provider's circuit breaker. Thread-safe."""

    def __init__(self, breaker: CircuitBreaker) -> None:
        self._breaker = breaker
        self.client = httpx.Client(
            transport=BoundedTransport(TOTAL),
            headers={"Accept": "application/json", **ASKED},
            timeout=httpx.Timeout(TOTAL - CONNECT, connect=CONNECT),
            follow_redirects=False,
            # The environment's proxies are for the internet, not for a configured provider.
            trust_env=False,
        )

    def repeat(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Return the response of an idempotent call: broken connections are retried at once, timeouts are not. Raise
        IdentityUnavailable.
        """

        def call() -> httpx.Response:
            started = time.monotonic()
            for attempt in range(1, ATTEMPTS):
                try:
                    return self.client.request(method, url, **options)
                except (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout):
                    if time.monotonic() - started > CONNECT:
                        raise
                    time.sleep(random.uniform(0.05, 0.15) * attempt)  # noqa: S311 (jitter, not a secret)
            return self.client.request(method, url, **options)

        return self.once(call)

    def once(self, call: Callable[[], Result]) -> Result:
        """Return the result of `call`, counted by the breaker. Raise IdentityUnavailable, and OAuth2Error as `call` does."""
        if not self._breaker.admits():
            raise IdentityUnavailable("the card service was down a moment ago; not asked again yet")
        try:
            result = call()
            if isinstance(result, httpx.Response) and (result.status_code >= 500 or result.status_code == 429):
                result.raise_for_status()
        except httpx.HTTPStatusError as problem:
            self._breaker.failed()
            raise IdentityUnavailable(f"the card service answered {problem.response.status_code}") from problem
        except httpx.HTTPError as problem:
            self._breaker.failed()
            raise IdentityUnavailable(f"the card service did not answer: {type(problem).__name__}") from problem
        except OAuth2Error:
            self._breaker.succeeded()
            raise
        except (ValueError, RecursionError) as problem:
            self._breaker.failed()
            raise IdentityUnavailable("the card service's answer makes no sense") from problem
        self._breaker.succeeded()
        return result

    def document(self, url: str) -> dict[str, Any]:
        """Return the JSON object at `url`. Raise IdentityUnavailable."""
        return as_object(self.repeat("GET", url))


def as_object(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of a successful response. Raise IdentityUnavailable for any other."""
    try:
        body = orjson.loads(answer.content) if answer.is_success else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise IdentityUnavailable(f"the card service's answer ({answer.status_code}) makes no sense")
    return body


def text(values: Mapping[str, Any], name: str) -> str:
    """Return the member `name` if it is a string, else ""."""
    value = values.get(name)
    return value if isinstance(value, str) else ""
