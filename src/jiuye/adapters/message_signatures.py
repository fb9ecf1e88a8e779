"""Signed HTTP by a key that both sides hold: RFC 9421 message signatures, HMAC-SHA256.

One narrow profile, so that there is nothing to choose: the signature is labelled `jiuye` and covers the method, the path
and the digest of the body (Content-Digest, RFC 9530), in this order; it says when it was `created`, its `nonce` and `alg`.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Generator, Mapping

import httpx

FRESH_SECONDS = 300
_COVERED = '("@method" "@path" "content-digest")'
_INPUT = re.compile(
    r'jiuye=(\("@method" "@path" "content-digest"\)((?:;[a-z]+=(?:[0-9]{1,12}|"[!#-~ ]{0,100}")){1,8}))'
)
_PARAMETER = re.compile(r';([a-z]+)=(?:([0-9]+)|"([^"]*)")')
_NAME_OF_KEY = "jiuye"


class SignatureInvalid(Exception):
    """No signature, or one that is not of these minutes or does not fit. The message says which, and no more."""


def _item(content: bytes) -> str:
    """Bytes as a structured field writes them (RFC 9651 §3.3.5)."""
    return f":{base64.b64encode(content).decode()}:"


def _digest(body: bytes) -> str:
    return f"sha-256={_item(hashlib.sha256(body).digest())}"


def _signature(key: str, method: str, path: str, digest: str, parameters: str) -> str:
    """RFC 9421 §2.5 (the signature base) and §3.3.3 (HMAC)."""
    base = f'"@method": {method}\n"@path": {path}\n"content-digest": {digest}\n"@signature-params": {parameters}'
    return f"jiuye={_item(hmac.digest(key.encode(), base.encode(), 'sha256'))}"


def signed(key: str, *, method: str, path: str, body: bytes, clock: Callable[[], float] = time.time) -> dict[str, str]:
    """The headers that sign a request; `path` without its query."""
    about = f'created={int(clock())};keyid="{_NAME_OF_KEY}";nonce="{secrets.token_urlsafe(16)}";alg="hmac-sha256"'
    parameters = f"{_COVERED};{about}"
    digest = _digest(body)
    return {
        "Content-Digest": digest,
        "Signature-Input": f"jiuye={parameters}",
        "Signature": _signature(key, method, path, digest, parameters),
    }


def verify(
    key: str,
    *,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: bytes,
    clock: Callable[[], float] = time.time,
) -> None:
    """Raises `SignatureInvalid` unless `headers` (names in any case) sign this very request within ±5 minutes.

    A nonce is not remembered: what is received twice within these minutes must be harmless to the receiver.
    """
    given = {name.lower(): value for name, value in headers.items()}
    parameters, created = _described(given.get("signature-input", ""))
    if abs(clock() - created) > FRESH_SECONDS:
        raise SignatureInvalid("the signature is not of these minutes")
    digest = _digest(body)
    if not hmac.compare_digest(given.get("content-digest", "").encode(), digest.encode()):
        raise SignatureInvalid("the digest is of another body")
    expected = _signature(key, method, path, digest, parameters)
    if not hmac.compare_digest(given.get("signature", "").encode(), expected.encode()):
        raise SignatureInvalid("the signature does not fit")


def _described(field: str) -> tuple[str, int]:
    """The signature's parameters as they were signed, and when it was created."""
    read = _INPUT.fullmatch(field)
    found = _PARAMETER.findall(read[2]) if read else []
    about = {name: number or text for name, number, text in found}
    fits = len(about) == len(found) and about.get("alg") == "hmac-sha256" and len(about.get("nonce", "")) >= 16
    if read is None or not fits or not about.get("created", "").isdecimal():
        raise SignatureInvalid("no signature that is read here")
    return read[1], int(about["created"])


class MessageSignature(httpx.Auth):
    """Signs each request of an httpx client anew, a repeated one too (its nonce counts once)."""

    requires_request_body = True

    def __init__(self, key: str) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the signature's headers on the request."""
        path = request.url.raw_path.split(b"?")[0].decode("ascii")
        request.headers.update(signed(self._key, method=request.method, path=path, body=request.content))
        yield request
