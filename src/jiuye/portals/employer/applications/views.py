"""Applications to the employer's own jobs: read only, resumes with verification results, every view logged."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from jiuye.domains.applications import actions, queries
from jiuye.domains.resumes.queries import ResumeView
from jiuye.kernel.access import access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request
from jiuye.kernel.ids import id_in
from jiuye.portals.employer.access import EMPLOYER

TEMPLATES = "portals/employer/applications/templates"


@access(EMPLOYER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """All applications, or with `?posting=` those to one job; invalid values are ignored."""
    posting_id = id_in(request.GET.get("posting", ""))
    page = queries.employer_applications(request.actor, posting_id=posting_id, cursor=request.GET.get("cursor", ""))
    return render(request, f"{TEMPLATES}/list.html", {"page": page, "posting_id": posting_id})


@access(EMPLOYER)
@require_safe
def detail(request: Request, application_id: UUID) -> HttpResponse:
    """One application. The resume is opened by a POST, because opening it is logged for its owner."""
    return _page(request, application_id)


@access(EMPLOYER)
@require_POST
def resume(request: Request, application_id: UUID) -> HttpResponse:
    """Open the resume: logged for its owner."""
    try:
        actions.open_resume_for_employer(request.actor, application_id=application_id)
    except Refused as error:
        messages.error(request, error.message)
        return redirect("employer_application", application_id)
    return _page(request, application_id, queries.resume_for_employer(request.actor, application_id))


def _page(request: Request, application_id: UUID, resume: ResumeView | None = None) -> HttpResponse:
    application = queries.employer_application(request.actor, application_id)
    return render(request, f"{TEMPLATES}/detail.html", {"application": application, "resume": resume})
