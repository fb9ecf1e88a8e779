"""`/me/suspended`: what a person with a suspended account is told."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jiuye.domains.accounts.queries import my_suspension
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request


@access(SIGNED_IN.open_when_suspended())
@require_safe
def suspended(request: Request) -> HttpResponse:
    """Reason, duration and where to appeal; other people are sent to their own page. One query."""
    suspension = my_suspension(request.actor)
    if suspension is None:
        return HttpResponseRedirect(reverse("me"))
    return render(request, "portals/seeker/me/templates/suspended.html", {"suspension": suspension})
