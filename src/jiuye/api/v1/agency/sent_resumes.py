"""Resumes that were sent with applications. Each read is logged for the resume's owner, with the client and its member."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import application_answers as answers
from jiuye.api.v1.agency.application_schemas import told
from jiuye.api.v1.agency.files import binary, file_of
from jiuye.api.v1.agency.resume_schemas import Contacts, SentResume, told_resume
from jiuye.api.v1.strict import StrictBody
from jiuye.documents import resume_bundle, resume_pdf
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.states import ContactReason
from jiuye.domains.clients.states import Scope
from jiuye.domains.organisations.queries import organisation_name
from jiuye.domains.resumes.queries import read_photo, read_sent_attachment
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Refused
from jiuye.kernel.write_guard import writes_allowed

router = Router(tags=["agency-applications"])
_one = "/agency/applications/{uuid:application_id}"
_READS = client(Scope.RESUMES_READ, names_member=True)
_EXPORTS = client(Scope.RESUMES_READ, names_member=True, is_export=True)
_OF_FILES = {**refusals.OF_READS, 409: refusals.OF_WRITES[409]}


class ContactReasonInput(StrictBody):
    """Why the contacts are needed; the applicant reads it."""

    reason: ContactReason = Field(strict=False, description=told(ContactReason.choices), examples=["interview"])
    note: str = Field("", description=f"最多 {actions.LONGEST_CONTACT_NOTE} 字；原因是 other 时必填。")


@router.get(
    f"{_one}/resume",
    summary="读取简历",
    description="投递时发出的简历，带每一项现在的核验结果；联系方式部分隐藏。每次读取都记入求职者的“谁看过我的简历”；"
    "第一次读取时状态变为已查看。",
    operation_id="readSentResume",
    response={200: SentResume, **refusals.OF_READS},
)
@access(_READS)
def read_sent_resume(request: HttpRequest, application_id: UUID) -> Any:
    """The resume that was sent, as data."""
    actor = actor_of(request)
    with writes_allowed():
        actions.open_resume(actor, application_id=application_id)
    found = queries.disclosed_to_agency(actor, application_id)
    return {
        "application_id": application_id,
        "submitted_at": found.submitted_at,
        "consent": answers.consent(found.consent),
        "resume": told_resume(queries.resume_for_agency(actor, application_id)),
    }


@router.get(
    f"{_one}/resume.pdf",
    summary="下载简历 PDF",
    description="页脚写有本机构的名称。contacts=true 含联系方式：须在同一成员说明原因（POST …/contacts）后的 10 分钟内。每次下载都有记录。",
    operation_id="downloadSentResume",
    response=_OF_FILES,
    openapi_extra=binary("application/pdf", "PDF。"),
)
@access(_READS)
def download_sent_resume(
    request: HttpRequest,
    application_id: UUID,
    contacts: Annotated[bool, Query(description="含联系方式。")] = False,
) -> HttpResponse:
    """The resume that was sent, as a PDF."""
    actor = actor_of(request)
    with writes_allowed():
        actions.download_resume(actor, application_id=application_id, with_contacts=contacts)
    resume = queries.resume_for_agency(actor, application_id, with_contacts=contacts)
    pdf = resume_pdf(resume, taken_by=_agency_name(actor), photo=read_photo(resume.photo_key))
    return file_of(pdf, name=f"{resume.name or '求职者'}的简历.pdf", content_type="application/pdf")


@router.get(
    "/agency/applications/resumes.zip",
    summary="打包下载简历",
    description=f"一次最多 {actions.MOST_IN_BUNDLE} 份，不含联系方式；不能下载的不在包里。每份都有记录。",
    operation_id="downloadSentResumes",
    response=_OF_FILES,
    openapi_extra=binary("application/zip", "每份一个 PDF。"),
)
@access(_EXPORTS)
def download_sent_resumes(
    request: HttpRequest, id: Annotated[list[UUID], Query(min_length=1, description="可重复：投递的 id。")]
) -> HttpResponse:
    """The resumes of several applications in one archive."""
    actor = actor_of(request)
    with writes_allowed():
        taken = actions.take_resumes(actor, application_ids=list(dict.fromkeys(id)))
    if not taken.ids:
        raise Refused("没有可以下载的简历。" + "".join(taken.refused[:3]), code="nothing_to_download")
    pieces = resume_bundle(actor, taken.ids, taken_by=_agency_name(actor))
    return file_of(b"".join(pieces), name="简历.zip", content_type="application/zip")


@router.get(
    f"{_one}/photo",
    summary="读取简历照片",
    description="所代表的成员先读取过这份简历才能看照片。没有照片时回答 404。",
    operation_id="readSentPhoto",
    response=_OF_FILES,
    openapi_extra=binary("image/jpeg", "600×800 像素。"),
)
@access(_READS)
def read_sent_photo(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The applicant's photo."""
    content = queries.photo_for_agency(actor_of(request), application_id)
    return file_of(content, name="photo.jpg", content_type="image/jpeg")


@router.get(
    f"{_one}/attachments/{{uuid:attachment_id}}",
    summary="下载附件",
    description="随简历发出的一个文件，id 见简历的 attachments。内容由求职者上传，没有经过核验。每次下载都有记录。",
    operation_id="downloadSentAttachment",
    response=_OF_FILES,
    openapi_extra=binary("application/octet-stream", "PDF 或图片。"),
)
@access(_READS)
def download_sent_attachment(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file that was sent with the resume."""
    actor = actor_of(request)
    with writes_allowed():
        sent = actions.download_attachment(actor, application_id=application_id, attachment_id=attachment_id)
    file = read_sent_attachment(sent)
    return file_of(file.content, name=file.name, content_type=file.content_type)


@router.post(
    f"{_one}/contacts",
    summary="查看联系方式",
    description="说明原因后得到电话、邮箱和证书编号。原因连同机构、角色、接口客户端和时间，会告知求职者。每位成员每小时最多 60 次。",
    operation_id="openContacts",
    response={200: Contacts, **refusals.OF_WRITES},
)
@access(client(Scope.RESUMES_READ))
def open_sent_contacts(request: HttpRequest, application_id: UUID, given: ContactReasonInput) -> Any:
    """The applicant's contacts, for a reason."""
    actor = actor_of(request)
    actions.open_contacts(actor, application_id=application_id, reason=given.reason, note=given.note)
    seen = queries.resume_for_agency(actor, application_id, with_contacts=True)
    return {
        "name": seen.name,
        "phone": seen.phone,
        "email": seen.email,
        "certificates": [{"name": one.name, "number": one.number} for one in seen.certificates],
    }


def _agency_name(actor: Actor) -> str:
    """Return the actor's agency, which every download names."""
    return organisation_name("agency", actor.organisation_id) if actor.organisation_id else ""
