"""The fairs at which agencies have a place for the employer. The agency arranges them; here they are read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries
from jiuye.kernel.access import access
from jiuye.kernel.http.request import Request
from jiuye.portals.employer.access import EMPLOYER


@access(EMPLOYER)
@require_safe
def listing(request: Request) -> HttpResponse:
    """Coming fairs, or past ones."""
    past = request.GET.get("view") == "past"
    context = {
        "page": queries.fairs_with(request.actor, past=past, cursor=request.GET.get("cursor", "")),
        "past": past,
        "views": [("即将举办", "?", not past, None), ("已结束", "?view=past", past, None)],
    }
    return render(request, "portals/employer/fairs/templates/list.html", context)
