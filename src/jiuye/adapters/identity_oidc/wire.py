"""Calls to the provider: bounded in time and size, over TLS, tried again only where that is harmless."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from authlib.oauth2 import OAuth2Error

from jiuye.adapters.circuit_breaker import CircuitBreaker
from jiuye.ports.identity import IdentityUnavailable

# Seconds for each call. Signing in makes two or three, and somebody is waiting.
CONNECT, TOTAL = 1.0, 3.0
ATTEMPTS = 3
MOST_BYTES = 256 * 1024

Result = TypeVar("Result")


def require_secure(url: str) -> str:
    """`url` when it is absolute and TLS protects it, or it stays on this machine. Raises ValueError."""
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
    """A pool of connections with the provider's circuit breaker. Safe to share between threads."""

    def __init__(self, breaker: CircuitBreaker) -> None:
        self._breaker = breaker
        self.client = httpx.Client(
            transport=_BoundedTransport(httpx.HTTPTransport(retries=0)),
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(TOTAL - CONNECT, connect=CONNECT),
            follow_redirects=False,
            # The environment's proxies are for the open internet, not for a configured provider.
            trust_env=False,
        )

    def repeat(self, method: str, url: str, **options: Any) -> httpx.Response:
        """An answer to a call that may be made twice without harm: broken connections are tried again at once.
        A provider that is merely slow is not asked again. Raises IdentityUnavailable."""

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
        """What `call` answers, counted by the breaker. Raises IdentityUnavailable, and OAuth2Error as `call` does."""
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
        except ValueError as problem:
            self._breaker.failed()
            raise IdentityUnavailable("the card service's answer makes no sense") from problem
        self._breaker.succeeded()
        return result

    def document(self, url: str) -> dict[str, Any]:
        """The JSON object at `url`. Raises IdentityUnavailable."""
        return as_object(self.repeat("GET", url))


def as_object(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of a good answer. Raises IdentityUnavailable for any other."""
    try:
        body = answer.json() if answer.is_success else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise IdentityUnavailable(f"the card service's answer ({answer.status_code}) makes no sense")
    return body


def text(values: Mapping[str, Any], name: str) -> str:
    """The member `name` when it is text, else an empty one."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


class _BoundedTransport(httpx.BaseTransport):
    """Ends answers that drip or never end: httpx's own limits are for each read, not for the whole."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        deadline = time.monotonic() + TOTAL
        response = self._inner.handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise httpx.DecodingError("compressed though not asked for")
        if isinstance(response.stream, httpx.SyncByteStream):
            response.stream = _Bounded(response.stream, deadline)
        return response

    def close(self) -> None:
        self._inner.close()


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > MOST_BYTES:
                raise httpx.DecodingError("an answer larger than any of the card service's")
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("the answer took too long")
            yield part

    def close(self) -> None:
        self._stream.close()
