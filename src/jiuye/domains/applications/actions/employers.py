"""Opening a resume and its files by an employer: reads that are logged for the resume's owner."""

from uuid import UUID

from django.db import transaction

from jiuye.domains.applications import policies
from jiuye.domains.applications.actions.downloads import limit_attachments, shown_name
from jiuye.domains.applications.actions.resume_access import limit_downloads
from jiuye.domains.applications.models import Application
from jiuye.domains.applications.queries.employers import own_applications
from jiuye.domains.applications.queries.files import sent_attachment
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.queries import AttachmentView
from jiuye.domains.resumes.states import AccessKind
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound, Refused


@transaction.atomic
def open_resume_for_employer(actor: Actor, *, application_id: UUID) -> None:
    """Log that the employer opened the resume. The application's state does not change: answering is up to the agency.

    Raises `Refused` when the applicant has withdrawn, `NotFound` for applications outside `own_applications`.
    """
    application = _lock(actor, application_id)
    _record(actor, application, AccessKind.VIEW, f"了解“{application.title}”的投递")


def download_resume_for_employer(actor: Actor, *, application_id: UUID) -> None:
    """Log that the employer downloads the resume as a file, without contacts.

    Raises `Refused` when the application was withdrawn or rejected, `RateLimited` after too many within the hour,
    `Denied` for read-only members, `NotFound`.
    """
    limit_downloads(actor)
    with transaction.atomic():
        application = _lock_to_take(actor, application_id, "简历")
        _record(actor, application, AccessKind.DOWNLOAD, f"下载 PDF，不含联系方式（“{application.title}”的投递）")


def download_attachment_for_employer(actor: Actor, *, application_id: UUID, attachment_id: UUID) -> AttachmentView:
    """Log that the employer downloads an attachment. Raises as `download_resume_for_employer`."""
    limit_attachments(actor)
    with transaction.atomic():
        application = _lock_to_take(actor, application_id, "附件")
        sent = sent_attachment(application, attachment_id)
        purpose = f"下载附件“{shown_name(sent)}”（“{application.title}”的投递）"
        _record(actor, application, AccessKind.DOWNLOAD, purpose)
    return sent


def _lock(actor: Actor, application_id: UUID) -> Application:
    application = own_applications(actor).select_for_update(of=("self",)).filter(pk=application_id).first()
    if application is None:
        raise NotFound
    policies.refuse_withdrawn(application)
    return application


def _lock_to_take(actor: Actor, application_id: UUID, what: str) -> Application:
    application = _lock(actor, application_id)
    policies.may_judge(actor)
    if not policies.may_see_contacts(application.state):
        raise Refused(f"这次投递已标记为不合适，不再提供{what}下载。", code="ended")
    return application


def _record(actor: Actor, application: Application, kind: AccessKind, purpose: str) -> None:
    resumes.record_access(
        actor,
        owner_id=application.applicant_id,
        organisation_name=organisations.organisation_name("employer", application.employer_id),
        kind=kind,
        purpose=purpose,
        posting_id=application.posting_id,
        application_id=application.id,
    )
