"""How a client proves who it is: by a key, or by access tokens (RFC 6749 §4.4)."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

import httpx

from jiuye_client.errors import problem_of

_RENEWED_BEFORE = 60.0


class Credentials(Protocol):
    """Gives the bearer token of the next request; `forget` after it was refused."""

    def token(self, http: httpx.Client) -> str: ...

    def forget(self) -> None: ...


class Key:
    """A key that the agency's owner created: `jya_live_…` or `jya_test_…`."""

    def __init__(self, key: str) -> None:
        self._key = key

    def token(self, http: httpx.Client) -> str:
        return self._key

    def forget(self) -> None:
        """A key stays the same."""


class ClientCredentials:
    """Access tokens for a client id and secret, or for an assertion signed by the client (`private_key_jwt`).

    `assertion` is called for each new token and returns a fresh JWT (RFC 7523).
    """

    def __init__(
        self, client_id: str, secret: str = "", *, assertion: Callable[[], str] | None = None, scope: str = ""
    ) -> None:
        self._client_id, self._secret, self._assertion, self._scope = client_id, secret, assertion, scope
        self._lock = threading.Lock()
        self._token, self._ends_at = "", 0.0

    def token(self, http: httpx.Client) -> str:
        """Return a token that is valid for another minute at least. Raises `ProblemError` if it is refused."""
        with self._lock:
            if not self._token or time.monotonic() > self._ends_at - _RENEWED_BEFORE:
                self._renew(http)
            return self._token

    def forget(self) -> None:
        """Ask for a new token at the next request."""
        with self._lock:
            self._token = ""

    def _renew(self, http: httpx.Client) -> None:
        form = {"grant_type": "client_credentials"}
        if self._scope:
            form["scope"] = self._scope
        auth: tuple[str, str] | None = None
        if self._assertion:
            form |= {
                "client_id": self._client_id,
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": self._assertion(),
            }
        else:
            auth = (self._client_id, self._secret)
        answer = http.post("/oauth/token", data=form, auth=auth or httpx.USE_CLIENT_DEFAULT)
        body = answer.json() if "json" in answer.headers.get("Content-Type", "") else {}
        if answer.status_code != 200:
            told = {"code": body.get("error", "unknown"), "detail": body.get("error_description", "")}
            raise problem_of(answer.status_code, told, answer.headers.get("X-Request-ID", ""))
        self._token = body["access_token"]
        self._ends_at = time.monotonic() + float(body.get("expires_in", 3600))
