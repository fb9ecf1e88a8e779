"""Files of people and organisations, encrypted at rest (个人信息保护法 art. 51, GB/T 22239-2019 §8.1.4.8).

Each file has a random data key. The file's row (`SealedFile`) holds the data key in an encrypted column, so that
`rotate_keys` changes the key that protects a file without reading the file. The content is bound to its storage key: a
file that was put in the place of another does not open.

A row is part of the transaction, a file is not: `save` writes the file first and `delete` removes it after the commit.
What a rollback or a crash leaves is a file whose data key exists nowhere; `sweep` deletes it a day later.
"""

import base64
import mimetypes
import os
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import uuid4

import structlog
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.models.signals import post_delete

from jiuye.kernel import clock
from jiuye.kernel.crypto.ciphers import CIPHERS, NONCE_BYTES, Aead
from jiuye.kernel.errors import NotFound
from jiuye.kernel.models import SealedFile

ROOT = "sealed"
"""The folder of all encrypted files; a key outside it names a file from before there were any."""
ORPHAN_AFTER = timedelta(days=1)
"""Until then a file without a row may be one whose transaction is not committed yet."""
_FORMAT = b"JYSEAL1\n"
_TOGETHER = 1000
log = structlog.get_logger("sealed_files")


class FileGone(NotFound):
    """There is no such file, or it cannot be opened (then the log says why)."""

    def __init__(self) -> None:
        super().__init__("这个文件已不存在。")


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
    if default_storage.save(key, ContentFile(_FORMAT + nonce + sealed)) != key:
        raise RuntimeError(f"the storage has another file of the name {key}")
    SealedFile.objects.create(
        key=key,
        data_key=base64.b64encode(secret).decode(),
        algorithm=algorithm,
        content_type=content_type,
        size=len(content),
        created_at=clock.now(),
    )
    return key


def read(key: str) -> bytes:
    """Return the content of a file. The caller checks access. Raises `FileGone`. One query."""
    if not is_sealed(key):
        return _stored(key)
    row = SealedFile.objects.filter(pk=key).first()
    if row is None:
        raise FileGone
    return _opened(row)


def read_many(keys: list[str]) -> Iterator[tuple[str, bytes]]:
    """Yield (key, content) of those files that exist, one after the other. One query."""
    rows = SealedFile.objects.in_bulk([key for key in keys if is_sealed(key)])
    for key in keys:
        try:
            if not is_sealed(key):
                yield key, _stored(key)
            elif key in rows:
                yield key, _opened(rows[key])
        except FileGone:
            continue


def delete(*keys: str) -> None:
    """Delete files, with the transaction that this is called in. Idempotent; empty keys are ignored.

    The data keys go with the commit: from then on nobody can open the files, even if a crash leaves them for `sweep`.
    """
    for key in filter(None, keys):
        SealedFile.objects.filter(pk=key).delete()
        transaction.on_commit(partial(default_storage.delete, key))


def is_sealed(key: str) -> bool:
    """Return whether a key names an encrypted file."""
    return key.startswith(f"{ROOT}/")


def sweep() -> int:
    """Delete stored files that have no row, as a rollback or a crash leaves them. Return the number."""
    swept, stored = 0, _stored_keys()
    while some := list(islice(stored, _TOGETHER)):
        known = set(SealedFile.objects.filter(pk__in=some).values_list("pk", flat=True))
        for key in some:
            if key not in known and _is_old(key):
                default_storage.delete(key)
                swept += 1
    return swept


class SealedFileKey(models.CharField):  # type: ignore[type-arg]
    """A column with the key of a sealed file: the file is deleted with the row, however that is deleted by Django.

    For migrations it is a CharField: what it adds is no part of the schema.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Return the field for migrations: a CharField."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Have the file deleted with its row."""
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            post_delete.connect(self._delete_file, sender=cls)

    def _delete_file(self, instance: models.Model, **_: Any) -> None:
        delete(getattr(instance, self.attname))


def _opened(row: SealedFile) -> bytes:
    stored = _stored(row.key)
    start = len(_FORMAT)
    nonce, sealed = stored[start : start + NONCE_BYTES], stored[start + NONCE_BYTES :]
    try:
        if not stored.startswith(_FORMAT):
            raise ValueError("not in the format of sealed files")
        cipher = _cipher(row.algorithm, base64.b64decode(row.data_key))
        return cipher.decrypt(nonce, sealed, _bound_to(row.key, row.algorithm))
    except (InvalidTag, KeyError, ValueError) as problem:
        log.error("a sealed file does not open", key=row.key, error=repr(problem))
        raise FileGone from problem


def _cipher(algorithm: str, secret: bytes) -> Aead:
    make, _ = CIPHERS[algorithm]
    return make(secret)


def _bound_to(key: str, algorithm: str) -> bytes:
    return f"{algorithm}:{key}".encode()


def _stored(key: str) -> bytes:
    try:
        with default_storage.open(key) as file:
            content: bytes = file.read()
    except FileNotFoundError as problem:
        raise FileGone from problem
    return content


def _stored_keys() -> Iterator[str]:
    try:
        folders, _ = default_storage.listdir(ROOT)
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        for name in sorted(default_storage.listdir(f"{ROOT}/{folder}")[1]):
            yield f"{ROOT}/{folder}/{name}"


def _is_old(key: str) -> bool:
    try:
        return default_storage.get_modified_time(key) < clock.now() - ORPHAN_AFTER
    except FileNotFoundError:
        return False
