"""The configured encryption keys: one list for all algorithms."""

from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signals import setting_changed

from jiuye.kernel.crypto.ciphers import CIPHERS, Aead


def _derive(secret: bytes, purpose: str, length: int = 32) -> bytes:
    """Return a key for one purpose, derived from a secret (HKDF, RFC 5869)."""
    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(secret)


@cache
def _keys() -> dict[str, bytes]:
    configured = settings.ENCRYPTION_KEYS
    if configured:
        return {key_id: bytes.fromhex(key) for key_id, key in configured.items()}
    # The default in development, refused in production.
    return {"dev": _derive(settings.SECRET_KEY.encode(), "jiuye:encryption")}


def key_ids() -> tuple[str, ...]:
    """Return the ids of all configured keys, the newest last."""
    return tuple(_keys())


@cache
def newest() -> tuple[str, str]:
    """Return the key id and the algorithm for new envelopes."""
    return next(reversed(_keys())), settings.CIPHER


@cache
def cipher(key_id: str, algorithm: str) -> Aead:
    """Return the cipher of a key; each algorithm has a key derived from it. Raise KeyError for an unknown one."""
    make, length = CIPHERS[algorithm]
    return make(_derive(_keys()[key_id], f"jiuye:{algorithm}", length))


@cache
def first_cipher(key_id: str) -> AESGCM:
    """Return the cipher of envelopes in the older format: AES-256-GCM with the configured key itself."""
    return AESGCM(_keys()[key_id])


@cache
def index_key() -> bytes:
    """Return the key of blind indexes, which is separate from the encryption keys."""
    if settings.BLIND_INDEX_KEY:
        return bytes.fromhex(settings.BLIND_INDEX_KEY)
    return _derive(settings.SECRET_KEY.encode(), "jiuye:blind-index")


def fingerprints() -> dict[str, str]:
    """Return a fingerprint of each encryption key and of the others, which tells whether a key is the same and reveals nothing of it.

    The names are those of the settings: `ENCRYPTION_KEYS:<id>`, `BLIND_INDEX_KEY`, `SECRET_KEY`.
    """
    every = {f"ENCRYPTION_KEYS:{key_id}": key for key_id, key in _keys().items()}
    every |= {"BLIND_INDEX_KEY": index_key(), "SECRET_KEY": settings.SECRET_KEY.encode()}
    return {name: _derive(key, "jiuye:fingerprint", 16).hex() for name, key in every.items()}


def authentication_key(key_id: str, purpose: str) -> bytes:
    """Return a key, derived from a configured one, that authenticates something outside the database."""
    return _derive(_keys()[key_id], f"jiuye:authentication:{purpose}")


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting in {"ENCRYPTION_KEYS", "BLIND_INDEX_KEY", "CIPHER", "SECRET_KEY"}:
        for cached in (_keys, newest, cipher, first_cipher, index_key):
            cached.cache_clear()


setting_changed.connect(_forget, dispatch_uid="crypto-keys")
