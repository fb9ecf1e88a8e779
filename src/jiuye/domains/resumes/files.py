"""No file outlives the resume it belongs to, whichever way the resume goes."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from jiuye.domains.resumes.models import Resume


@receiver(post_delete, sender=Resume)
def forget_photo(instance: Resume, **_: Any) -> None:
    """Delete the photo once the resume is really gone."""
    key = instance.photo_key
    if key:
        transaction.on_commit(lambda: default_storage.delete(key))
