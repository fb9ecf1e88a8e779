"""The agency's first page: open work and figures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.applications import queries as applications
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.kernel.access import access
from jiuye.kernel.actor import Actor
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import VIEWER

LATEST = 6


@access(VIEWER)
@require_safe
def home(request: Request) -> HttpResponse:
    """Counts with links, the newest applications, the shop's measured figures."""
    actor: Actor = request.actor
    if actor.organisation_id is None:  # the route's access lets only members in
        raise RuntimeError("an agency's page without an agency")
    newest = applications.inbox(actor, chosen=applications.InboxFilter(), size=LATEST)
    late = applications.counts_for(actor, applications.InboxFilter(late=True))
    context = {
        "late": late["all"],
        "newest": newest.items,
        "postings": jobs.overview(actor),
        "shop": organisations.own_shop(actor),
        "standing": organisations.standing(actor.organisation_id),
    }
    return render(request, "portals/agency/dashboard/templates/dashboard.html", context)
