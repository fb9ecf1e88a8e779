"""Attachments that were sent with applications."""

from collections.abc import Collection
from uuid import UUID

import orjson

from jiuye.domains.applications import policies
from jiuye.domains.applications.models import Application, SentAttachment
from jiuye.domains.resumes import queries as resumes
from jiuye.kernel.errors import NotFound


def sent_attachment(application: Application, attachment_id: UUID) -> resumes.AttachmentView:
    """Return an attachment as it was when the application was sent; the caller checks access. Raises `NotFound`. One query."""
    content = application.snapshot.content
    if not content:
        raise NotFound("求职者已注销账号，附件已按规定删除。")
    sent = resumes.view_of_snapshot(orjson.loads(content), masked=False).attachments
    found = next((one for one in sent if one.id == attachment_id), None)
    if found is None:
        raise NotFound
    return found


def still_open(attachment_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the attachments that some receiver may still download. One query."""
    rows = SentAttachment.objects.filter(attachment_id__in=attachment_ids).select_related("application__consent")
    return {row.attachment_id for row in rows if _is_open(row.application)}


def _is_open(application: Application) -> bool:
    return not policies.is_closed_to_receivers(application) and policies.may_see_contacts(application.state)
