"""The keys, as configured: one list serves every algorithm."""

from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signals import setting_changed

from jiuye.kernel.crypto.ciphers import CIPHERS, Aead


def _derive(secret: bytes, purpose: str, length: int = 32) -> bytes:
    """A key for one purpose from a secret (HKDF, RFC 5869)."""
    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(secret)


@cache
def _keys() -> dict[str, bytes]:
    configured = settings.ENCRYPTION_KEYS
    if configured:
        return {key_id: bytes.fromhex(key) for key_id, key in configured.items()}
    # Development's default, never production's.
    return {"dev": _derive(settings.SECRET_KEY.encode(), "jiuye:encryption")}


def key_ids() -> tuple[str, ...]:
    """The ids of all configured keys, the newest last."""
    return tuple(_keys())


@cache
def newest() -> tuple[str, str]:
    """The key id and the algorithm under which everything new is sealed."""
    return next(reversed(_keys())), settings.CIPHER


@cache
def cipher(key_id: str, algorithm: str) -> Aead:
    """The cipher of a key; each algorithm has a key of its own derived from it. Raises KeyError for an unknown one."""
    make, length = CIPHERS[algorithm]
    return make(_derive(_keys()[key_id], f"jiuye:{algorithm}", length))


@cache
def first_cipher(key_id: str) -> AESGCM:
    """How the product sealed before envelopes named their algorithm: AES-256-GCM with the configured key itself."""
    return AESGCM(_keys()[key_id])


@cache
def index_key() -> bytes:
    """The key of blind indexes: apart from those that encrypt, so that neither opens the other's door."""
    if settings.BLIND_INDEX_KEY:
        return bytes.fromhex(settings.BLIND_INDEX_KEY)
    return _derive(settings.SECRET_KEY.encode(), "jiuye:blind-index")


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting in {"ENCRYPTION_KEYS", "BLIND_INDEX_KEY", "CIPHER", "SECRET_KEY"}:
        for cached in (_keys, newest, cipher, first_cipher, index_key):
            cached.cache_clear()


setting_changed.connect(_forget, dispatch_uid="crypto-keys")
