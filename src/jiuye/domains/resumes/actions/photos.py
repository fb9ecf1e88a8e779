"""The photo: at most one, stored under an unguessable name, and gone for everybody when its owner removes it.

The file is encrypted and belongs to the transaction (`kernel.sealed_files`).
"""

from typing import IO

from django.db import transaction

from jiuye.domains.resumes.actions.changes import lock, settle
from jiuye.domains.resumes.models import Resume
from jiuye.domains.resumes.policies.files import PHOTOS, UNDO_FOR
from jiuye.domains.resumes.portrait import portrait
from jiuye.domains.resumes.states import PhotoCrop
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.rate_limits import Limit

UPLOADS = Limit(
    "resume-photos", "更换简历照片", "每个人", 20, 3600, "一小时内最多更换 {most} 次照片，请 {wait}后再试。"
)
PHOTOS_TOGETHER = 500


def save_photo(actor: Actor, *, file: IO[bytes], name: str, crop: PhotoCrop = PhotoCrop.MIDDLE) -> None:
    """Set the actor's photo and replace the previous one. Raises `Invalid` (field photo), `RateLimited`."""
    UPLOADS.hit(actor.person)
    content = portrait(file, name=name, crop=crop)
    with transaction.atomic():
        resume = lock(actor)
        sealed_files.delete(resume.photo_key)
        resume.photo_key, resume.photo_removed_at = sealed_files.save(PHOTOS, content, "image/jpeg"), None
        _settle(actor, resume)


@transaction.atomic
def remove_photo(actor: Actor) -> None:
    """Remove the photo, also for those who were sent the resume; it can be restored for ten minutes. Idempotent."""
    resume = lock(actor)
    if resume.photo_key and resume.photo_removed_at is None:
        resume.photo_removed_at = clock.now()
        _settle(actor, resume)


@transaction.atomic
def restore_photo(actor: Actor) -> None:
    """Restore the removed photo. Idempotent. Raises `Refused` after ten minutes."""
    resume = lock(actor)
    if resume.photo_key and resume.photo_removed_at is None:
        return
    if resume.photo_removed_at is None or clock.now() - resume.photo_removed_at > UNDO_FOR:
        raise Refused("照片删除已超过 10 分钟，不能恢复了。需要时请重新上传。", code="too_late")
    resume.photo_removed_at = None
    _settle(actor, resume)


def forget_removed_photos() -> int:
    """Delete photos that can no longer be restored, at most 500. Return the number. Idempotent."""
    with transaction.atomic():
        rows = Resume.objects.select_for_update(skip_locked=True).order_by("photo_removed_at")
        gone = list(rows.filter(photo_removed_at__lt=clock.now() - UNDO_FOR)[:PHOTOS_TOGETHER])
        for resume in gone:
            sealed_files.delete(resume.photo_key)
            resume.photo_key, resume.photo_removed_at = "", None
            resume.save(update_fields=["photo_key", "photo_removed_at"])
    return len(gone)


def _settle(actor: Actor, resume: Resume) -> None:
    resume.save(update_fields=["photo_key", "photo_removed_at"])
    settle(actor, resume, "photo")
