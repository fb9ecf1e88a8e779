"""A received resume as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from jiuye.documents import resume_pdf
from jiuye.domains.applications import actions, queries
from jiuye.domains.organisations.queries import organisation_name
from jiuye.domains.resumes.queries import read_photo, read_sent_attachment
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER
from jiuye.portals.downloads import as_download
from jiuye.portals.reading_limits import OWN_FILES


@access(VIEWER, limit=OWN_FILES)
@require_GET
def photo(request: Request, application_id: UUID) -> HttpResponse:
    """The applicant's photo, for staff who have opened the resume."""
    return HttpResponse(queries.photo_for_agency(request.actor, application_id), content_type="image/jpeg")


@access(RECRUITER)
@require_POST
def resume_file(request: Request, application_id: UUID) -> HttpResponseBase:
    """The PDF, logged for its owner; with contacts (`contacts=1`) only shortly after unmasking them with a reason."""
    with_contacts = request.POST.get("contacts") == "1"
    try:
        actions.download_resume(request.actor, application_id=application_id, with_contacts=with_contacts)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("agency_application", application_id)
    resume = queries.resume_for_agency(request.actor, application_id, with_contacts=with_contacts)
    pdf = resume_pdf(resume, taken_by=agency_name(request.actor), photo=read_photo(resume.photo_key))
    return as_download(pdf, name=f"{resume.name or '求职者'}的简历.pdf", content_type="application/pdf")


@access(RECRUITER)
@require_POST
def attachment(request: Request, application_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """An attachment, logged for its owner."""
    try:
        sent = actions.download_attachment(request.actor, application_id=application_id, attachment_id=attachment_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("agency_application", application_id)
    file = read_sent_attachment(sent)
    return as_download(file.content, name=file.name, content_type=file.content_type)


def agency_name(actor: Actor) -> str:
    """Return the actor's agency, which every download names."""
    if actor.organisation_id is None:  # the route's access lets only members in
        raise Denied
    return organisation_name("agency", actor.organisation_id)
