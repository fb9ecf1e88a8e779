"""Envelopes: encrypted text with its key id and algorithm, all of it authenticated.

`key id:algorithm:base64(nonce + ciphertext + tag)`; in the older format `key id:base64(…)` with AES-256-GCM.
"""

import base64
import os

from jiuye.kernel.crypto import keys
from jiuye.kernel.crypto.ciphers import NONCE_BYTES


def encrypt(text: str, context: str = "") -> str:
    """Return `text` encrypted with the newest key. It decrypts only with the same `context`: where it belongs, e.g. table.column."""
    key_id, algorithm = keys.newest()
    nonce = os.urandom(NONCE_BYTES)
    sealed = keys.cipher(key_id, algorithm).encrypt(nonce, text.encode(), _bound_to(key_id, algorithm, context))
    return f"{key_id}:{algorithm}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(envelope: str, context: str = "") -> str:
    """Return the text of an envelope made by `encrypt`.

    Raise `InvalidTag` if it was altered or belongs to another context, KeyError for an unknown key id or algorithm.
    """
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
