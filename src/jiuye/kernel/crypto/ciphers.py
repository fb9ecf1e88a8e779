"""The authenticated ciphers: AES-256-GCM (NIST SP 800-38D) and SM4-GCM (GB/T 32907-2016, RFC 8998)."""

from collections.abc import Callable
from typing import Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
TAG_BYTES = 16


class Aead(Protocol):
    """An AEAD cipher with a nonce of 12 bytes; the 16-byte tag is at the end of the ciphertext."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Return `data` encrypted and authenticated together with `associated_data`."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """Return the plaintext. Raise `cryptography.exceptions.InvalidTag` if anything was altered."""


class Sm4Gcm:
    """SM4 in Galois/Counter Mode; the key has 16 bytes."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """See `Aead`."""
        sealing = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(associated_data)
        return sealing.update(data) + sealing.finalize() + sealing.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        """See `Aead`."""
        opening = Cipher(self._algorithm, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        opening.authenticate_additional_data(associated_data)
        return opening.update(data[:-TAG_BYTES]) + opening.finalize()


CIPHERS: dict[str, tuple[Callable[[bytes], Aead], int]] = {"aes-256-gcm": (AESGCM, 32), "sm4-gcm": (Sm4Gcm, 16)}
"""Algorithm → how to create it from a key, and the key's length in bytes. The names are part of the stored format."""
