"""Reading uploaded resumes: jobs of the worker, in the limited process of uploaded documents, outside any transaction."""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as queue

from jiuye.domains.resumes.extraction import Found, extract
from jiuye.domains.resumes.extraction.stored import to_json
from jiuye.domains.resumes.models import ResumeFile
from jiuye.domains.resumes.policies.files import ATTACHMENTS, FILE_KEPT, FILE_LOST
from jiuye.domains.resumes.states import FileState
from jiuye.kernel import audit, clock, retention, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.uploads import Unacceptable
from jiuye.ports import inspection
from jiuye.ports.document_text import DocumentText

READING_TASK = "read_resume_file"
_NO_WORDS = "这是图片或扫描件，这里认不出里面的文字，请一步一步填写。文件可以放进附件。"
_NOT_UNDERSTOOD = "文件打开了，但没有看出简历的内容。请一步一步填写；文件可以放进附件。"


def defer_reading(file_id: UUID, *, recognise: bool = False) -> None:
    """Have a file read; pictures are recognised one at a time, in their own queue."""
    place = "recognition" if recognise else "documents"
    lock = "recognition" if recognise else f"resume-file:{file_id}"
    queue.configure_task(READING_TASK, queue=place, lock=lock).defer(file_id=str(file_id), recognise=recognise)


def read_resume_file(actor: Actor, *, file_id: UUID, recognise: bool = False) -> None:
    """Read a waiting file and keep what was found as suggestions. For the worker. Idempotent.

    Raises `InspectionUnavailable` for a retry.
    """
    row = ResumeFile.objects.filter(pk=file_id, state=FileState.WAITING).first()
    if row is None:
        return
    inspector = inspection.get()
    try:
        read = inspector.read_text(sealed_files.read(row.key), name=row.name, recognise=recognise)
    except NotFound:  # discarded meanwhile
        return
    except Unacceptable as refusal:
        _refuse(actor, file_id, refusal.message)
        return
    if read.is_picture and not recognise and inspector.reads_pictures:
        defer_reading(file_id, recognise=True)
        return
    _keep(actor, file_id, read, extract(read.texts))


@transaction.atomic
def _keep(actor: Actor, file_id: UUID, read: DocumentText, found: Found) -> None:
    row = _waiting(file_id)
    if row is None:
        return
    problem = ""
    if found.is_empty:
        problem = _NO_WORDS if read.is_picture and not read.texts else _NOT_UNDERSTOOD
        problem = problem if read.can_be_sent else problem.replace("；文件可以放进附件", "")
    sealed_files.delete(row.key)
    row.key = sealed_files.save(ATTACHMENTS, read.clean.content, read.clean.content_type)
    row.name, row.content_type, row.can_be_sent = read.clean.name[:100], read.clean.content_type, read.can_be_sent
    row.state, row.problem, row.found = FileState.READ, problem, to_json(found)
    row.save()
    audit.record(actor, "resume.read_file", row.resume_id, format=read.format)


@transaction.atomic
def _refuse(actor: Actor, file_id: UUID, problem: str) -> None:
    row = _waiting(file_id)
    if row is None:
        return
    sealed_files.delete(row.key)
    row.key, row.state, row.problem = "", FileState.REFUSED, problem[:300]
    row.save(update_fields=["key", "state", "problem"])
    audit.record(actor, "resume.refuse_file", row.resume_id)


def _waiting(file_id: UUID) -> ResumeFile | None:
    return ResumeFile.objects.select_for_update().filter(pk=file_id, state=FileState.WAITING).first()


def forget_resume_files() -> int:
    """Delete uploaded resumes that nobody has looked through in time, with what was read in them. Return the number. For the
    system.

    Files whose job was lost are read again.
    """
    moment = clock.now()
    lost = ResumeFile.objects.filter(state=FileState.WAITING, uploaded_at__lt=moment - FILE_LOST)
    for file_id in lost.order_by("uploaded_at", "id").values_list("id", flat=True)[:100]:
        defer_reading(file_id)
    return retention.forget(ResumeFile.objects.filter(uploaded_at__lt=moment - FILE_KEPT))
