"""Blind indexes: finding an encrypted value without decrypting."""

import hashlib
import hmac

from jiuye.kernel.crypto import keys


def blind_index(value: str, purpose: str) -> str:
    """Return a keyed digest for finding an encrypted value: equal for equal values of one purpose, useless without the key."""
    return hmac.new(keys.index_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()
