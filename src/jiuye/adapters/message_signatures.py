"""Signed HTTP by a shared key: RFC 9421 message signatures with HMAC-SHA256, by the library http-message-signatures.

One narrow profile, so that there is nothing to negotiate: the signature has the label `jiuye` and covers the method, the path
and the digest of the body (Content-Digest, RFC 9530), in this order. Its parameters are `created`, `keyid`, `nonce` and `alg`.
"""

import secrets
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
)
from http_message_signatures.algorithms import HMAC_SHA256

FRESH = timedelta(minutes=5)
SHORTEST_NONCE = 16
_NAME = "jiuye"
_COVERED = ("@method", "@path", "content-digest")
_LONGEST_REASON = 100


class SignatureInvalid(Exception):
    """No signature, or one that is invalid, outside the profile or too old. The message is for logs only."""


@dataclass
class _Message:
    """A request in the form that the library reads. The host is not covered by signatures, so any will do."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"https://host.invalid{self.path}"


class _SharedKey(HTTPSignatureKeyResolver):
    """The shared key, for any key id."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def resolve_public_key(self, key_id: str) -> bytes:
        return self._key

    def resolve_private_key(self, key_id: str) -> bytes:
        return self._key


class _Verifier(HTTPMessageVerifier):
    """Accepts signatures made within ±5 minutes of `moment`: the library would add its clock skew to the maximum age."""

    def __init__(self, key: str, moment: float) -> None:
        super().__init__(signature_algorithm=HMAC_SHA256, key_resolver=_SharedKey(key))
        self._moment = moment

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        """Raise `InvalidSignature` if `created` is missing or outside the window, or if the signature has expired."""
        created, expires = sig_input.params.get("created"), sig_input.params.get("expires", self._moment)
        if created is None:
            raise InvalidSignature("created is missing")
        if abs(self._moment - created) > FRESH.total_seconds() or expires < self._moment:
            raise InvalidSignature("not of these minutes")


def signed(key: str, *, method: str, path: str, body: bytes, clock: Callable[[], float] = time.time) -> dict[str, str]:
    """Return the headers that sign a request; `path` without its query."""
    message = _Message(method, path)
    HTTPMessageSigner(signature_algorithm=HMAC_SHA256, key_resolver=_SharedKey(key)).sign(
        message,
        key_id=_NAME,
        label=_NAME,
        created=datetime.fromtimestamp(int(clock()), UTC),
        nonce=secrets.token_urlsafe(SHORTEST_NONCE),
        covered_component_ids=_COVERED,
        body=body,
    )
    return message.headers


def verify(
    key: str,
    *,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    clock: Callable[[], float] = time.time,
) -> None:
    """Raise `SignatureInvalid` unless `headers` (names in any case) sign this request within ±5 minutes.

    A nonce is not remembered: a message received twice within these minutes must be harmless to the receiver.
    """
    try:
        (result,) = _Verifier(key, clock()).verify(
            _Message(method, path, dict(headers)), max_age=None, require_components=_COVERED, body=body
        )
    except HTTPMessageSignaturesException as problem:
        raise SignatureInvalid(f"no valid signature: {str(problem)[:_LONGEST_REASON]}") from problem
    covered = (*(f'"{name}"' for name in _COVERED), '"@signature-params"')
    is_of_profile = result.label == _NAME and tuple(result.covered_components) == covered
    if not is_of_profile or "alg" not in result.parameters or len(result.nonce or "") < SHORTEST_NONCE:
        raise SignatureInvalid("a valid signature outside the agreed profile")


class MessageSignature(httpx.Auth):
    """Signs each request of an httpx client; a retried request gets a new nonce."""

    requires_request_body = True

    def __init__(self, key: str) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Set the signature's headers on the request."""
        path = request.url.raw_path.split(b"?")[0].decode("ascii")
        request.headers.update(signed(self._key, method=request.method, path=path, body=request.content))
        yield request
