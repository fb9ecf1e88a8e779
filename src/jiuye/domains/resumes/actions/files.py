"""An uploaded resume: kept encrypted, read by a job, looked through block by block. Nothing counts before it is confirmed."""

import hashlib
from typing import IO, Any
from uuid import UUID

from django.db import transaction

from jiuye.domains.resumes.actions.basics import change_basics, save_self_description
from jiuye.domains.resumes.actions.changes import lock, settle
from jiuye.domains.resumes.actions.reading import defer_reading
from jiuye.domains.resumes.actions.sections import save_section
from jiuye.domains.resumes.entries import CertificateEntry, Entry, SkillEntry
from jiuye.domains.resumes.extraction import Found
from jiuye.domains.resumes.extraction.stored import from_json
from jiuye.domains.resumes.models import Attachment, Resume, ResumeFile
from jiuye.domains.resumes.policies.files import ATTACHMENTS, MOST_ATTACHMENTS, shortened
from jiuye.domains.resumes.queries import file_blocks
from jiuye.domains.resumes.queries.rows import load_view
from jiuye.domains.resumes.states import FileState
from jiuye.kernel import audit, clock, sealed_files, uploads
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.rate_limits import Limit
from jiuye.ports.document_text import MOST_BYTES, text_format_of

UPLOADS = Limit(
    "resume-files", "上传简历文件供读取", "每个人", 10, 3600, "一小时内最多上传 {most} 份简历，请 {wait}后再试。"
)
_SENT_ALREADY = "这一段已经处理过了。"


def upload_resume_file(actor: Actor, *, file: IO[bytes], name: str) -> UUID:
    """Keep a file for reading, in the place of an earlier one. Return its id. Nothing is opened here.

    Raises `Invalid` (field file), `RateLimited`.
    """
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise Invalid({"file": "这个文件是空的，请重新选择。"})
    if len(content) > MOST_BYTES:
        raise Invalid({"file": f"文件太大，请不要超过 {MOST_BYTES // 1024 // 1024} MB。图片可以压缩后再传。"})
    if text_format_of(content) is None:
        raise Invalid({"file": "这种文件读不出来。请上传 Word、PDF、RTF、网页格式的简历，或 JPG、PNG、HEIC 图片。"})
    UPLOADS.hit(actor.person)
    with transaction.atomic():
        resume = lock(actor)
        ResumeFile.objects.filter(resume=resume).delete()
        made = ResumeFile.objects.create(
            resume=resume,
            key=sealed_files.save(ATTACHMENTS, content, "application/octet-stream"),
            name=uploads.display_name(name, "")[:100],
            state=FileState.WAITING,
            uploaded_at=clock.now(),
        )
        defer_reading(made.id)
        audit.record(actor, "resume.upload_file", resume.id)
    return made.id


@transaction.atomic
def confirm_file_block(actor: Actor, *, key: str, entry: Entry | None = None) -> None:
    """Write a block into the actor's resume: as its owner has changed it (`entry`), or as it was read.

    Raises `NotFound` for a settled block, `Invalid` with a message for each field, `Refused` when a section is full.
    """
    resume, row = _open(actor)
    if key in row.settled:
        raise NotFound(_SENT_ALREADY)
    _write(actor, resume, row, key, entry)
    _settle(actor, row, [key])


@transaction.atomic
def confirm_file(actor: Actor, *, attach: bool) -> list[str]:
    """Write every block that is complete, after its owner has seen all. Return the keys of those that lack something.

    `attach`: the file stays as an attachment, which goes to others with every application; else it is deleted with the last
    block. Raises `NotFound` without a file.
    """
    resume, row = _open(actor)
    done, left = [], []
    blocks = file_blocks.blocks_of(from_json(row.found), load_view(actor.person), row.settled)
    keys = [block.key for block in blocks]
    if row.can_be_sent and row.key and file_blocks.FILE not in row.settled:
        keys += [file_blocks.FILE] if attach else []
        done += [] if attach else [file_blocks.FILE]
    for key in keys:
        try:
            with transaction.atomic():
                _write(actor, resume, row, key, None)
            done.append(key)
        except (Invalid, Refused):
            left.append(key)
    _settle(actor, row, done)
    return left


@transaction.atomic
def settle_file_block(actor: Actor, *, key: str) -> None:
    """Note a block as settled: its owner leaves it out, or has written it elsewhere. Idempotent, also without a file."""
    row = ResumeFile.objects.filter(resume=lock(actor), state=FileState.READ).first()
    if row is not None:
        _settle(actor, row, [key])


@transaction.atomic
def discard_file(actor: Actor) -> None:
    """Delete the file and everything that was read in it, at once. Idempotent."""
    resume = lock(actor)
    gone, _ = ResumeFile.objects.filter(resume=resume).delete()
    if gone:
        audit.record(actor, "resume.discard_file", resume.id)


def _open(actor: Actor) -> tuple[Resume, ResumeFile]:
    resume = lock(actor)
    row = ResumeFile.objects.filter(resume=resume, state=FileState.READ).first()
    if row is None:
        raise NotFound("没有正在核对的简历文件，可能已经处理完或过期。需要时请重新上传。")
    return resume, row


def _settle(actor: Actor, row: ResumeFile, keys: list[str]) -> None:
    """Note the blocks as settled; delete the file when none is left."""
    row.settled = sorted({*row.settled, *keys})
    left = file_blocks.blocks_of(from_json(row.found), load_view(actor.person), row.settled)
    is_open = bool(left) or (row.can_be_sent and bool(row.key) and file_blocks.FILE not in row.settled)
    audit.record(actor, "resume.settle_file_blocks", row.resume_id, blocks=keys)
    if is_open:
        row.save(update_fields=["settled", "key"])
    else:
        row.delete()


def _write(actor: Actor, resume: Resume, row: ResumeFile, key: str, entry: Entry | None) -> None:
    found = from_json(row.found)
    if key == file_blocks.FILE:
        _attach(actor, resume, row)
    elif key == file_blocks.BASICS:
        changes = file_blocks.head_changes(found, load_view(actor.person))
        change_basics(actor, changes=changes)
    elif key == file_blocks.SELF:
        save_self_description(actor, text=found.self_description[:2000])
    elif key in (file_blocks.SKILLS, file_blocks.CERTIFICATES):
        for item in _items(found, key):
            save_section(actor, entry=item)
    else:
        save_section(actor, entry=entry or _as_read(found, key))


def _as_read(found: Found, key: str) -> Any:
    values = file_blocks.values_of(found, key)
    if values is None:
        raise NotFound(_SENT_ALREADY)
    entry = file_blocks.entry_of_values(*values)
    if entry is None:
        raise Invalid({"block": "这一段还缺少必填的内容，请点“改”补上。"})
    return entry


def _items(found: Found, key: str) -> list[Entry]:
    if key == file_blocks.SKILLS:
        return [SkillEntry(name=one.name, level=one.level) for one in found.skills]
    return [
        CertificateEntry(name=one.name, issuer=one.issuer, number=one.number, issued_on=one.issued_on)
        for one in found.certificates
    ]


def _attach(actor: Actor, resume: Resume, row: ResumeFile) -> None:
    """Make the file an attachment, which goes to others with every application."""
    if not row.can_be_sent or not row.key:
        raise Refused("这个文件不能作为附件发给别人。", code="not_sent")
    present = Attachment.objects.filter(resume=resume, removed_at=None)
    if present.count() >= MOST_ATTACHMENTS:
        raise Refused(f"最多放 {MOST_ATTACHMENTS} 个附件，请先在“附件”里删除不需要的。", code="full")
    content = sealed_files.read(row.key)
    digest = hashlib.sha256(content).hexdigest()
    if present.filter(digest=digest).exists():
        return
    Attachment.objects.create(
        resume=resume,
        key=row.key,
        name=shortened(row.name),
        content_type=row.content_type,
        size=len(content),
        digest=digest,
        position=present.count(),
        added_at=clock.now(),
    )
    row.key = ""
    settle(actor, resume, "attachments")
