"""Verification of webhooks (Standard Webhooks 1.0.0): HMAC-SHA256 `v1` and Ed25519 `v1a`, without other packages for `v1`."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

TOLERANCE = 300
"""Seconds by which a time stamp may differ from this machine's clock."""


class NotGenuine(Exception):
    """The request is not from the platform, was changed on the way, or is too old."""


def verify(
    body: bytes,
    headers: Mapping[str, str],
    *keys: str,
    tolerance: int = TOLERANCE,
    now: float | None = None,
) -> Any:
    """Return the payload of a genuine webhook. `body` are the bytes as they came, before any parsing.

    `keys` are the endpoint's secrets (`whsec_…`; two while they change) and public keys of the platform (`whpk_…`, which
    need the extra `ed25519`). Raises `NotGenuine`. Remember the `webhook-id` of what was dealt with: a message may come twice.
    """
    given = {name.lower(): value for name, value in headers.items()}
    try:
        message_id, stamp, signatures = (given[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
        moment = int(stamp)
    except (KeyError, ValueError):
        raise NotGenuine("a webhook header is missing or malformed") from None
    if abs((time.time() if now is None else now) - moment) > tolerance:
        raise NotGenuine("the time stamp is too far from this machine's clock")
    signed = b".".join((message_id.encode(), stamp.encode(), body))
    if not any(_fits(signed, signature, keys) for signature in signatures.split(" ")):
        raise NotGenuine("no signature fits")
    return json.loads(body)


def _fits(signed: bytes, signature: str, keys: Sequence[str]) -> bool:
    version, _, value = signature.partition(",")
    try:
        raw = base64.b64decode(value, validate=True)
    except binascii.Error:
        return False
    if version == "v1":
        return any(hmac.compare_digest(_hmac(key, signed), raw) for key in keys if key.startswith("whsec_"))
    if version == "v1a":
        return any(_is_signed_by(key, signed, raw) for key in keys if key.startswith("whpk_"))
    return False


def _hmac(secret: str, signed: bytes) -> bytes:
    return hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()


def _is_signed_by(public_key: str, signed: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.removeprefix("whpk_")))
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
