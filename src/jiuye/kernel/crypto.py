"""Personal data at rest: authenticated encryption with key ids, and blind indexes for look-ups.

Source: 个人信息保护法 art. 51 (encryption as a duty), GB/T 22239-2019 §8.1.4 (integrity and confidentiality).
"""

import base64
import hashlib
import hmac
import os
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


def _derive(purpose: str) -> bytes:
    """A key for `purpose` from SECRET_KEY; development's default, never production's."""
    return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())


@cache
def _keys() -> dict[str, bytes]:
    configured = settings.ENCRYPTION_KEYS
    if configured:
        return {key_id: bytes.fromhex(key) for key_id, key in configured.items()}
    return {"dev": _derive("jiuye:encryption")}


@cache
def _cipher(key_id: str) -> AESGCM:
    return AESGCM(_keys()[key_id])


@cache
def _index_key() -> bytes:
    return bytes.fromhex(settings.BLIND_INDEX_KEY) if settings.BLIND_INDEX_KEY else _derive("jiuye:blind-index")


def encrypt(text: str) -> str:
    """`text` under the newest key as `key_id:base64(nonce + ciphertext + tag)`; AES-256-GCM, the key id authenticated."""
    key_id = next(reversed(_keys()))
    nonce = os.urandom(12)
    sealed = _cipher(key_id).encrypt(nonce, text.encode(), key_id.encode())
    return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(envelope: str) -> str:
    """The text of an envelope made by `encrypt`. Raises `InvalidTag` when altered, KeyError for an unknown key id."""
    key_id, _, body = envelope.partition(":")
    raw = base64.b64decode(body)
    return _cipher(key_id).decrypt(raw[:12], raw[12:], key_id.encode()).decode()


def blind_index(value: str, purpose: str) -> str:
    """A keyed digest by which an encrypted value can be found: equal for equal values of one purpose, useless without the key."""
    return hmac.new(_index_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text column whose database holds only envelopes. Empty text stays empty. It can't be filtered on."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(str(value)) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value) if value else value
