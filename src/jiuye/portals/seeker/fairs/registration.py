"""Register for a fair, show the entrance code, cancel the registration."""

from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jiuye.domains.fairs import actions, queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.errors import Refused
from jiuye.kernel.http.request import Request

HERE = "portals/seeker/fairs/templates"


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: Request, fair_id: UUID) -> HttpResponse:
    """GET: the form, or the person's code. POST: register."""
    if request.method == "POST":
        try:
            actions.register(request.actor, fair_id=fair_id)
            messages.success(request, "已登记。入场时出示签到码，前一天会提醒您。")
        except Refused as problem:
            messages.error(request, problem.message)
        return HttpResponseRedirect(reverse("fair_attend", args=[fair_id]), status=303)
    place = queries.registration(request.actor, fair_id)
    context = {"fair": queries.fair(fair_id), "place": place, "picture": _picture(request, place) if place else ""}
    return render(request, f"{HERE}/attend.html", context)


def _picture(request: Request, place: queries.Registration) -> str:
    """Return the QR code with the URL at which the entrance checks the code."""
    address = f"{settings.SITE_URL}{reverse('agency_check_in', args=[place.fair.id])}?code={place.code}"
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=3, dark="#000", light="#fff"))


@access(SIGNED_IN)
@require_POST
def cancel(request: Request, fair_id: UUID) -> HttpResponse:
    """Cancel the registration."""
    try:
        actions.cancel(request.actor, fair_id=fair_id)
        messages.success(request, "已取消登记。")
    except Refused as problem:
        messages.error(request, problem.message)
    return HttpResponseRedirect(reverse("fair_attend", args=[fair_id]), status=303)


@access(SIGNED_IN)
@require_safe
def mine(request: Request) -> HttpResponse:
    """The person's registrations."""
    page = queries.registrations(request.actor, cursor=request.GET.get("cursor", ""))
    return render(request, f"{HERE}/mine.html", {"page": page})
