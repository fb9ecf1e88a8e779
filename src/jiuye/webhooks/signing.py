"""Signatures of Standard Webhooks 1.0.0: HMAC-SHA256 (`v1`) and ed25519 (`v1a`), and checking them for people.

The signed text is `id.timestamp.body`; the header has one signature for each valid secret and key, separated by spaces.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SECRET, PRIVATE_KEY, PUBLIC_KEY = "whsec_", "whsk_", "whpk_"
_SECRET_BYTES = 32
TOLERANCE = 300
"""Seconds that receivers should allow between the time stamp and their clock."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The secrets of an endpoint and the keys of the platform that are valid now, decoded."""

    secrets: tuple[bytes, ...]
    keys: tuple[Ed25519PrivateKey, ...]

    def headers(self, message_id: str, moment: datetime, body: bytes) -> dict[str, str]:
        """Return the three headers of one attempt at `moment`."""
        timestamp = str(int(moment.timestamp()))
        signed = signed_text(message_id, timestamp, body)
        parts = [f"v1,{_encode(hmac.digest(secret, signed, hashlib.sha256))}" for secret in self.secrets]
        parts += [f"v1a,{_encode(key.sign(signed))}" for key in self.keys]
        return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": " ".join(parts)}


@dataclass(frozen=True, slots=True)
class Checked:
    """One signature of a header, and the name of the secret or key that it was made with (empty: none of them)."""

    signature: str
    scheme: str
    fits: str


def new_secret() -> str:
    """Return a new symmetric secret: whsec_ and 32 random bytes."""
    return SECRET + _encode(secrets.token_bytes(_SECRET_BYTES))


def new_key() -> tuple[str, str]:
    """Return a new ed25519 key pair as whsk_ and whpk_."""
    key = Ed25519PrivateKey.generate()
    return PRIVATE_KEY + _encode(key.private_bytes_raw()), PUBLIC_KEY + _encode(key.public_key().public_bytes_raw())


def secret_bytes(secret: str) -> bytes:
    """Return the bytes of a secret. Raises `ValueError` for something that is none."""
    return _decode(secret, SECRET)


def private_key(key: str) -> Ed25519PrivateKey:
    """Return a private key from its whsk_ form."""
    return Ed25519PrivateKey.from_private_bytes(_decode(key, PRIVATE_KEY))


def public_bytes(key: str) -> bytes:
    """Return the 32 bytes of a public key. Raises `ValueError` for something that is none."""
    return _decode(key, PUBLIC_KEY)


def signed_text(message_id: str, timestamp: str, body: bytes) -> bytes:
    """Return what is signed."""
    return f"{message_id}.{timestamp}.".encode() + body


def check(
    headers: Mapping[str, str], body: bytes, *, secrets: Iterable[tuple[str, str]], keys: Iterable[tuple[str, str]]
) -> list[Checked]:
    """Return every signature in `webhook-signature` with the name of the secret (whsec_) or key (whpk_) that fits it.

    `secrets` and `keys`: pairs of name and value. `headers` have lower-case names.
    """
    signed = signed_text(headers.get("webhook-id", ""), headers.get("webhook-timestamp", ""), body)
    named = list(secrets), list(keys)
    found = []
    for signature in headers.get("webhook-signature", "").split():
        scheme, _, value = signature.partition(",")
        try:
            given = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            given = b""
        fits = ""
        if scheme == "v1":
            fits = next((name for name, secret in named[0] if _is_mac(secret, signed, given)), "")
        elif scheme == "v1a":
            fits = next((name for name, key in named[1] if _is_signed(key, signed, given)), "")
        found.append(Checked(signature, scheme, fits))
    return found


def _is_mac(secret: str, signed: bytes, given: bytes) -> bool:
    return hmac.compare_digest(hmac.digest(secret_bytes(secret), signed, hashlib.sha256), given)


def _is_signed(key: str, signed: bytes, given: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes(key)).verify(given, signed)
    except InvalidSignature:
        return False
    return True


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _decode(text: str, prefix: str) -> bytes:
    if not text.startswith(prefix):
        raise ValueError(f"it does not start with {prefix}")
    value = base64.b64decode(text.removeprefix(prefix), validate=True)
    if not value:
        raise ValueError("it is empty")
    return value
