"""The format and storage of partner apps' API keys."""

import hashlib

KEY_PREFIX = "jyk_"
"""The prefix of every key, so that people and secret scanners recognise leaked keys."""

_LONGEST = 100


def digest_of(key: str) -> str:
    """Return the digest under which a key is stored. A key has 256 random bits, so a slow digest gains nothing (NIST SP
    800-63B §5.1.2.2).
    """
    return hashlib.sha256(key.encode()).hexdigest()


def shown_start(key: str) -> str:
    """Return its first characters, by which people recognise keys on screen."""
    return key[:12]


def looks_like_a_key(text: str) -> bool:
    """Return whether the text has the format of a key."""
    return text.startswith(KEY_PREFIX) and len(text) <= _LONGEST and text.isascii()
