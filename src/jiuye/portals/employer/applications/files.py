"""What an employer takes out: the resume as a PDF, its attachments and photo, each logged; the list as a table."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from jiuye.documents import resume_pdf
from jiuye.domains.applications import actions, queries
from jiuye.domains.organisations.queries import organisation_name
from jiuye.domains.resumes.queries import read_photo, read_sent_attachment
from jiuye.kernel import clock
from jiuye.kernel.access import access
from jiuye.kernel.errors import Denied, Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.spreadsheets import CONTENT_TYPE, table
from jiuye.portals.downloads import as_download
from jiuye.portals.employer.access import EMPLOYER, RECRUITER
from jiuye.portals.employer.applications.filters import chosen_in
from jiuye.portals.reading_limits import OWN_FILES

_COLUMNS = (
    ("求职者", 14),
    ("职位", 30),
    ("职介", 34),
    ("状态", 14),
    ("我们的意见", 12),
    ("投递时间", 18),
    ("最近进展", 18),
)


@access(EMPLOYER, limit=OWN_FILES)
@require_safe
def photo(request: Request, application_id: UUID) -> HttpResponse:
    """The applicant's photo, for staff who have opened the resume."""
    return HttpResponse(queries.photo_for_employer(request.actor, application_id), content_type="image/jpeg")


@access(RECRUITER)
@require_POST
def resume_file(request: Request, application_id: UUID) -> HttpResponseBase:
    """The PDF without contacts, logged for its owner; the footer names the employer."""
    try:
        actions.download_resume_for_employer(request.actor, application_id=application_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("employer_application", application_id)
    if request.actor.organisation_id is None:  # the route's access lets only members in
        raise Denied
    resume = queries.resume_for_employer(request.actor, application_id)
    taken_by = organisation_name("employer", request.actor.organisation_id)
    pdf = resume_pdf(resume, taken_by=taken_by, photo=read_photo(resume.photo_key))
    return as_download(pdf, name=f"{resume.name or '求职者'}的简历.pdf", content_type="application/pdf")


@access(RECRUITER)
@require_POST
def attachment(request: Request, application_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """An attachment, logged for its owner."""
    try:
        sent = actions.download_attachment_for_employer(
            request.actor, application_id=application_id, attachment_id=attachment_id
        )
    except Refused as error:
        messages.error(request, error.message)
        return redirect("employer_application", application_id)
    file = read_sent_attachment(sent)
    return as_download(file.content, name=file.name, content_type=file.content_type)


@access(RECRUITER)
@require_POST
def export(request: Request) -> HttpResponseBase:
    """The list as a table, filtered like the page, without contacts."""
    rows = actions.export_employer_list(request.actor, chosen=chosen_in(request.POST))
    return as_download(_workbook(rows), name=f"applications-{clock.today():%Y%m%d}.xlsx", content_type=CONTENT_TYPE)


def _workbook(rows: list[queries.EmployerApplication]) -> bytes:
    lines = (
        (
            row.applicant_name or "求职者",
            row.title,
            row.agency_name,
            row.state_label,
            row.verdict_label,
            f"{clock.local(row.submitted_at):%Y-%m-%d %H:%M}",
            f"{clock.local(row.state_changed_at):%Y-%m-%d %H:%M}",
        )
        for row in rows
    )
    return table("投递", _COLUMNS, lines)
