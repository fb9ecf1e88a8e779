"""An employer's first page: what is new, the next interviews, the agencies that recruit for it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.portals.employer.access import EMPLOYER

TEMPLATES = "portals/employer/home/templates"
LATEST = 6


@access(EMPLOYER)
@require_safe
def home(request: Request) -> HttpResponse:
    """Numbers of applications, the newest of them, interviews from today on, agencies."""
    actor: Actor = request.actor
    found = applications.employer_applications(actor, size=LATEST)
    is_certified = organisations.is_certified(actor)
    context = {
        "counts": found.counts,
        "newest": found.page.items,
        "interviews": applications.employer_interviews(actor),
        "agencies": organisations.agencies_of(actor),
        "is_certified": is_certified,
        "company": actor.organisation_id if is_certified else None,
    }
    return render(request, f"{TEMPLATES}/home.html", context)
