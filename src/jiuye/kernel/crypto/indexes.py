"""Blind indexes: finding an encrypted value without being able to read it."""

import hashlib
import hmac

from jiuye.kernel.crypto import keys


def blind_index(value: str, purpose: str) -> str:
    """A keyed digest by which an encrypted value can be found: equal for equal values of one purpose, useless without the key."""
    return hmac.new(keys.index_key(), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()
