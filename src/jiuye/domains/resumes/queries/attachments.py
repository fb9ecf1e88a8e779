"""Attachments for their owner, and their content for callers that have checked access."""

from dataclasses import dataclass, field
from uuid import UUID

from jiuye.domains.resumes.models import Attachment
from jiuye.domains.resumes.policies.files import UNDO_FOR
from jiuye.domains.resumes.queries.views import AttachmentView
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound

GONE = "这个附件已不存在。"


@dataclass(frozen=True, slots=True)
class Attachments:
    """The owner's attachments in order, and those removed just now that can be restored, latest first."""

    present: tuple[AttachmentView, ...]
    removed: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class File:
    """An attachment's content for download."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


def my_attachments(actor: Actor) -> Attachments:
    """Return the actor's attachments. One query."""
    rows = list(Attachment.objects.filter(resume__user_id=actor.person).order_by("position", "id"))
    since = clock.now() - UNDO_FOR
    removed = [row for row in rows if row.removed_at and row.removed_at >= since]
    removed.sort(key=lambda row: row.removed_at or since, reverse=True)
    return Attachments(tuple(_view(row) for row in rows if row.removed_at is None), tuple(map(_view, removed)))


def my_attachment(actor: Actor, attachment_id: UUID) -> AttachmentView:
    """Return one of the actor's attachments. Raises `NotFound`. One query."""
    return _view(_own(actor, attachment_id))


def read_my_attachment(actor: Actor, attachment_id: UUID) -> File:
    """Return the content of one of the actor's attachments. Raises `NotFound`. Two queries."""
    row = _own(actor, attachment_id)
    return _read(row.key, row.name, row.content_type)


def read_sent_attachment(sent: AttachmentView) -> File:
    """Return an attachment as it was sent, with its name at that time; the caller checks access. Raises `NotFound`. Two queries."""
    key = Attachment.objects.filter(pk=sent.id).values_list("key", flat=True).first()
    if key is None:
        raise NotFound(GONE)
    return _read(key, sent.name, sent.content_type)


def removed_attachments(*, after: UUID | None = None, limit: int = 500) -> list[UUID]:
    """Return removed attachments that can no longer be restored, ordered by id, from `after` on. One query."""
    rows = Attachment.objects.filter(removed_at__lt=clock.now() - UNDO_FOR)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def _own(actor: Actor, attachment_id: UUID) -> Attachment:
    row = Attachment.objects.filter(pk=attachment_id, resume__user_id=actor.person, removed_at=None).first()
    if row is None:
        raise NotFound("这个附件不存在，可能已被删除。")
    return row


def _read(key: str, name: str, content_type: str) -> File:
    try:
        return File(name, content_type, sealed_files.read(key))
    except sealed_files.FileGone as problem:
        raise NotFound(GONE) from problem


def _view(row: Attachment) -> AttachmentView:
    return AttachmentView(id=row.id, name=row.name, content_type=row.content_type, size=row.size)
