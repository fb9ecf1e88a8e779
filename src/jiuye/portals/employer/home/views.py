"""An employer's first page: the agencies that recruit for it, its postings, the number of applications."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.portals.employer.access import EMPLOYER

TEMPLATES = "portals/employer/home/templates"


@access(EMPLOYER)
@require_safe
def home(request: Request) -> HttpResponse:
    """Agencies, postings and the number of their applications."""
    actor: Actor = request.actor
    page = jobs.employer_postings(actor, cursor=request.GET.get("cursor", ""))
    context = {
        "page": page,
        "numbers": applications.numbers_by_posting(actor, [row.id for row in page.items]),
        "company": actor.organisation_id if organisations.is_certified(actor) else None,
        "agencies": organisations.agencies_of(actor),
    }
    return render(request, f"{TEMPLATES}/home.html", context)
