"""Deletion of files whose row is gone."""

from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from jiuye.domains.resumes.models import Attachment, Resume
from jiuye.domains.resumes.policies.files import ATTACHMENTS, ORPHAN_AFTER, PHOTOS
from jiuye.kernel import clock

_TOGETHER = 1000


@receiver(post_delete, sender=Resume)
def forget_photo(instance: Resume, **_: Any) -> None:
    """Delete the photo after the transaction that deleted the resume."""
    if instance.photo_key:
        transaction.on_commit(partial(default_storage.delete, instance.photo_key))


@receiver(post_delete, sender=Attachment)
def forget_file(instance: Attachment, **_: Any) -> None:
    """Delete the file after the transaction that deleted the attachment."""
    transaction.on_commit(partial(default_storage.delete, instance.key))


def sweep() -> int:
    """Delete files that no row names, as a crash between file and row leaves them. Return the number.

    Only files older than a day: the row of a younger one may not be committed yet.
    """
    swept = 0
    for folder, model, column in ((PHOTOS, Resume, "photo_key"), (ATTACHMENTS, Attachment, "key")):
        keys = _keys_in(folder)
        for start in range(0, len(keys), _TOGETHER):
            some = keys[start : start + _TOGETHER]
            named = set(model._default_manager.filter(**{f"{column}__in": some}).values_list(column, flat=True))
            for key in sorted(set(some) - named):
                if _is_old(key):
                    default_storage.delete(key)
                    swept += 1
    return swept


def _keys_in(folder: str) -> list[str]:
    try:
        return sorted(f"{folder}/{name}" for name in default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def _is_old(key: str) -> bool:
    try:
        return default_storage.get_modified_time(key) < clock.now() - ORPHAN_AFTER
    except FileNotFoundError:
        return False
