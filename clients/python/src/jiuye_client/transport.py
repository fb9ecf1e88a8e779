"""Requests with retries that do no harm: unsafe ones carry an idempotency key, the same at every attempt."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self
from uuid import UUID, uuid4

import httpx

from jiuye_client.credentials import ClientCredentials, Credentials, Key
from jiuye_client.errors import Unreachable, problem_of

_SAFE = frozenset({"GET", "HEAD"})
_TRIED_AGAIN = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0
_IN_FLIGHT = "idempotency_key_in_use"


class Transport:
    """The connection to one service.

    `url` is the service's, such as https://jobs.example.cn; `credentials` a key or `ClientCredentials`; `on_behalf_of` the
    member for whom writes are made, unless a call names another. `attempts` includes the first one.
    """

    def __init__(
        self,
        url: str,
        credentials: str | Credentials | None = None,
        *,
        on_behalf_of: str | UUID | None = None,
        language: str = "zh-CN",
        attempts: int = 5,
        timeout: float = 30.0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._http = httpx.Client(
            base_url=url.rstrip("/"),
            timeout=timeout,
            transport=transport,
            headers={"Accept-Language": language, "User-Agent": "jiuye-client/1.0"},
        )
        self._credentials = Key(credentials) if isinstance(credentials, str) else credentials
        self._on_behalf_of = str(on_behalf_of) if on_behalf_of else ""
        self._attempts, self._sleep = attempts, sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        files: Mapping[str, Any] | None = None,
        form: Mapping[str, Any] | None = None,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request below /api/v1 and return its successful answer.

        Repeats it after a lost connection, 429 and 5xx, as long as `Retry-After` says or with growing pauses. Raises
        `ProblemError` (and its kinds) and `Unreachable`.
        """
        sent = {name: value for name, value in (headers or {}).items() if value}
        if named := str(on_behalf_of or "") or self._on_behalf_of:
            sent["On-Behalf-Of"] = named
        if method not in _SAFE and self._credentials:
            sent["Idempotency-Key"] = idempotency_key or str(uuid4())
        given = {name: value for name, value in (query or {}).items() if value is not None}
        call = {"params": given, "files": files, "data": form} | ({} if body is None else {"json": body})
        for attempt in range(1, self._attempts + 1):
            answer = self._sent_once(method, path, sent, call)
            if answer is not None and answer.is_success:
                return answer
            if attempt == self._attempts or (answer is not None and not self._may_try_again(answer)):
                break
            self._sleep(_pause(answer, attempt))
        if answer is None:
            raise Unreachable(f"{method} {path}: no answer after {self._attempts} attempts")
        raise problem_of(answer.status_code, _json(answer), answer.headers.get("X-Request-ID", ""))

    def pages(self, first: Callable[..., Any], *args: Any, **query: Any) -> Iterator[Any]:
        """Yield the items of a list to its end: `for job in client.pages(client.list_agency_jobs, state="published")`."""
        cursor = ""
        while True:
            page = first(*args, **query, **({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return

    def stream(self, path: str, *, headers: Mapping[str, str] | None = None) -> Any:
        """Return httpx's context manager of a streamed GET, for large files."""
        sent = dict(headers or {})
        if self._credentials:
            sent["Authorization"] = f"Bearer {self._credentials.token(self._http)}"
        return self._http.stream("GET", path, headers=sent)

    def _sent_once(
        self, method: str, path: str, headers: dict[str, str], call: dict[str, Any]
    ) -> httpx.Response | None:
        """Send it; None if no answer came. A refused access token is renewed once."""
        for is_second in (False, True):
            if self._credentials:
                headers["Authorization"] = f"Bearer {self._credentials.token(self._http)}"
            try:
                answer = self._http.request(method, f"/api/v1{path}", headers=headers, **call)
            except httpx.TransportError:
                return None
            if answer.status_code != 401 or is_second or not isinstance(self._credentials, ClientCredentials):
                return answer
            self._credentials.forget()
        return None

    def _may_try_again(self, answer: httpx.Response) -> bool:
        if answer.status_code in _TRIED_AGAIN:
            return True
        body = _json(answer) if answer.status_code == 409 else None
        return isinstance(body, dict) and body.get("code") == _IN_FLIGHT


def _pause(answer: httpx.Response | None, attempt: int) -> float:
    """Return the seconds to wait: what the service says, or a growing, jittered pause."""
    told = answer.headers.get("Retry-After", "") if answer is not None else ""
    if told.isdigit():
        return min(_LONGEST_WAIT, float(told))
    return float(min(_LONGEST_WAIT, 0.5 * 2 ** (attempt - 1)) * random.uniform(0.5, 1.0))  # noqa: S311 - no secret


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None
