"""Keys with which partner apps read the API: how they look, and how they are kept."""

import hashlib

KEY_PREFIX = "jyk_"
"""Begins every key, so that people and programs that look for leaked secrets know one when they see it."""

_LONGEST = 100


def digest_of(key: str) -> str:
    """Under which a key is kept. A key holds 256 random bits: nothing is gained by a slower digest (NIST SP 800-63B §5.1.2.2)."""
    return hashlib.sha256(key.encode()).hexdigest()


def shown_start(key: str) -> str:
    """Its first letters, by which people tell keys apart on screen."""
    return key[:12]


def looks_like_a_key(text: str) -> bool:
    """Whether it is worth looking for."""
    return text.startswith(KEY_PREFIX) and len(text) <= _LONGEST and text.isascii()
