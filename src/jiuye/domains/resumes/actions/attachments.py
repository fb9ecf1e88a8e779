"""Attachments: works and certificates that are part of the resume.

What was sent with an application stays as it was: an attachment that its owner removes afterwards is hidden from
everybody else, and its file is deleted when no open application carries it any more
(`applications.actions.forget_removed_attachments`). Applications refer to files and do not copy them: files never
change, a copy would slow down applying, and a deleted file is deleted everywhere.

Files are encrypted and belong to the transaction (`kernel.sealed_files`).
"""

import hashlib
from collections.abc import Collection
from typing import IO
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jiuye.domains.resumes.actions.changes import lock, settle
from jiuye.domains.resumes.models import Attachment, Resume
from jiuye.domains.resumes.policies.files import ATTACHMENTS, MOST_ATTACHMENTS, UNDO_FOR, named, shortened
from jiuye.kernel import clock, sealed_files, uploads
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit

UPLOADS = Limit(
    "resume-attachments", "上传简历附件", "每个人", 30, 3600, "一小时内最多上传 {most} 个附件，请 {wait}后再试。"
)


def add_attachment(actor: Actor, *, file: IO[bytes], name: str, title: str = "") -> UUID:
    """Add a file to the actor's resume, named `title` or, without one, `name`. Return its id. The same file twice is
    one.

    Raises `Invalid` (fields file, name), `Refused` when there are five already, `RateLimited`.
    """
    UPLOADS.hit(actor.person)
    try:
        clean = uploads.clean(file, name=name)
    except uploads.Unacceptable as problem:
        raise Invalid({"file": problem.message}) from problem
    called = named(title, clean.extension) if title.strip() else shortened(clean.name)
    return _keep(actor, clean, called)


@transaction.atomic
def _keep(actor: Actor, clean: uploads.Clean, called: str) -> UUID:
    resume = lock(actor)
    rows = list(_present(resume))
    digest = hashlib.sha256(clean.content).hexdigest()
    for row in rows:
        if row.digest == digest:
            return row.id
    if len(rows) >= MOST_ATTACHMENTS:
        raise Refused(f"最多放 {MOST_ATTACHMENTS} 个附件，请先删除不需要的。", code="full")
    fresh = Attachment.objects.create(
        resume=resume,
        key=sealed_files.save(ATTACHMENTS, clean.content, clean.content_type),
        name=called,
        content_type=clean.content_type,
        size=len(clean.content),
        digest=digest,
        position=max((row.position for row in rows), default=-1) + 1,
        added_at=clock.now(),
    )
    settle(actor, resume, "attachments")
    return fresh.id


@transaction.atomic
def rename_attachment(actor: Actor, *, attachment_id: UUID, title: str) -> None:
    """Rename an attachment; applications that were sent keep the old name. Raises `Invalid` (field name), `NotFound`."""
    resume = lock(actor)
    row = _own(resume, attachment_id)
    called = named(title, row.name[row.name.rfind(".") :])
    if called != row.name:
        row.name = called
        row.save(update_fields=["name"])
        settle(actor, resume, "attachments")


@transaction.atomic
def remove_attachment(actor: Actor, *, attachment_id: UUID) -> None:
    """Remove an attachment from the resume; it can be restored for ten minutes. Idempotent. Raises `NotFound`."""
    resume = lock(actor)
    row = Attachment.objects.filter(resume=resume, pk=attachment_id).first()
    if row is None:
        raise NotFound("这个附件不存在，可能已被删除。")
    if row.removed_at is None:
        row.removed_at = clock.now()
        row.save(update_fields=["removed_at"])
        settle(actor, resume, "attachments")


@transaction.atomic
def restore_attachment(actor: Actor, *, attachment_id: UUID) -> None:
    """Restore a removed attachment. Idempotent. Raises `NotFound`, `Refused` after ten minutes and when there are five others."""
    resume = lock(actor)
    row = Attachment.objects.filter(resume=resume, pk=attachment_id).first()
    if row is None:
        raise NotFound("这个附件不存在，可能已被删除。")
    if row.removed_at is None:
        return
    if clock.now() - row.removed_at > UNDO_FOR:
        raise Refused("附件删除已超过 10 分钟，不能恢复了。需要时请重新上传。", code="too_late")
    present = list(_present(resume))
    if len(present) >= MOST_ATTACHMENTS:
        raise Refused(f"最多放 {MOST_ATTACHMENTS} 个附件，请先删除一个再恢复。", code="full")
    if any(one.digest == row.digest for one in present):
        return
    row.removed_at = None
    row.save(update_fields=["removed_at"])
    settle(actor, resume, "attachments")


def destroy_attachments(ids: Collection[UUID]) -> int:
    """Delete attachments that were removed more than ten minutes ago, with their files. Return the number. For the
    system.

    The caller knows that nobody may open them any more.
    """
    with transaction.atomic():
        rows = Attachment.objects.select_for_update(skip_locked=True).filter(
            pk__in=ids, removed_at__lt=clock.now() - UNDO_FOR
        )
        gone = list(rows)
        Attachment.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return len(gone)


def _present(resume: Resume) -> QuerySet[Attachment]:
    return Attachment.objects.filter(resume=resume, removed_at=None).order_by("position", "id")


def _own(resume: Resume, attachment_id: UUID) -> Attachment:
    row = _present(resume).filter(pk=attachment_id).first()
    if row is None:
        raise NotFound("这个附件不存在，可能已被删除。")
    return row
