"""Envelopes: encrypted text with its key id and algorithm, all of it authenticated.

`key id:algorithm:base64(nonce + ciphertext + tag)`; in the older format `key id:base64(…)` with AES-256-GCM.
"""

import base64
import os

from cryptography.exceptions import InvalidTag

from jiuye.kernel.crypto import keys
from jiuye.kernel.crypto.ciphers import NONCE_BYTES
from jiuye.kernel.errors import Unavailable


class Unreadable(Unavailable, ValueError):
    """An envelope that does not open: its key is not configured or another one, or it was altered or belongs elsewhere."""

    def __init__(self) -> None:
        super().__init__(
            "这部分资料暂时无法读取，我们已记录下这个问题。其他功能可以照常使用；如果急用，请联系平台客服。", 300
        )


def encrypt(text: str, context: str = "") -> str:
    """Return `text` encrypted with the newest key. It decrypts only with the same `context`: where it belongs, e.g. table.column."""
    key_id, algorithm = keys.newest()
    nonce = os.urandom(NONCE_BYTES)
    sealed = keys.cipher(key_id, algorithm).encrypt(nonce, text.encode(), _bound_to(key_id, algorithm, context))
    return f"{key_id}:{algorithm}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(envelope: str, context: str = "") -> str:
    """Return the text of an envelope made by `encrypt`. Raise `Unreadable`."""
    try:
        return _open(envelope, context)
    except (InvalidTag, KeyError, ValueError) as problem:
        raise Unreadable from problem


def opened(envelope: str, context: str = "") -> str | None:
    """Return the text of an envelope, None if it does not open: for what a session remembers and may forget."""
    try:
        return decrypt(envelope, context)
    except Unreadable:
        return None


def _open(envelope: str, context: str) -> str:
    key_id, _, rest = envelope.partition(":")
    algorithm, named, body = rest.partition(":")
    raw = base64.b64decode(body if named else rest)
    nonce, sealed = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    if not named:
        return keys.first_cipher(key_id).decrypt(nonce, sealed, key_id.encode()).decode()
    return keys.cipher(key_id, algorithm).decrypt(nonce, sealed, _bound_to(key_id, algorithm, context)).decode()


def newest_prefix() -> str:
    """Return how every newly made envelope begins."""
    return "{}:{}:".format(*keys.newest())


def _bound_to(key_id: str, algorithm: str, context: str) -> bytes:
    return f"{key_id}:{algorithm}:{context}".encode()
