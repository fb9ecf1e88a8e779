"""Encryption of personal data at rest: authenticated encryption with key ids, and blind indexes for look-ups.

Source: 个人信息保护法 art. 51 (duty to encrypt), GB/T 22239-2019 §8.1.4 (integrity and confidentiality). Which
columns are encrypted and how keys are rotated: docs/data-protection.md.
"""

from jiuye.kernel.crypto.envelopes import Unreadable, decrypt, encrypt, opened
from jiuye.kernel.crypto.fields import EncryptedJSON, EncryptedText
from jiuye.kernel.crypto.indexes import blind_index

__all__ = ["EncryptedJSON", "EncryptedText", "Unreadable", "blind_index", "decrypt", "encrypt", "opened"]
