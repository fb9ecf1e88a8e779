"""Saving, reading and deleting encrypted files."""

import base64
import mimetypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import structlog
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from jiuye.kernel import clock, space
from jiuye.kernel.crypto.ciphers import CIPHERS, NONCE_BYTES, Aead
from jiuye.kernel.errors import NotFound, ProductError, Unavailable
from jiuye.kernel.models import SealedFile

ROOT = "sealed"
"""The folder of all encrypted files; a key outside it names a file from before there were any."""
_FORMAT = b"JYSEAL1\n"
log = structlog.get_logger("sealed_files")


class FileGone(NotFound):
    """There is no such file, or it cannot be opened (then the log says why)."""

    def __init__(self) -> None:
        super().__init__("这个文件已不存在。")


@contextmanager
def reached() -> Iterator[None]:
    """Turn what a storage raises while it is away into `Unavailable`; that a file is missing or the disk full stays as it is.

    Each storage has errors of its own: those of object storages are no OSErrors.
    """
    try:
        yield
    except (FileNotFoundError, ProductError):
        raise
    except Exception as problem:
        if space.is_full(problem):
            raise
        log.error("the storage of files is away", error=type(problem).__name__)
        raise Unavailable("文件服务暂时不可用，请稍后再试。") from problem


def save(folder: str, content: bytes, content_type: str) -> str:
    """Encrypt `content` and store it under an unguessable name in `folder`. Return its key.

    Must be called in the transaction that stores the key. The whole content is held in memory: for files up to some ten
    megabytes.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a sealed file is saved in the transaction of the row that names it")
    key = f"{ROOT}/{folder}/{uuid4()}{mimetypes.guess_extension(content_type) or ''}"
    algorithm = settings.CIPHER
    secret = os.urandom(CIPHERS[algorithm][1])
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(algorithm, secret).encrypt(nonce, content, _bound_to(key, algorithm))
    with reached():
        name = default_storage.save(key, ContentFile(_FORMAT + nonce + sealed))
    if name != key:
        raise RuntimeError(f"the storage has another file of the name {key}")
    SealedFile.objects.create(
        key=key,
        data_key=base64.b64encode(secret).decode(),
        algorithm=algorithm,
        content_type=content_type,
        size=len(content),
        created_at=clock.real_now(),
    )
    return key


def read(key: str) -> bytes:
    """Return the content of a file. The caller checks access. Raises `FileGone`. One query."""
    if not is_sealed(key):
        return stored(key)
    row = SealedFile.objects.filter(pk=key).first()
    if row is None:
        raise FileGone
    return _opened(row)


def delete(*keys: str) -> None:
    """Delete files, with the transaction that this is called in. Idempotent; empty keys are ignored.

    The data keys go with the commit: from then on nobody can open the files, even if a crash leaves them for `sweep`.
    """
    for key in filter(None, keys):
        SealedFile.objects.filter(pk=key).delete()
        transaction.on_commit(partial(_remove, key))


def _remove(key: str) -> None:
    """Delete a file after the commit, which stands in any case: what cannot be deleted now is left to the sweep."""
    try:
        default_storage.delete(key)
    except Exception as problem:
        log.warning("a file is left to the sweep", key=key, error=type(problem).__name__)


def exists(key: str) -> bool:
    """Return whether there is such a file. One query."""
    is_known = SealedFile.objects.filter(pk=key).exists() if is_sealed(key) else bool(key)
    with reached():
        return is_known and default_storage.exists(key)


def is_sealed(key: str) -> bool:
    """Return whether a key names an encrypted file."""
    return key.startswith(f"{ROOT}/")


def stored(key: str) -> bytes:
    """Return what the storage holds, encrypted or not. Raises `FileGone`."""
    try:
        with reached(), default_storage.open(key) as file:
            content: bytes = file.read()
    except FileNotFoundError as problem:
        raise FileGone from problem
    return content


def _opened(row: SealedFile) -> bytes:
    content = stored(row.key)
    start = len(_FORMAT)
    nonce, sealed = content[start : start + NONCE_BYTES], content[start + NONCE_BYTES :]
    try:
        if not content.startswith(_FORMAT):
            raise ValueError("not in the format of sealed files")
        cipher = _cipher(row.algorithm, base64.b64decode(row.data_key))
        return cipher.decrypt(nonce, sealed, _bound_to(row.key, row.algorithm))
    except (InvalidTag, KeyError, ValueError) as problem:
        log.error("a sealed file does not open", key=row.key, error=type(problem).__name__)
        raise FileGone from problem


def _cipher(algorithm: str, secret: bytes) -> Aead:
    make, _ = CIPHERS[algorithm]
    return make(secret)


def _bound_to(key: str, algorithm: str) -> bytes:
    return f"{algorithm}:{key}".encode()
