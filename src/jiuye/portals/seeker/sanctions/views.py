"""The public list of organisations in the 异常名录."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.sanctions import queries
from jiuye.kernel.access import PUBLIC, access
from jiuye.kernel.http.request import Request
from jiuye.portals.reading_limits import LISTS


@access(PUBLIC, limit=LISTS)
@require_safe
@cache_control(public=True, max_age=60)
def bans(request: Request) -> HttpResponse:
    """Organisations with a ban in force, so that seekers and agencies can check a name. One query."""
    page = queries.public_bans(cursor=request.GET.get("cursor", ""))
    return render(request, "portals/seeker/sanctions/templates/bans.html", {"page": page})
