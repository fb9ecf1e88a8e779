"""A resume that was sent, as a file to take along."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from jiuye.documents import resume_pdf
from jiuye.domains.applications import actions, queries
from jiuye.domains.organisations.queries import organisation_name
from jiuye.domains.resumes.queries import read_photo
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Denied, RateLimited, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER


@access(VIEWER)
@require_GET
def photo(request: Request, application_id: UUID) -> HttpResponse:
    """The applicant's photo, for whoever has opened the resume."""
    return HttpResponse(queries.photo_for_agency(request.actor, application_id), content_type="image/jpeg")


@access(RECRUITER)
@require_POST
def resume_file(request: Request, application_id: UUID) -> HttpResponse:
    """The PDF, logged for its owner; with the contacts (`contacts=1`) only shortly after they were opened with a reason."""
    with_contacts = request.POST.get("contacts") == "1"
    try:
        actions.download_resume(request.actor, application_id=application_id, with_contacts=with_contacts)
    except (Refused, RateLimited) as error:
        messages.error(request, error.message)
        return redirect("agency_application", application_id)
    resume = queries.resume_for_agency(request.actor, application_id, with_contacts=with_contacts)
    pdf = resume_pdf(resume, taken_by=_agency(request.actor), photo=read_photo(resume.photo_key))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{resume.name or '求职者'}的简历.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _agency(actor: Actor) -> str:
    if actor.organisation_id is None:  # the route's access lets only members in
        raise Denied
    return organisation_name("agency", actor.organisation_id)
